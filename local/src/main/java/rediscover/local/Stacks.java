package rediscover.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import rediscover.local.application.Application;
import rediscover.local.application.ApplicationReader;
import rediscover.permissions.Deployer;
import rediscover.permissions.Permissions;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

/**
 * The stacks that are deployed: template.yaml, and with a second account also
 * templates/other-account.yaml. Each knows the other, as if they had been deployed in turn.
 *
 * @param outputs of template.yaml, and with {@code Other} in front those of the other account
 */
record Stacks(Application application, Permissions permissions, Map<String, String> outputs) {

  static final String REGION = "us-east-1";
  static final String ACCOUNT = "123456789012";
  static final String OTHER_ACCOUNT = "210987654321";

  /** The parameter with the API's key, if it requires one. */
  static final String ACCESS_KEY = "ACCESS_KEY";

  private static final String STACK = "rediscover";

  /** The role with which CloudFormation subscribes functions to topics. */
  static final String DEPLOYER = Deployer.arn(ACCOUNT);

  /**
   * Reads the templates.
   *
   * @param address of every AWS service
   * @param given values of template.yaml's parameters
   */
  static Stacks read(Settings settings, URI address, Map<String, String> given) {
    Path file = settings.home().resolve("template.yaml");
    var here = new Deployment(STACK, REGION, ACCOUNT, address);
    Map<String, String> parameters = new LinkedHashMap<>(given);
    if (settings.keyWanted()) {
      parameters.put("AccessKeyParam", ACCESS_KEY);
    }
    Template template = Template.read(file, here, parameters);
    if (settings.accounts() == 1) {
      return new Stacks(
          ApplicationReader.read(settings.home(), template, here),
          Deployer.in(ACCOUNT, Permissions.of(template)),
          template.outputs());
    }

    // The order of docs/two-accounts.md: here, there, and here again.
    // Called as the permission map calls it, so that the map finds its resources.
    var there = new Deployment(STACK + "-other-account", REGION, OTHER_ACCOUNT, address);
    Template other =
        Template.read(
            settings.home().resolve("templates/other-account.yaml"),
            there,
            Map.of("QueueWriterRoleArn", template.outputs().get("QueueWriterRoleArn")));
    parameters.put("LikesTopicArn", other.outputs().get("TopicArn"));
    parameters.put("LikesQueueArn", other.outputs().get("QueueArn"));
    template = Template.read(file, here, parameters);
    Map<String, String> outputs = new LinkedHashMap<>(template.outputs());
    other.outputs().forEach((name, value) -> outputs.put("Other" + name, value));
    return new Stacks(
        ApplicationReader.read(settings.home(), template, here, other),
        Deployer.in(ACCOUNT, Permissions.of(template).and(Permissions.of(other))),
        outputs);
  }
}
