package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rediscover.permissions.template.Template;
import rediscover.permissions.template.TemplateException;

/**
 * What may be typed in for the templates' parameters. Most of the values end in a policy, an
 * address or a tag, so that a wildcard, a blank or a line break in one would be more than a typing
 * error.
 */
class ParameterValuesTest {

  private record Values(Path template, String parameter, List<String> good, List<String> bad) {
    @Override
    public String toString() {
      return parameter;
    }
  }

  private static final Path OTHER_ACCOUNT = Stacks.COMPANIONS.resolve("other-account.yaml");
  private static final Path DEVELOPER_ACCESS = Stacks.COMPANIONS.resolve("developer-access.yaml");
  private static final String ROLE = "arn:aws:iam::111111111111:role/";

  private static final List<String> NO_ORIGINS =
      List.of(
          "",
          "*",
          "null",
          "likes.example",
          "https://",
          "https://*",
          "https://likes.example/",
          "https://likes.example/path",
          "https://likes.example?query",
          "https://likes.example:",
          "https://likes.example:123456",
          "https://user@likes.example",
          "https://a b",
          "https://é.example",
          "https://a.example,https://b.example",
          "HTTPS://likes.example",
          "ftp://likes.example",
          "javascript://likes.example",
          " https://likes.example",
          "https://likes.example\n");

  private static final List<String> NO_TAGS =
      List.of("", " ", "a b", "*", "a*", "${aws:username}", "é", "a\n", "a,b", "a".repeat(257));

  private static final List<String> NO_PRINCIPALS =
      List.of(
          "*",
          "111111111111",
          "arn:aws:iam::*:root",
          "arn:aws:iam::111111111111:*",
          "arn:aws:iam::11111111111:root",
          "arn:aws:iam::111111111111:user/somebody",
          ROLE,
          ROLE + "*",
          ROLE + "a?",
          ROLE + "a b",
          ROLE + "a\n",
          " " + ROLE + "a",
          "arn:aws:sts::111111111111:assumed-role/a/b");

  private static final List<String> PRINCIPALS =
      List.of("", "arn:aws:iam::111111111111:root", ROLE + "a", ROLE + "path/a");

  private static final List<String> NO_TOPICS =
      List.of(
          " ",
          "*",
          "likes",
          "arn:aws:sns:us-east-1:222222222222:*",
          "arn:aws:sns:*:222222222222:likes",
          "arn:aws:sns:us-east-1:*:likes",
          "arn:aws:sns:us-east-1:22222222222:likes",
          "arn:aws:sns:us-east-1:222222222222:likes.fifo",
          "arn:aws:sns:us-east-1:222222222222:likes:7a1b",
          "arn:aws:sns:us-east-1:222222222222:" + "a".repeat(257),
          "arn:aws:sqs:us-east-1:222222222222:likes",
          "arn:aws:sns:us-east-1:222222222222:likes\n");

