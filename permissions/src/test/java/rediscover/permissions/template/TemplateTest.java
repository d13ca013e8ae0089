package rediscover.permissions.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  private static final Deployment HERE =
      new Deployment("shop", "eu-west-1", "123456789012", URI.create("http://127.0.0.1:4566"));

  /** One resource of every type whose names are known, to refer to. */
  private static final String KNOWN =
      """
      Parameters:
        Stage: {Type: String, Default: test}
      Conditions:
        IsTest: !Equals [!Ref Stage, test]
        IsLive: !Not [!Equals [!Ref Stage, test]]
      Resources:
        Table: {Type: AWS::DynamoDB::Table}
        NamedTable: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub '${Stage}-table'}}
        Topic: {Type: AWS::SNS::Topic}
        Queue: {Type: AWS::SQS::Queue}
        Bucket: {Type: AWS::S3::Bucket}
        Unnamed: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [IsTest, !Ref AWS::NoValue, q]}}
        NamedBucket: {Type: AWS::S3::Bucket, Properties: {BucketName: my-bucket}}
        Role: {Type: AWS::IAM::Role, Properties: {Path: /service-role/}}
        Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /shop/group}}
        Function: {Type: AWS::Serverless::Function}
        Api: {Type: AWS::Serverless::HttpApi}
        Alarm: {Type: AWS::CloudWatch::Alarm}
        Left: {Type: AWS::SQS::Queue, Condition: IsLive}
        Odd: {Type: AWS::Odd::Thing}
      Outputs:
        Out:
          Value: %s
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          !Ref AWS::Region                             | eu-west-1
          !Ref AWS::AccountId                          | 123456789012
          !Ref AWS::Partition                          | aws
          !Ref AWS::StackName                          | shop
          !Ref AWS::URLSuffix                          | amazonaws.com
          !Ref Stage                                   | test
          {Ref: Stage}                                 | test
          !Ref Table                                   | shop-Table
          !Ref NamedTable                              | test-table
          !GetAtt Table.Arn                            | arn:aws:dynamodb:eu-west-1:123456789012:table/shop-Table
          !GetAtt [Table, Arn]                         | arn:aws:dynamodb:eu-west-1:123456789012:table/shop-Table
          {'Fn::GetAtt': [Table, Arn]}                 | arn:aws:dynamodb:eu-west-1:123456789012:table/shop-Table
          !Ref Topic                                   | arn:aws:sns:eu-west-1:123456789012:shop-Topic
          !GetAtt Topic.TopicName                      | shop-Topic
          !Ref Queue                                   | http://127.0.0.1:4566/123456789012/shop-Queue
          !GetAtt Queue.Arn                            | arn:aws:sqs:eu-west-1:123456789012:shop-Queue
          !GetAtt Queue.QueueName                      | shop-Queue
          !Ref Bucket                                  | shop-bucket
          !GetAtt Unnamed.QueueName                    | shop-Unnamed
          !GetAtt NamedBucket.Arn                      | arn:aws:s3:::my-bucket
          !Ref Role                                    | shop-Role
          !GetAtt Role.Arn                             | arn:aws:iam::123456789012:role/service-role/shop-Role
          !Ref Group                                   | /shop/group
          !GetAtt Group.Arn                            | arn:aws:logs:eu-west-1:123456789012:log-group:/shop/group:*
          !Ref Function                                | shop-Function
          !GetAtt Function.Arn                         | arn:aws:lambda:eu-west-1:123456789012:function:shop-Function
          !GetAtt Alarm.Arn                            | arn:aws:cloudwatch:eu-west-1:123456789012:alarm:shop-Alarm
          !Sub '${Stage}-${Table.Arn}-${AWS::Region}'  | test-arn:aws:dynamodb:eu-west-1:123456789012:table/shop-Table-eu-west-1
          !Sub ['${A}${Stage}', {A: !Ref AWS::Region}] | eu-west-1test
          !Sub '${!aws:PrincipalTag/team} $1'          | ${aws:PrincipalTag/team} $1
          !Join ['-', [a, !Ref Stage]]                 | a-test
          !Join ['+', !Split [',', 'a,b,c']]           | a+b+c
          !Select [1, !Split ['/', 'x/y/z']]           | y
          !Select ['0', [a, b]]                        | a
          !If [IsTest, yes, !Ref Nowhere]              | yes
          !If [IsLive, !Ref Nowhere, no]               | no
          """)
  void functionsAreReplacedByWhatTheyStandFor(String expression, String expected) {
    assertThat(output(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          !ImportValue x                     | no stack exports x
          !GetAtt [Table]                    | must name a resource and an attribute
          {'Fn::Cidr': [a, b]}               | function Fn::Cidr is not supported
          !Ref AWS::NotificationARNs         | pseudo parameter AWS::NotificationARNs is not supported
          !Sub 'x${AWS::Nothing}'            | pseudo parameter AWS::Nothing is not supported
          !Ref Nowhere                       | unknown parameter or resource Nowhere
          !GetAtt Nowhere.Arn                | unknown parameter or resource Nowhere
          !GetAtt Table.StreamArn            | attribute StreamArn of Table is not supported
          !GetAtt Topic.Arn                  | attribute Arn of Topic is not supported
          !Ref Odd                           | Ref and GetAtt are not supported for type AWS::Odd::Thing
          !Ref Left                          | condition IsLive excludes resource Left
          !If [Never, a, b]                  | condition Never is not declared
          !Ref AWS::NoValue                  | AWS::NoValue is not allowed here
          !Select [3, [a, b, c]]             | index 3 is out of range for a list of 3
          !FindInMap [Sizes, live, Memory]   | function Fn::FindInMap is not supported
          !Join ['-', a]                     | must be a list
          !Join ['-']                        | wrong number of arguments: 1
          {Ref: Stage, b: c}                 | function Ref must be the only key
          [a]                                | must be a string
          !!binary aGk=                      | tag tag:yaml.org,2002:binary is not supported
          ~                                  | null values are not allowed
          """)
  void whatIsNotKnownIsRefusedByName(String expression, String reason) {
    assertThatThrownBy(() -> output(expression))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("template.yaml: Outputs.Out.Value")
        .hasMessageEndingWith(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Hooks: {}                                        | template.yaml: Hooks: is not supported
          Transform: Own::Macro                            | template.yaml: Transform: only AWS::Serverless-2016-10-31 is supported
          Globals: {Api: {}}                               | template.yaml: Globals.Api: is not supported
          Resources: {A: {Type: T, Depends: B}}            | template.yaml: Resources.A.Depends: is not supported
          Resources: {A: {Properties: {}}}                 | template.yaml: Resources.A.Type: is missing
          Resources: {A: {Type: T}, A: {Type: T}}          | template.yaml: Resources.A: is a duplicate key
          Outputs: {A: &a {Value: b}, B: *a}               | Number of aliases for non-scalar nodes exceeds the specified max=0
          Parameters: {A: {Type: Date, Default: x}}        | template.yaml: Parameters.A.Type: parameter type 'Date' is not supported
          Conditions: {A: !Condition B}                    | condition function Fn::Condition is not supported
          Conditions: {A: !And [!Equals [a, a]]}           | condition function Fn::And is not supported
          Conditions: {A: !Equals [!If [A, a, b], a]}      | Conditions.A.Fn::Equals.Fn::If: is not allowed in a condition
          Mappings: {}                                     | template.yaml: Mappings: is not supported
          Parameters: {A: {Type: CommaDelimitedList, Default: x}} | parameter type 'CommaDelimitedList' is not supported
          """)
  void aTemplateOfAnotherFormIsRefusedByName(String text, String reason) {
    String template =
        text.startsWith("Conditions") ? text + "\nOutputs: {O: {Condition: A, Value: x}}" : text;
    assertThatThrownBy(() -> read(template))
        .isInstanceOf(TemplateException.class)
        .hasMessageEndingWith(reason);
  }

  @Test
  void whatIsNotYamlIsRefused() {
    assertThatThrownBy(() -> read("a: ["))
        .hasMessageStartingWith("template.yaml: is not valid YAML");
    assertThatThrownBy(() -> read("")).hasMessage("template.yaml: is empty");
  }

  @Test
  void globalsAreMergedAsSamDoesIt() {
    Resource function =
        read("""
                Globals:
                  Function:
                    Timeout: 10
                    MemorySize: 512
                    Layers: [a]
                    Architectures: [arm64]
                    Environment: {Variables: {A: 1, B: 2}}
                    CodeUri: {Bucket: b}
                Resources:
                  Function:
                    Type: AWS::Serverless::Function
                    Properties:
                      Timeout: 30
                      Layers: [b]
                      Architectures: [x86_64]
                      Environment: {Variables: {B: 3}}
                      CodeUri: !Sub '.'
                  Other:
                    Type: AWS::Lambda::Function
                """)
            .resource("Function");

    Properties properties = function.properties();
    assertThat(properties.integer("Timeout", 0)).isEqualTo(30);
    assertThat(properties.integer("MemorySize", 0)).isEqualTo(512);
    assertThat(properties.strings("Layers")).containsExactly("a", "b");
    assertThat(properties.strings("Architectures")).containsExactly("x86_64");
    assertThat(properties.object("Environment").stringMap("Variables"))
        .containsExactly(Map.entry("A", "1"), Map.entry("B", "3"));
    assertThat(properties.string("CodeUri")).isEqualTo(".");
  }

  @Test
  void globalsTouchNoOtherType() {
    Template template =
        read(
            """
            Globals: {Function: {Timeout: 10}}
            Resources:
              Other: {Type: AWS::Lambda::Function}
            """);
    assertThat(template.resource("Other").properties().names()).isEmpty();
  }

  @Test
  void resourcesWhoseConditionDoesNotHoldAreLeftOut() {
    Template template =
        read(
            """
            Conditions:
              Never: !Equals [a, b]
            Resources:
              B: {Type: AWS::SQS::Queue}
              C: {Type: AWS::SQS::Queue, Condition: Never, Properties: {X: !Ref Nowhere}}
              A: {Type: AWS::SQS::Queue}
            """);

    assertThat(template.resources().keySet()).containsExactly("B", "A");
    assertThat(template.ofType("AWS::SQS::Queue")).hasSize(2);
    assertThatThrownBy(() -> template.resource("C"))
        .hasMessage("template.yaml: Resources: resource C does not exist");
  }

  @Test
  void noValueLeavesTheEntryOut() {
    Properties properties =
        read("""
                Conditions:
                  Never: !Equals [a, b]
                Resources:
                  A:
                    Type: AWS::SQS::Queue
                    Properties:
                      Kept: 1
                      Gone: !If [Never, 2, !Ref AWS::NoValue]
                      Some: [a, !Ref AWS::NoValue, b]
                """)
            .resource("A")
            .properties();

    assertThat(properties.names()).containsExactly("Kept", "Some");
    assertThat(properties.strings("Some")).containsExactly("a", "b");
  }

  @Test
  @Timeout(60)
  void resourcesMayReferToEachOtherInACircle() {
    Template template =
        read(
            """
            Resources:
              A: {Type: AWS::SQS::Queue, Properties: {Other: !GetAtt B.Arn}}
              B: {Type: AWS::SQS::Queue, Properties: {Other: !GetAtt A.Arn}}
            """);
    assertThat(template.resource("A").properties().string("Other"))
        .isEqualTo(template.resource("B").arn());
  }

  @Test
  @Timeout(60)
  void aNameThatRefersToItselfIsRefused() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    Resources:
                      A: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt B.QueueName}}
                      B: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt A.QueueName}}
                    """))
        .hasMessageEndingWith("the name of resource B refers to itself");
  }

  @Test
  void aTemplateImportsWhatAnotherExports() {
    Map<String, String> exports =
        read("""
                Conditions:
                  Never: !Equals [a, b]
                Resources:
                  Queue: {Type: AWS::SQS::Queue}
                Outputs:
                  Name:
                    Value: !GetAtt Queue.QueueName
                    Export: {Name: !Sub '${AWS::StackName}-Queue'}
                  Left: {Condition: Never, Value: x, Export: {Name: left}}
                  Own: {Value: y}
                """)
            .exports();
    assertThat(exports).containsExactly(Map.entry("shop-Queue", "shop-Queue"));

    String importing =
        """
        Parameters:
          Stack: {Type: String, Default: shop}
        Resources:
          A:
            Type: T
            Properties:
              Name: {'Fn::ImportValue': !Sub '${Stack}-Queue'}
        """;
    Template template = Template.read(write(importing), HERE, Map.of(), exports);
    assertThat(template.resource("A").properties().string("Name")).isEqualTo("shop-Queue");
  }

  @Test
  void typesWithoutKnownNamesAreReadButNotNamed() {
    Resource odd = read("Resources: {Odd: {Type: AWS::Odd::Thing}}").resource("Odd");
    assertThat(odd.type()).isEqualTo("AWS::Odd::Thing");
    assertThatThrownBy(odd::ref)
        .hasMessageContaining("Resources.Odd")
        .hasMessageContaining("AWS::Odd::Thing");
  }

  @Test
  void theStackIdIsAlwaysTheSame() {
    assertThat(output("!Ref AWS::StackId"))
        .matches("arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/[0-9a-f-]{36}")
        .isEqualTo(output("!Ref AWS::StackId"));
    assertThat(output("!GetAtt Api.ApiEndpoint"))
        .isEqualTo("https://" + output("!Ref Api") + ".execute-api.eu-west-1.amazonaws.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "toolong", "xyz!", "abc"})
  void aParameterThatDoesNotFitIsRefusedWithoutItsValue(String value) {
    assertThatThrownBy(() -> read(CHECKED, Map.of("Name", value)))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("template.yaml: Parameters.Name.")
        .message()
        .doesNotContain(value);
  }

  private static final String CHECKED =
      """
      Parameters:
        Name:
          Type: String
          MinLength: 3
          MaxLength: 4
          AllowedPattern: '[a-z]+'
          AllowedValues: [xyz, wxyz, toolong, ab, 'xyz!']
        Count: {Type: Number, Default: 3, MinValue: 1, MaxValue: 5}
      """;

  @Test
  void parametersAreGivenOrKeepTheirDefaults() {
    assertThat(read(CHECKED, Map.of("Name", "xyz")).parameters())
        .containsExactly(Map.entry("Name", "xyz"), Map.entry("Count", "3"));
    assertThatThrownBy(() -> read(CHECKED, Map.of()))
        .hasMessage("template.yaml: Parameters.Name: needs a value: it has no default");
    assertThatThrownBy(() -> read(CHECKED, Map.of("Name", "xyz", "Nane", "x")))
        .hasMessage("template.yaml: Parameters: parameter Nane is not declared");
    assertThatThrownBy(() -> read(CHECKED, Map.of("Name", "xyz", "Count", "6")))
        .hasMessageStartingWith("template.yaml: Parameters.Count.MaxValue");
    assertThatThrownBy(() -> read(CHECKED, Map.of("Name", "xyz", "Count", "many")))
        .hasMessage("template.yaml: Parameters.Count: must be a number");
  }

  @Test
  void propertiesThatNobodyReadAreRefusedByName() {
    Properties properties =
        read("""
                Resources:
                  A:
                    Type: AWS::SQS::Queue
                    Properties:
                      Read: 1
                      Forgotten: 2
                      Known: 3
                      Inner: {Read: 1, Lost: 2}
                      Items: [{Read: 1}, {Other: 2}]
                """)
            .resource("A")
            .properties();
    properties.string("Read");
    properties.ignore("Known");
    properties.object("Inner").string("Read");
    properties.objects("Items").forEach(item -> item.optional("Read"));

    String here = "Resources.A.Properties.";
    assertThatThrownBy(properties::refuseUnread)
        .hasMessage(
            "template.yaml: not supported: "
                + String.join(
                    ", ", here + "Forgotten", here + "Inner.Lost", here + "Items[1].Other"));

    properties.string("Forgotten");
    properties.object("Inner").raw("Lost");
    properties.objects("Items").get(1).raw("Other");
    properties.refuseUnread();
  }

  @Test
  void propertiesOfAnotherKindAreRefused() {
    Properties properties =
        read("Resources: {A: {Type: T, Properties: {Text: abc, List: [a], Map: {b: c}}}}")
            .resource("A")
            .properties();
    String here = "template.yaml: Resources.A.Properties.";

    assertThatThrownBy(() -> properties.string("None")).hasMessage(here + "None: is missing");
    assertThatThrownBy(() -> properties.string("List")).hasMessage(here + "List: must be a string");
    assertThatThrownBy(() -> properties.integer("Text", 0))
        .hasMessage(here + "Text: must be a whole number");
    assertThatThrownBy(() -> properties.object("List")).hasMessage(here + "List: must be a map");
    assertThatThrownBy(() -> properties.objects("List"))
        .hasMessage(here + "List[0]: must be a map");
    assertThatThrownBy(() -> properties.strings("Map")).hasMessage(here + "Map: must be a list");
    assertThat(properties.object("None").names()).isEmpty();
    assertThat(properties.objects("None")).isEmpty();
    assertThat(properties.strings("Text")).isEqualTo(List.of("abc"));
  }

  private String output(String expression) {
    return read(KNOWN.formatted(expression)).outputs().get("Out");
  }

  private Template read(String text) {
    return read(text, Map.of());
  }

  private Template read(String text, Map<String, String> parameters) {
    return Template.read(write(text), HERE, parameters);
  }

  private Path write(String text) {
    try {
      return Files.writeString(directory.resolve("template.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
