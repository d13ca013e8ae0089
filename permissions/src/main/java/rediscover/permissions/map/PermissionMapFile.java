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

/** Writes the data of the map's page from the templates. */
public final class PermissionMapFile {

  /** The accounts of AWS's documentation: the map shows none of yours. */
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
   * Writes {@code permissions.json} and {@code permissions-two-accounts.json}.
   *
   * @param arguments the application's template, the other account's, the developers', and the
   *     folder to write to
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("Say which three templates to read and where to write");
    }
    Path application = Path.of(arguments[0]);
    Path folder = Path.of(arguments[3]);
    Files.writeString(
        folder.resolve("permissions.json"), json(oneAccount(application, Path.of(arguments[2]))));
    Files.writeString(
        folder.resolve("permissions-two-accounts.json"),
        json(twoAccounts(application, Path.of(arguments[1]))));
  }

  /** The map of the application alone, with all its optional parts, and the experiments. */
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

  /** The map of the application that takes likes from another account's topic and queue as well. */
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
