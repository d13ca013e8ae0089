package rediscover.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import rediscover.local.application.Application;
import rediscover.local.application.ApplicationReader;
import rediscover.local.application.FunctionSpec;
import rediscover.local.iam.AccessControl;
import rediscover.permissions.Permissions;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

/** The application of template.yaml, without any of its parts being started. */
public record TestStack(Template template, Application application, AccessControl access) {

  public static final String REGION = "us-east-1";
  public static final String ACCOUNT = "123456789012";

  private static final Deployment DEPLOYMENT =
      new Deployment("rediscover", REGION, ACCOUNT, URI.create("http://127.0.0.1:4000"));

  /**
   * Reads the repository's template.yaml.
   *
   * @param home a folder in which the functions' packages are made up
   */
  public static TestStack read(Path home) {
    return read(home, Path.of("../template.yaml"));
  }

  /** Reads another template. */
  public static TestStack read(Path home, Path file) {
    for (String module :
        List.of("random-like", "topic-writer", "queue-writer", "archive-importer", "worker")) {
      try {
        Files.createDirectories(home.resolve("functions").resolve(module, "target", "function"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Template template = Template.read(file, DEPLOYMENT, Map.of());
    return new TestStack(
        template,
        ApplicationReader.read(home, template, DEPLOYMENT),
        new AccessControl(Permissions.of(template).and(Stacks.deployer()), Stacks.DEPLOYER));
  }

  /** A function by its logical id. */
  public FunctionSpec function(String logicalId) {
    return application.functions().stream()
        .filter(function -> function.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow();
  }

  /** The ARN of one of the application's queues, such as LikesQueue. */
  public String queueArn(String logicalId) {
    return application.queues().stream()
        .filter(queue -> queue.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow()
        .arn();
  }

  public String topicArn() {
    return application.topics().getFirst();
  }

  public String tableArn() {
    return application.tables().getFirst().arn();
  }

  public String bucketArn() {
    return application.buckets().getFirst().arn();
  }
}
