package rediscover.randomlike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;
import rediscover.likes.message.LikesMessage;
import rediscover.likes.queue.InMemoryQueue;
import rediscover.likes.queue.LikesQueue;
import rediscover.likes.table.InMemoryTable;
import rediscover.likes.table.LikesTable;
import rediscover.randomlike.x.LikedPage;
import rediscover.randomlike.x.XApi;
import rediscover.randomlike.x.XCredentials;
import rediscover.randomlike.x.XStub;
import rediscover.support.Environment;
import rediscover.support.RecordingContext;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.InMemoryParameter;
import rediscover.support.aws.ServiceClients;
import rediscover.support.aws.SsmParameter;
import rediscover.support.aws.UnwillingService;
import rediscover.support.aws.UnwillingService.Mood;
import rediscover.support.event.Serialization;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

@ParameterizedClass
@EnumSource(Serialization.class)
class RandomLikeHandlerTest {
  private static final UserName SAMPLE = new UserName("sample");
  private static final String PARAMETER = "TWITTER_AUTH";
  private static final String CREDENTIALS = "secret-1,secret-2,secret-3,secret-4";

  @Parameter private Serialization serialization;

  private final InMemoryTable table = new InMemoryTable();
  private final LikesTable likesTable = new LikesTable(table, InMemoryTable.NAME);
  private final InMemoryQueue queue = new InMemoryQueue();
  private final InMemoryParameter parameter = new InMemoryParameter(PARAMETER);
  private final ScriptedX x = new ScriptedX();
  private final RecordingContext invocation = new RecordingContext();
  private final RandomLikeHandler handler = handler(x);

