package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Properties;
import rediscover.permissions.template.Template;

/**
 * A published version keeps the configuration that it was published with. One that is configured
 * otherwise has to have another description, or CloudFormation sees no reason to publish it.
 */
class PublishedVersionTest {

  /** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
  private static final int LONGEST_DESCRIPTION = 256;

  /** CloudFormation ends a generated name with a hyphen and up to 13 letters and digits. */
  private static final String GENERATED = "-1ABCDEFGHIJKL";

  private static final Pattern REFERENCE =
      Pattern.compile("(?:!Ref |!GetAtt |\\$\\{|\\[(?=Has))(\\w+)");

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

  /** A replaced table, for one, has another name, and the alias must not keep the old one. */
  @Test
  void everythingThatRandomLikeRefersToIsInTheDescriptionOfItsVersion() throws IOException {
    String function = randomLikeWithoutEventsAndTags();
    String description = property(function, "VersionDescription");

    Set<String> used = references(function.replace(description, ""));
    used.remove("HasSnapStart");
    used.add("SnapStart"); // what the condition is made of
    used.add("Architecture"); // which Globals give every function

    assertThat(used).contains("LikesTable", "LikesQueue", "RandomLikeRole", "RandomLikeLogGroup");
    assertThat(references(description)).isEqualTo(used);
  }

  @Test
  void theDescriptionIsNotTooLongForLambda() {
    String longest = "a".repeat(60);
    Template other =
        Template.read(
            Stacks.APPLICATION,
            Deployment.onAws("rediscover", "us-east-1", Stacks.ACCOUNT_A),
            Map.of(
                "SnapStart",
                "off",
                "XApiVersion",
                "1.1",
                "TwitterAuthParam",
                longest,
                "XApiUrl",
                "https://" + longest.substring("https://".length())));

    String generated =
        description(other).replaceAll("rediscover-Likes(Table|Queue)\\b", "$0" + GENERATED);

    assertThat(generated).hasSizeGreaterThan(description(other).length()).contains(longest);
    assertThat(generated).hasSizeLessThanOrEqualTo(LONGEST_DESCRIPTION);
  }

  /** Tags are the function's and not a version's; an event makes resources of its own. */
  private static String randomLikeWithoutEventsAndTags() throws IOException {
    String text = Files.readString(Stacks.APPLICATION);
    int begin = text.indexOf("\n  RandomLikeFunction:");
    return text.substring(begin, text.indexOf("\n      Events:", begin)).replaceAll("#.*", "");
  }

  /** A property of a function, with everything that is indented below it. */
  private static String property(String function, String name) {
    return Pattern.compile("\n      " + name + ":.*(\n {8}.*)*")
        .matcher(function)
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> references(String text) {
    return REFERENCE
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
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
