package rediscover.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.permissions.template.Template;

class ApiAuthorizerTest {

  private static final String API =
      """
      Resources:
        Api:
          Type: AWS::Serverless::HttpApi
          Properties:
            DefinitionBody:
              openapi: 3.0.1
              paths:
                /open: {get: {}}
                /closed/{name}: {get: {security: [Key: []]}}
              components:
                securitySchemes:
                  Key:
                    type: apiKey
                    x-amazon-apigateway-authorizer:
                      type: request
                      authorizerPayloadFormatVersion: '2.0'
                      enableSimpleResponses: true
                      identitySource: $request.header.X-Key
                      authorizerResultTtlInSeconds: 60
                      authorizerUri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:f/invocations
      """;

  @TempDir Path directory;

  @Test
  void theRoutesThatAskForItHaveTheAuthorizer() throws IOException {
    assertThat(byRoute(API))
        .containsExactly(
            Map.entry(
                "GET /closed/{name}",
                new ApiAuthorizer(
                    "Key",
                    "arn:aws:lambda:us-east-1:123456789012:function:f",
                    "X-Key",
                    Duration.ofSeconds(60))));
  }

  @Test
  void theApplicationAsksForAKeyOnlyWithTheParameter() {
    assertThat(byRoute(Stacks.application(), "LikesHttpApi")).isEmpty();

    Template withKey = Stacks.applicationWithKey();
    assertThat(byRoute(withKey, "LikesHttpApi"))
        .containsExactly(
            Map.entry(
                "GET /u/{name}",
                new ApiAuthorizer(
                    "AccessKey",
                    withKey.resource("KeyCheckerFunction").arn(),
                    "Authorization",
                    Duration.ofMinutes(5))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '2.0'                   | '1.0'              | authorizerPayloadFormatVersion: only 2.0 is supported
          type: request           | type: jwt          | type: only request is supported
          enableSimpleResponses: true | enableSimpleResponses: false | enableSimpleResponses: only true is supported
          $request.header.X-Key   | $request.querystring.key | identitySource: only one header is supported
          /invocations            | /                  | authorizerUri: must be the URI of a function's invocation
          [Key: []]               | [Lock: []]         | security: unknown security scheme Lock
          [Key: []]               | [Key: [], Lock: []] | security: more than one authorizer is not supported
          /open: {get: {}}        | /open: {get: {responses: {}}} | responses
          """)
  void whatIsNotKnownOfADefinitionIsRefusedByName(String old, String changed, String reason) {
    assertThatThrownBy(() -> byRoute(API.replace(old, changed))).hasMessageContaining(reason);
  }

  private Map<String, ApiAuthorizer> byRoute(String template) throws IOException {
    return byRoute(TestTemplates.read(directory, "123456789012", template), "Api");
  }

  private static Map<String, ApiAuthorizer> byRoute(Template template, String api) {
    return ApiAuthorizer.byRoute(template.resource(api).properties());
  }
}