  @Test
  void aStoredLikeIsShown() {
    store(List.of(like("20", "just \"setting\" up\n\uD83D\uDE00")));

    APIGatewayV2HTTPResponse response = handle("http-random-like.json");

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getHeaders())
        .isEqualTo(Map.of("Content-Type", "application/json", "Cache-Control", "no-store"));
    assertThat(response.getBody())
        .isEqualTo(
            """
            {"user":"sample","tweetId":"20","url":"https://x.com/i/status/20",\
            "text":"just \\"setting\\" up\\n\uD83D\uDE00","cursor":"%s"}"""
                .formatted(Position.of(Like.of("20")).value()));
  }

  @Test
  void whatIsNotKnownOfALikeIsLeftOut() {
    String url = "https://example.com/post";
    store(List.of(new Like("20", Optional.empty(), Optional.of(url))));

    assertThat(handle("http-random-like.json").getBody())
        .contains("\"url\":\"https://example.com/post\"")
        .doesNotContain("text");
  }

  @Test
  void aStoredLikeCostsQueriesAndNoOtherCall() {
    store(likes(200));
    var onlyTable =
        new RandomLikeHandler(
            new LikeFinder(
                likesTable,
                () -> {
                  throw new AssertionError("the live path was set up");
                }));

    onlyTable.handleRequest(event("http-next-like.json"), invocation);

    assertThat(table.queries()).isOne();
  }

  @Test
  void theCursorsLeadToEveryLikeOnce() {
    store(likes(60));
    APIGatewayV2HTTPEvent event = event("http-next-like.json");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      String cursor = json(handler.handleRequest(event, invocation)).path("cursor").asText();
      seen.add(cursor);
      event.setQueryStringParameters(Map.of("after", cursor));
    }

    assertThat(seen).hasSize(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http-random-like.json", "http-next-like.json"})
  void whoHasNoStoredLikesGetsOneFromXAndThePageIsSentToBeStored(String event) {
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.Likes(likes(100)));

    APIGatewayV2HTTPResponse response = handle(event);

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertThat(response.getBody()).contains("\"user\":\"sample\"", "\"cursor\":\"");
    assertThat(queue.messages()).containsExactly(new LikesMessage(SAMPLE, likes(100)));
    assertThat(x.calls()).hasSize(1);
    assertThat(invocation.log()).singleElement().asString().contains("\"likesFromX\":100,");
  }

  @Test
  void whatIsStoredCountsAsNothingFromX() {
    store(likes(3));

    handle("http-random-like.json");

    assertThat(invocation.log())
        .containsExactly(
            "INFO {\"message\":\"found\",\"likesFromX\":0,"
                + "\"requestId\":\"XHtpkjHlDoEEPcg=\",\"status\":200}");
  }

  @Test
  void aPageTooLargeForOneMessageIsSentInSeveral() {
    parameter.is(CREDENTIALS);
    List<Like> page =
        IntStream.range(0, 30).mapToObj(i -> like("" + i, "x".repeat(25_000))).toList();
    x.answers(new LikedPage.Likes(page));

    assertThat(handle("http-random-like.json").getStatusCode()).isEqualTo(200);
    assertThat(queue.messages()).hasSizeGreaterThan(1);
    assertThat(queue.messages()).flatExtracting(LikesMessage::likes).isEqualTo(page);
  }

  @Test
  void eachLikeOfAPageIsAsLikelyToBeShown() {
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.Likes(likes(20)));
    Map<String, Integer> shown = new HashMap<>();
    for (int i = 0; i < 4_000; i++) {
      shown.merge(handle("http-random-like.json").getBody(), 1, Integer::sum);
    }

    // 200 on average, with a standard deviation of 14; the picks are the same in every run.
    assertThat(shown).hasSize(20);
    assertThat(shown.values()).allSatisfy(times -> assertThat(times).isBetween(130, 270));
  }

  @Test
  void aNameThatCannotBeIs400() {
    assertProblem(handle("http-bad-name.json"), 400, "Bad Request", "1 to 15 letters");
    assertThat(table.queries()).isZero();
  }

  @Test
  void aCursorThatCannotBeIs400() {
    assertProblem(handle("http-bad-cursor.json"), 400, "Bad Request", "cursor");
    assertThat(table.queries()).isZero();
  }

  @Test
  void anEventWithoutAnythingIs400AndHasTheInvocationsId() {
    assertThat(handler.handleRequest(new APIGatewayV2HTTPEvent(), invocation))
        .satisfies(
            response -> {
              assertThat(response.getStatusCode()).isEqualTo(400);
              assertThat(response.getBody()).contains(invocation.getAwsRequestId());
            });
  }

  @Test
  void aNameUnderWhichNothingIsKnownIs404() {
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.NoLikes());

    assertProblem(handle("http-random-like.json"), 404, "Not Found", "No likes");
  }

  @Test
  void theLimitOfXIs429WithTheTimeToWait() {
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.RateLimited(Duration.ofMillis(80_001)));

    APIGatewayV2HTTPResponse response = handle("http-random-like.json");

    assertProblem(response, 429, "Too Many Requests", "in 2 minutes");
    assertThat(response.getHeaders()).containsEntry("Retry-After", "81");
  }

  @Test
  void aFailureOfXIs502AndTheReasonIsInTheLog() {
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.Failed("X answered 503"));

    assertProblem(handle("http-random-like.json"), 502, "Bad Gateway", "X returned");
    assertThat(invocation.log())
        .containsExactly(
            "WARN {\"message\":\"X failed\",\"reason\":\"X answered 503\","
                + "\"requestId\":\"XHtpkjHlDoEEPcg=\",\"status\":502}");
  }

  @Test
  void aMissingParameterIs503AndNamedInTheLog() {
    assertProblem(handle("http-random-like.json"), 503, "Service Unavailable", "cannot ask X");
    assertThat(invocation.log())
        .singleElement()
        .asString()
        .startsWith("ERROR")
        .contains("\"SSM parameter TWITTER_AUTH does not exist\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret-1                                     | found 1, of which 0 blank",
        "secret-1,secret-2,secret-3                   | found 3, of which 0 blank",
        "secret-1,secret-2,secret-3,secret-4,secret-5 | found 5, of which 0 blank",
        "secret-1,secret-2,secret-3,                  | found 4, of which 1 blank",
        "secret-1,secret-2,secret-3,secret-4,         | found 5, of which 1 blank",
        "secret-1,_,⏎,secret-4                        | found 4, of which 2 blank",
        "secret-1⏎secret-2⏎secret-3⏎secret-4          | found 1, of which 0 blank",
        "secret-1;secret-2;secret-3;secret-4          | found 1, of which 0 blank",
        ",,,                                          | found 4, of which 4 blank",
        "_                                            | found 1, of which 1 blank",
        "⏎                                            | found 1, of which 1 blank"
      })
  void aMalformedParameterIs503AndNamedInTheLog(String value, String problem) {
    parameter.is(value.replace('_', ' ').replace('⏎', '\n'));

    assertProblem(handle("http-random-like.json"), 503, "Service Unavailable", "cannot ask X");
    assertThat(x.calls()).isEmpty();
    assertThat(invocation.log())
        .singleElement()
        .asString()
        .startsWith("ERROR")
        .contains("SSM parameter TWITTER_AUTH is malformed: ", problem)
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret-1,secret-2,secret-3,secret-4\n",
        "secret-1,\nsecret-2,\nsecret-3,\nsecret-4",
        "\r\n secret-1 ,\tsecret-2,secret-3 ,secret-4\r\n"
      })
  void blanksAndLineBreaksAroundTheFourPartsDoNotMatter(String value) {
    parameter.is(value);
    x.answers(new LikedPage.Likes(likes(1)));

    assertThat(handle("http-random-like.json").getStatusCode()).isEqualTo(200);
    assertThat(x.calls()).containsExactly(XCredentials.parse(CREDENTIALS));
  }

  @Test
  void credentialsThatXRefusesAre503AndNamedInTheLog() {
    parameter.is(CREDENTIALS);
    x.revokes(XCredentials.parse(CREDENTIALS));

    assertProblem(handle("http-random-like.json"), 503, "Service Unavailable", "cannot ask X");
    assertThat(invocation.log())
        .singleElement()
        .asString()
        .startsWith("ERROR")
        .contains("X refuses the credentials in SSM parameter TWITTER_AUTH: X answered 401");
  }

  @Test
  void aPageThatCannotBeSentIs500AndTheStackIsInTheLog() {
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.Likes(likes(1)));
    queue.beforeSend(
        message -> {
          throw SqsException.builder().message("AccessDenied").build();
        });

    assertProblem(handle("http-random-like.json"), 500, "Internal Server Error", "went wrong");
    assertThat(invocation.log())
        .singleElement()
        .asString()
        .startsWith("ERROR")
        .contains("\"requestId\":\"XHtpkjHlDoEEPcg=\"", "\"status\":500")
        .contains("SqsException: AccessDenied", "at rediscover.randomlike.LiveLikes.send");
  }

  @ParameterizedTest
  @EnumSource(Mood.class)
  @Execution(ExecutionMode.CONCURRENT)
  void aTableThatDoesNotAnswerInTimeIs503WithATimeToWait(Mood mood) {
    try (UnwillingService service = new UnwillingService(mood, "sample");
        DynamoDbClient client = service.client(DynamoDbClient::builder)) {
      LikesTable unwilling = new LikesTable(client, InMemoryTable.NAME);
      RandomLikeHandler impatient =
          new RandomLikeHandler(
              new LikeFinder(
                  unwilling,
                  () -> {
                    throw new AssertionError("X was asked although a like may be stored");
                  }));

      APIGatewayV2HTTPResponse response =
          assertTimeoutPreemptively(
              Duration.ofSeconds(30),
              () ->
                  impatient.handleRequest(
                      event("http-random-like.json"), new RecordingContext(3_000)));

      assertProblem(response, 503, "Service Unavailable", "right now");
      assertThat(response.getHeaders()).containsEntry("Retry-After", "5");
    }
  }

  @ParameterizedTest
  @EnumSource(Mood.class)
  @Execution(ExecutionMode.CONCURRENT)
  void aQueueThatDoesNotTakeThePageInTimeIs503WithATimeToWait(Mood mood) {
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.Likes(likes(1)));
    try (UnwillingService service = new UnwillingService(mood, "sample");
        SqsClient client = service.client(SqsClient::builder)) {
      LikesQueue unwilling = new LikesQueue(client, InMemoryQueue.URL);
      RandomLikeHandler impatient = handler(x, unwilling);

      APIGatewayV2HTTPResponse response =
          assertTimeoutPreemptively(
              Duration.ofSeconds(30),
              () ->
                  impatient.handleRequest(
                      event("http-random-like.json"), new RecordingContext(3_000)));

      assertProblem(response, 503, "Service Unavailable", "right now");
    }
  }

  @Test
  void whatMayPassIsLoggedWithItsReason() {
    parameter.fails(SdkClientException.create("no answer"));

    assertProblem(handle("http-random-like.json"), 503, "Service Unavailable", "right now");
    assertThat(invocation.log())
        .containsExactly(
            "ERROR {\"message\":\"unavailable\",\"reason\":\"%s: no answer\","
                    .formatted(SdkClientException.class.getName())
                + "\"requestId\":\"XHtpkjHlDoEEPcg=\",\"status\":503}");
  }

  @Test
  void theParameterIsReadOnce() {
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.Likes(likes(1)));

    handle("http-random-like.json");
    handle("http-random-like.json");

    assertThat(parameter.reads()).isOne();
    assertThat(x.calls()).hasSize(2);
  }

  @Test
  void newCredentialsAreReadOnceXRefusesTheOldOnes() {
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.Likes(likes(1)));
    handle("http-random-like.json");
    x.revokes(XCredentials.parse(CREDENTIALS));
    parameter.is("new-1,new-2,new-3,new-4");

    assertThat(handle("http-random-like.json").getStatusCode()).isEqualTo(200);
    assertThat(parameter.reads()).isEqualTo(2);
    assertThat(x.calls())
        .extracting(XCredentials::consumerKey)
        .containsExactly("secret-1", "secret-1", "new-1");
  }

  @Test
  void theSameCredentialsAreNotTriedTwice() {
    parameter.is(CREDENTIALS);
    x.revokes(XCredentials.parse(CREDENTIALS));

    handle("http-random-like.json");

    assertThat(parameter.reads()).isEqualTo(2);
    assertThat(x.calls()).hasSize(1);
  }

  @Test
  void aMissingParameterIsLookedForAgain() {
    handle("http-random-like.json");
    parameter.is(CREDENTIALS);
    x.answers(new LikedPage.Likes(likes(1)));

    assertThat(handle("http-random-like.json").getStatusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1.1"})
  void noSecretGetsIntoAnAnswerOrTheLog(String version) {
    parameter.is(CREDENTIALS);
    try (XStub xStub = new XStub()) {
      for (int status : List.of(200, 301, 400, 401, 402, 403, 404, 429, 500, 503)) {
        String echo = "{\"errors\":[{\"code\":1,\"message\":\"%s\"}]}".formatted(CREDENTIALS);
        xStub.answersAll(XStub.answer(status, echo));

        var response =
            handler(XApi.ofVersion(version, xStub.url()))
                .handleRequest(event("http-random-like.json"), invocation);

        assertThat(response.toString()).doesNotContain("secret");
      }
    }
    assertThat(invocation.log()).isNotEmpty().noneMatch(line -> line.contains("secret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LIKES_TABLE",
        "LIKES_QUEUE_URL",
        "TWITTER_AUTH_PARAM",
        "X_API_VERSION",
        "X_API_URL"
      })
  void aMissingVariableIsNamedAtTheStart(String missing) {
    Map<String, String> variables = new HashMap<>();
    for (String name :
        List.of(
            "LIKES_TABLE", "LIKES_QUEUE_URL", "TWITTER_AUTH_PARAM", "X_API_VERSION", "X_API_URL")) {
      variables.put(name, "value");
    }
    variables.remove(missing);

    assertThatThrownBy(
            () ->
                RandomLikeHandler.likeFinder(
                    new ServiceClients(new Environment(variables)), () -> x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(missing);
  }

  private void store(List<Like> likes) {
    likesTable.store(SAMPLE, likes, Deadline.in(Duration.ofMinutes(1)));
  }

  private RandomLikeHandler handler(XApi api) {
    return handler(api, new LikesQueue(queue, InMemoryQueue.URL));
  }

  private RandomLikeHandler handler(XApi api, LikesQueue likesQueue) {
    SsmParameter<XCredentials> credentials =
        new SsmParameter<>(
            parameter,
            PARAMETER,
            XCredentials::parse,
            RandomLikeHandler.PACE,
            InstantSource.system());
    return new RandomLikeHandler(
        new LikeFinder(
            likesTable, () -> new LiveLikes(api, credentials, likesQueue, new Random(1))));
  }

  private APIGatewayV2HTTPResponse handle(String event) {
    return handler.handleRequest(event(event), invocation);
  }

  private APIGatewayV2HTTPEvent event(String file) {
    return serialization.event(file, APIGatewayV2HTTPEvent.class);
  }

  private static void assertProblem(
      APIGatewayV2HTTPResponse response, int status, String title, String detail) {
    assertThat(response.getStatusCode()).isEqualTo(status);
    assertThat(response.getHeaders())
        .containsEntry("Content-Type", "application/problem+json")
        .containsEntry("Cache-Control", "no-store");
    JsonNode problem = json(response);
    assertThat(problem.fieldNames())
        .toIterable()
        .containsExactly("type", "title", "status", "detail", "requestId");
    assertThat(problem.path("type").asText()).isEqualTo("about:blank");
    assertThat(problem.path("title").asText()).isEqualTo(title);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).contains(detail).endsWith(".");
    assertThat(problem.path("requestId").asText()).startsWith("XHtp");
    assertThat(response.getBody())
        .doesNotContain("secret", "Exception", "AccessDenied", "OR 1=1", "näme");
  }

  private static JsonNode json(APIGatewayV2HTTPResponse response) {
    try {
      return new ObjectMapper().readTree(response.getBody());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + response.getBody(), e);
    }
  }

  private static List<Like> likes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> Like.of(Integer.toString(i))).toList();
  }

  private static Like like(String tweetId, String text) {
    return new Like(tweetId, Optional.of(text), Optional.empty());
  }
}
