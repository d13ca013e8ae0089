package rediscover.permissions.map;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

/** Generates {@code permissions.json} and {@code permissions-two-accounts.json}. */
public final class PermissionMapFile {

  /** The map shows the account ids of AWS's documentation. */
  private static final Deployment OWN = Deployment.onAws("rediscover", "us-east-1", "123456789012");

  private static final Deployment OTHER =
      Deployment.onAws("rediscover-other-account", "us-east-1", "210987654321");

  /** The parameter that creates the key checker. */
  private static final String KEY_PARAMETER = "AccessKeyParam";

  private static final ObjectWriter JSON =
      new ObjectMapper()
          .setDefaultPropertyInclusion(Include.NON_NULL)
          .writer(
              new DefaultPrettyPrinter()
                  .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                  .withArrayIndenter(new DefaultIndenter("  ", "\n")));

  private PermissionMapFile() {}

  /**
   * Writes both files; of an application alone, only {@code permissions.json}.
   *
   * @param arguments the templates of the application, the other account and the developers, and
   *     the target folder; or the application's template and the target folder
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4 && arguments.length != 2) {
      throw new IllegalArgumentException(
          "Usage: PermissionMapFile APPLICATION [OTHER_ACCOUNT DEVELOPERS] FOLDER");
    }
    Path application = Path.of(arguments[0]);
    Path folder = Path.of(arguments[arguments.length - 1]);
    if (arguments.length == 2) {
      Template template = Template.read(application, OWN, Map.of());
      Files.writeString(
          folder.resolve("permissions.json"),
          json(Drawing.of(List.of(template), Map.of(), Map.of())));
      return;
    }
    Files.writeString(
        folder.resolve("permissions.json"), json(oneAccount(application, Path.of(arguments[2]))));
    Files.writeString(
        folder.resolve("permissions-two-accounts.json"),
        json(twoAccounts(application, Path.of(arguments[1]))));
  }

  /** The application in one account, with its optional parts and the experiments. */
  static PermissionMap oneAccount(Path application, Path developers) {
    Template byDefault = Template.read(application, OWN, Map.of());
    Template complete = complete(application);
    Template ofFalcon = Template.read(application, OWN, Map.of("ProjectName", "falcon"));
    Map<String, String> onlyWith =
        complete.resources().keySet().stream()
            .filter(id -> !byDefault.resources().containsKey(id))
            .collect(Collectors.toMap(id -> id, id -> KEY_PARAMETER));
    return Drawing.of(
        List.of(complete),
        onlyWith,
        Experiments.of(byDefault, ofFalcon, Template.read(developers, OWN, Map.of())));
  }

  /** The application together with another account's topic and queue. */
  static PermissionMap twoAccounts(Path application, Path otherAccount) {
    return Drawing.of(both(application, otherAccount), Map.of(), Map.of());
  }

  static Template complete(Path application) {
    return Template.read(application, OWN, Map.of(KEY_PARAMETER, "ACCESS_KEY"));
  }

  static List<Template> both(Path application, Path otherAccount) {
    String role = Template.read(application, OWN, Map.of()).outputs().get("QueueWriterRoleArn");
    Template other = Template.read(otherAccount, OTHER, Map.of("QueueWriterRoleArn", role));
    Map<String, String> parameters =
        Map.of(
            "LikesTopicArn", other.outputs().get("TopicArn"),
            "LikesQueueArn", other.outputs().get("QueueArn"));
    return List.of(Template.read(application, OWN, parameters), other);
  }

  static String json(PermissionMap map) throws JsonProcessingException {
    return JSON.writeValueAsString(map) + "\n";
  }
}
