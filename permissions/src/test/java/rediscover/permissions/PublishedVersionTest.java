package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Template;

/**
 * A published version keeps the configuration that it was published with. One that is configured
 * otherwise has to have another description, or CloudFormation sees no reason to publish it.
 */
class PublishedVersionTest {
  private final Template template = Stacks.application();

  @ParameterizedTest
  @CsvSource({
    "Architecture, arm64",
    "SnapStart, on",
    "TwitterAuthParam, ANOTHER",
    "XApiUrl, https://x.example",
    "XApiVersion, 1.1",
  })
  void whatConfiguresRandomLikeIsInTheDescriptionOfItsVersion(String parameter, String value) {
    Template other = Stacks.application(Map.of(parameter, value));
    assertThat(configuration(other)).isNotEqualTo(configuration(template));
    assertThat(description(other)).isNotEqualTo(description(template));
  }

  @Test
  void noOtherParameterConfiguresRandomLike() throws IOException {
    String text = Files.readString(Stacks.APPLICATION);
    String function =
        text.substring(
            text.indexOf("\n  RandomLikeFunction:"), text.indexOf("\n  RandomLikeRole:"));
    assertThat(template.parameters().keySet())
        .filteredOn(parameter -> function.matches("(?s).*\\b" + parameter + "\\b.*"))
        .containsExactlyInAnyOrder(
            "Architecture", "SnapStart", "TwitterAuthParam", "XApiUrl", "XApiVersion");
  }

  /** All but the tags, which are the function's and not a version's. */
  private static String configuration(Template template) {
    Properties properties = template.resource("RandomLikeFunction").properties();
    var configuration = new StringBuilder();
    for (String name : properties.names()) {
      if (!name.equals("Tags") && !name.equals("VersionDescription")) {
        configuration.append(name).append('=').append(properties.raw(name)).append('\n');
      }
    }
    return configuration.toString();
  }

  private static String description(Template template) {
    return template.resource("RandomLikeFunction").properties().string("VersionDescription");
  }
}