  static Stream<Values> values() {
    return Stream.of(
        of(
            "TwitterAuthParam",
            List.of("TWITTER_AUTH", "a.b-c_1", "/rediscover/x", "/a/b/c", "a".repeat(60)),
            List.of(
                "",
                " ",
                "*",
                "TWITTER*",
                "/rediscover/*",
                "/",
                "//x",
                "/x/",
                "a/b",
                "a b",
                "a?",
                "${AWS::AccountId}",
                "é",
                "TWITTER_AUTH\n",
                "a".repeat(61),
                "arn:aws:ssm:us-east-1:111111111111:parameter/x")),
        of("XApiVersion", List.of("2", "1.1"), List.of("", "1", "2.0", " 2", "two")),
        of(
            "XApiUrl",
            List.of("https://api.x.com", "http://127.0.0.1:8080", "http://host.docker.internal:1"),
            Stream.concat(NO_ORIGINS.stream(), Stream.of("https://" + "a".repeat(53))).toList()),
        of(
            "SiteOrigin",
            List.of("http://localhost:4000", "https://likes.example", "https://LIKES.example:8443"),
            NO_ORIGINS),
        of(
            "LikesTopicArn",
            List.of(
                "",
                "arn:aws:sns:us-east-1:222222222222:likes",
                "arn:aws-cn:sns:cn-north-1:222222222222:Likes_1-a"),
            NO_TOPICS),
        of(
            "LikesQueueArn",
            List.of("", "arn:aws:sqs:us-east-1:222222222222:likes"),
            List.of(
                " ",
                "*",
                "likes",
                "https://sqs.us-east-1.amazonaws.com/222222222222/likes",
                "arn:aws:sqs:us-east-1:222222222222:*",
                "arn:aws:sqs:*:222222222222:likes",
                "arn:aws:sqs:us-east-1:*:likes",
                "arn:aws:sqs:us-east-1:2222:likes",
                "arn:aws:sqs:us-east-1:222222222222:likes.fifo",
                "arn:aws:sqs:us-east-1:222222222222:" + "a".repeat(81),
                "arn:aws:sns:us-east-1:222222222222:likes",
                "arn:aws:sqs:us-east-1:222222222222:likes\n")),
        of(
            "RetrySeconds",
            List.of("30", "180", "43200"),
            List.of("", "29", "43201", "-180", "3m", "1e3", "180 ", "0x40")),
        of(
            "AccessKeyParam",
            List.of("", "ACCESS_KEY", "/rediscover/key"),
            List.of("*", "a/b", "a b")),
        of("Architecture", List.of("x86_64", "arm64"), List.of("", "x86", "ARM64", "x86_64,arm64")),
        of("SnapStart", List.of("on", "off"), List.of("", "On", "true", "PublishedVersions")),
        of(
            "TableDeletion",
            List.of("RetainExceptOnCreate", "Retain", "Delete"),
            List.of("", "retain", "Snapshot", "*")),
        of("LogRetentionDays", List.of("1", "365"), List.of("", "0", "2", "366", "-1", "never")),
        of("ProjectName", List.of("rediscover", "a", "a.b:c/d=e+f@g-1", "a".repeat(256)), NO_TAGS),
        of("Organization", List.of("birds"), NO_TAGS),
        of("CostCenter", List.of("it"), NO_TAGS),
        new Values(
            OTHER_ACCOUNT,
            "QueueWriterRoleArn",
            List.of(
                ROLE + "a", ROLE + "service-role/a+=,.@-_1", "arn:aws-cn:iam::111111111111:role/a"),
            Stream.concat(
                    NO_PRINCIPALS.stream(),
                    Stream.of("", "arn:aws:iam::111111111111:root", ROLE + "a/", ROLE + "/a"))
                .toList()),
        new Values(
            Stacks.OPERATIONS,
            "Stack",
            List.of("rediscover", "A", "a-1", "a".repeat(128)),
            List.of("", "*", "1a", "a_b", "a b", "a/b", "a\n", "a".repeat(129))),
        new Values(
            Stacks.OPERATIONS, "KeyChecker", List.of("on", "off"), List.of("", "On", "true")),
        new Values(
            Stacks.OPERATIONS,
            "AlarmTopicArn",
            List.of("", "arn:aws:sns:us-east-1:222222222222:likes"),
            NO_TOPICS),
        new Values(DEVELOPER_ACCESS, "FalconDevelopers", PRINCIPALS, NO_PRINCIPALS),
        new Values(DEVELOPER_ACCESS, "EagleDevelopers", PRINCIPALS, NO_PRINCIPALS),
        new Values(DEVELOPER_ACCESS, "Managers", PRINCIPALS, NO_PRINCIPALS));
  }

  @ParameterizedTest
  @MethodSource("values")
  void aGoodValueIsTaken(Values values) {
    for (String value : values.good()) {
      assertThat(read(values, value).parameters())
          .as("'%s'", value)
          .containsEntry(values.parameter(), value);
    }
  }

  @ParameterizedTest
  @MethodSource("values")
  void aBadValueIsRefusedWithTheParametersNameAndWithoutTheValue(Values values) {
    for (String value : values.bad()) {
      assertThatThrownBy(() -> read(values, value))
          .as("'%s'", value)
          .isInstanceOf(TemplateException.class)
          .hasMessageMatching(
              "[a-z-]+\\.yaml: Parameters\\.%s(\\.Allowed(Pattern|Values)|\\.M(in|ax)(Value|Length))?: "
                      .formatted(values.parameter())
                  + "(the parameter's value does not satisfy this constraint|must be a number)");
    }
  }

  @Test
  void noParameterIsForgotten() {
    Map<Path, List<String>> parameters =
        values()
            .collect(
                Collectors.groupingBy(
                    Values::template, Collectors.mapping(Values::parameter, Collectors.toList())));
    parameters.forEach(
        (template, names) ->
            assertThat(Stacks.read(template, Stacks.ACCOUNT_A, Map.of()).parameters())
                .containsOnlyKeys(names));
  }

  private static Values of(String parameter, List<String> good, List<String> bad) {
    return new Values(Stacks.APPLICATION, parameter, good, bad);
  }

  private static Template read(Values values, String value) {
    return Stacks.read(values.template(), Stacks.ACCOUNT_A, Map.of(values.parameter(), value));
  }
}
