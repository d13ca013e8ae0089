package rediscover.permissions;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

/** The repository's own templates as they are deployed: the application in account A. */
final class Stacks {

  static final Path APPLICATION = Path.of("..", "template.yaml");
  static final Path COMPANIONS = Path.of("..", "templates");
  static final Path OPERATIONS = COMPANIONS.resolve("operations.yaml");

  static final String ACCOUNT_A = "111111111111";
  static final String ACCOUNT_B = "222222222222";

  private Stacks() {}

  /** The application alone. */
  static Template application() {
    return application(Map.of());
  }

  static Template application(Map<String, String> parameters) {
    return read(APPLICATION, ACCOUNT_A, parameters);
  }

  /** The application whose API asks for a key. */
  static Template applicationWithKey() {
    return read(APPLICATION, ACCOUNT_A, Map.of("AccessKeyParam", "ACCESS_KEY"));
  }

  /**
   * The application that takes likes from account B as well, as it stands after its second
   * deployment.
   */
  static Template applicationOfTwoAccounts() {
    Map<String, String> other = otherAccount().outputs();
    Map<String, String> parameters =
        Map.of("LikesTopicArn", other.get("TopicArn"), "LikesQueueArn", other.get("QueueArn"));
    return read(APPLICATION, ACCOUNT_A, parameters);
  }

  /** Account B's side. */
  static Template otherAccount() {
    return read(COMPANIONS.resolve("other-account.yaml"), ACCOUNT_B, Map.of());
  }

  static Template site(Map<String, String> parameters) {
    return read(COMPANIONS.resolve("site.yaml"), ACCOUNT_A, parameters);
  }

  /** The alarms and the dashboard of an application that asks for a key. */
  static Template operations(Map<String, String> parameters) {
    String stack = parameters.getOrDefault("Stack", "rediscover");
    Map<String, String> exports =
        Template.read(APPLICATION, in(stack, ACCOUNT_A), Map.of("AccessKeyParam", "ACCESS_KEY"))
            .exports();
    return Template.read(OPERATIONS, in("companion", ACCOUNT_A), parameters, exports);
  }

  static Template developerAccess(Map<String, String> parameters) {
    return read(COMPANIONS.resolve("developer-access.yaml"), ACCOUNT_A, parameters);
  }

  /** Reads a template of the repository; what has no default is taken from the application. */
  static Template read(Path file, String account, Map<String, String> parameters) {
    if (file.equals(OPERATIONS)) {
      return operations(parameters);
    }
    Map<String, String> all = new HashMap<>(parameters);
    if (file.endsWith("other-account.yaml")) {
      all.putIfAbsent("QueueWriterRoleArn", application().outputs().get("QueueWriterRoleArn"));
    }
    if (file.endsWith("site.yaml")) {
      all.putIfAbsent("ApiUrl", application().outputs().get("ApiUrl"));
    }
    String stack = file.equals(APPLICATION) ? "rediscover" : "companion";
    return Template.read(file, in(stack, account), all);
  }

  private static Deployment in(String stack, String account) {
    return Deployment.onAws(stack, "us-east-1", account);
  }
}
