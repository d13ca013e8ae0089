package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import rediscover.permissions.template.Template;

/**
 * samconfig.toml is where parameters are set. What is only on a command line is lost with the next
 * deployment, such as the name of the key without which the API answers everybody.
 */
class SamConfigTest {

  private static final Path HOME = Path.of("..");

  @Test
  void everyParameterHasALineWithItsDefaultAndNoneIsSet() throws IOException {
    assertOffered("default", Stacks.application());
    assertOffered("operations", Stacks.operations(Map.of()));
  }

  private static void assertOffered(String environment, Template template) throws IOException {
    String config = Files.readString(HOME.resolve("samconfig.toml"));
    String table = "\n[" + environment + ".deploy.parameters.parameter_overrides]\n";
    assertThat(config).contains(table);

    String rest = config.substring(config.indexOf(table) + table.length());
    String parameters = rest.split("\n(?=\\[)")[0];

    Map<String, String> offered =
        Pattern.compile("^# (\\w+) = \"(.*)\"$", Pattern.MULTILINE)
            .matcher(parameters)
            .results()
            .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    assertThat(offered).isEqualTo(template.parameters());
    assertThat(parameters.lines()).allMatch(line -> line.isBlank() || line.startsWith("#"));
  }

  @Test
  void theRightsToDeployAreListedForEveryTypeOfTheTemplates() throws IOException {
    String page = Files.readString(HOME.resolve("docs/deploy.md"));
    String template = Files.readString(Stacks.APPLICATION) + Files.readString(Stacks.OPERATIONS);

    List<String> types =
        Pattern.compile("^    Type: (AWS::\\w+::\\w+)$", Pattern.MULTILINE)
            .matcher(template)
            .results()
            .map(type -> "`" + type.group(1) + "`")
            .distinct()
            .toList();

    assertThat(types).hasSizeGreaterThan(10);
    assertThat(page).contains(types);
  }

  /** {@code --parameter-overrides} replaces the file's; {@code --guided} writes every one. */
  @Test
  void noCommandOfADocumentSetsAParameterElsewhere() throws IOException {
    List<Path> documents;
    try (Stream<Path> docs = Files.walk(HOME.resolve("docs"));
        Stream<Path> top = Files.list(HOME)) {
      documents = Stream.concat(docs, top).filter(file -> file.toString().endsWith(".md")).toList();
    }
    assertThat(documents).hasSizeGreaterThan(10);
    String parameters =
        Stream.of(Stacks.application(), Stacks.operations(Map.of()))
            .flatMap(template -> template.parameters().keySet().stream())
            .collect(Collectors.joining("|"));
    for (Path document : documents) {
      // A command may go on in the next line.
      String text = Files.readString(document).replaceAll("\\\\\n", "");
      assertThat(text)
          .as(document.toString())
          .doesNotContainPattern("sam deploy[^\n]*--(guided|parameter-overrides)")
          .doesNotContainPattern("--parameter-overrides (" + parameters + ")=");
    }
  }
}
