package rediscover.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import rediscover.local.application.Application;
import rediscover.local.application.FunctionSpec;
import rediscover.local.iam.AccessControl;
import rediscover.local.lambda.AcceptedEvents;
import rediscover.local.lambda.AsyncInvocations;
import rediscover.local.lambda.Invocable;

/** What the templates say, without any of its parts being started. */
public record TestStack(Application application, AccessControl access) {

  public static final String REGION = Stacks.REGION;
  public static final String ACCOUNT = Stacks.ACCOUNT;

  private static final Path REPOSITORY = Path.of("..");
  private static final URI ADDRESS = URI.create("http://127.0.0.1:4000");

  /**
   * Reads the repository's template.yaml.
   *
   * @param home a folder in which the functions' packages are made up
   */
  public static TestStack read(Path home) {
    return read(home, text("template.yaml"), 1);
  }

  /** The same with an API that asks for a key. */
  public static TestStack readWithKey(Path home) {
    return read(home, text("template.yaml"), 1, true);
  }

  /** The same with the other account's topic and queue. */
  public static TestStack readTwoAccounts(Path home) {
    return readTwoAccounts(home, text("template.yaml"));
  }

  /** The same with another template of the application. */
  public static TestStack readTwoAccounts(Path home, String template) {
    write(home.resolve("templates/other-account.yaml"), text("templates/other-account.yaml"));
    return read(home, template, 2);
  }

  /** Reads another template, which declares the parameters that are given to all. */
  public static TestStack read(Path home, String template) {
    return read(home, template, 1);
  }

  private static TestStack read(Path home, String template, int accounts) {
    return read(home, template, accounts, false);
  }

  private static TestStack read(Path home, String template, int accounts, boolean withKey) {
    write(home.resolve("template.yaml"), template);
    for (String module :
        List.of(
            "random-like",
            "key-checker",
            "topic-writer",
            "queue-writer",
            "archive-importer",
            "worker")) {
      write(home.resolve("functions").resolve(module).resolve("target/function/packaged"), "");
    }
    Map<String, String> parameters =
        Map.of("XApiUrl", ADDRESS.toString(), "SiteOrigin", ADDRESS.toString());
    Stacks stacks =
        Stacks.read(new Settings(home, home, 0, accounts, withKey), ADDRESS, parameters);
    return new TestStack(
        stacks.application(), new AccessControl(stacks.permissions(), Stacks.DEPLOYER));
  }

  /** What stands in a file of the repository. */
  public static String text(String name) {
    try {
      return Files.readString(REPOSITORY.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A function by its logical id. */
  public FunctionSpec function(String logicalId) {
    return application.functions().stream()
        .filter(function -> function.logicalId().equals(logicalId))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Asynchronous invocations of a function, with hardly a pause before a retry.
   *
   * @param kept the folder of accepted events
   * @param sqs receives what fails
   */
  public AsyncInvocations invocations(
      Invocable function, Path kept, FakeSqs sqs, Consumer<String> log) throws IOException {
    return new AsyncInvocations(
        application,
        Map.of(function.spec().arn(), function),
        new AcceptedEvents(kept, log),
        access,
        sqs.client(),
        log,
        Duration.ofMillis(1));
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
