package rediscover.randomlike;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.queue.InMemoryQueue;
import rediscover.likes.queue.LikesQueue;
import rediscover.likes.table.InMemoryTable;
import rediscover.likes.table.LikesTable;
import rediscover.randomlike.x.LikedPage;
import rediscover.randomlike.x.XCredentials;
import rediscover.support.RecordingContext;
import rediscover.support.aws.Deadline;
import rediscover.support.aws.InMemoryParameter;
import rediscover.support.aws.SsmParameter;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The handler keeps what docs/openapi.yaml promises, whatever it is asked. */
class ApiContractTest {
  private static final Path DOCUMENT = Path.of("../../docs/openapi.yaml");
  private static final ApiContract CONTRACT = read();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UserName SAMPLE = new UserName("sample");
  private static final String CURSOR = "f5ca38f748a1d6eaf726b8a42fb575c3";

  private final RecordingContext invocation = new RecordingContext();
  private final RandomLikeHandler handler = handler();

  @Test
  void theDocumentIsOpenApi() {
    SwaggerParseResult result = new OpenAPIV3Parser().readLocation(DOCUMENT.toString(), null, null);

    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getSpecVersion()).isEqualTo(SpecVersion.V31);
    assertThat(result.getOpenAPI().getPaths()).containsOnlyKeys("/u/{name}");
  }

  static Stream<Answer> answers() {
    Optional<String> url = Optional.of("http://example.com/");
    return Stream.of(
        new Answer.Found(SAMPLE, Like.of("20"), 0),
        new Answer.Found(SAMPLE, new Like("20", Optional.of("\"\u0000\uD83D\uDE00\n"), url), 100),
        new Answer.BadRequest("A sentence."),
        new Answer.NoLikes(),
        new Answer.RateLimited(Duration.ofMillis(1)),
        new Answer.RateLimited(Duration.ofDays(1)),
        new Answer.XFailed("secret"),
        new Answer.NotSetUp("secret"),
        new Answer.Unavailable(SdkClientException.create("secret")),
        new Answer.Unexpected(new IllegalStateException("secret")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void everyAnswerIsAsTheDocumentSays(Answer answer) {
    APIGatewayV2HTTPResponse response = new ResponseMapper("id").toResponse(answer);

    assertThat(faults(response)).isEmpty();
    assertThat(response.getBody()).doesNotContain("secret");
  }

  @Test
  void everyStatusOfTheDocumentIsGivenByAnAnswer() {
    Set<Integer> ofTheKeyChecker = Set.of(401, 403);
    Set<Integer> given =
        answers()
            .map(answer -> new ResponseMapper("id").toResponse(answer).getStatusCode())
            .collect(Collectors.toSet());
    given.addAll(ofTheKeyChecker);
    assertThat(CONTRACT.statuses()).isEqualTo(given);
  }

  @Property(tries = 5_000)
  void aNameIsRefusedIfTheDocumentDoesNotAllowIt(@ForAll("names") String name) throws IOException {
    APIGatewayV2HTTPResponse response = handle(event(name, Map.of()));

    int known = name.equalsIgnoreCase(SAMPLE.value()) ? 200 : 404;
    assertThat(response.getStatusCode()).isEqualTo(CONTRACT.allows("name", name) ? known : 400);
    assertKept(response);
  }

  @Property(tries = 5_000)
  void aCursorIsRefusedIfTheDocumentDoesNotAllowIt(@ForAll("cursors") String cursor)
      throws IOException {
    APIGatewayV2HTTPResponse response = handle(event("sample", Map.of("after", cursor)));

    assertThat(response.getStatusCode()).isEqualTo(CONTRACT.allows("after", cursor) ? 200 : 400);
    assertKept(response);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void nothingElseOfARequestMatters(
      @ForAll Map<String, String> headers,
      @ForAll("texts") String method,
      @ForAll("texts") String path,
      @ForAll("texts") String query,
      @ForAll("texts") String body)
      throws IOException {
    ObjectNode event = event("sample", Map.of("before", query, "AFTER", query));
    event.put("rawPath", path).put("rawQueryString", query).put("body", body);
    event.set("headers", JSON.valueToTree(headers));
    event.withArray("cookies").add(query);
    ((ObjectNode) event.at("/requestContext/http")).put("method", method).put("path", path);

    APIGatewayV2HTTPResponse response = handle(event);

    assertThat(response.getStatusCode()).isEqualTo(200);
    assertKept(response);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, changed("sample")),
        Tuple.of(1, changed("fifteen_letters")),
        Tuple.of(2, texts()),
        Tuple.of(1, Arbitraries.strings().alpha().numeric().withChars("_").ofMaxLength(17)));
  }

  @Provide
  Arbitrary<String> cursors() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, changed(CURSOR)),
        Tuple.of(1, texts()),
        Tuple.of(1, Arbitraries.of(CURSOR.toUpperCase(Locale.ROOT), CURSOR + "," + CURSOR)),
        Tuple.of(2, Arbitraries.strings().withChars("0123456789abcdef").ofLength(32)));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(40),
        Arbitraries.strings().ascii().ofMaxLength(40),
        Arbitraries.of("a", "%00", "é", "𝕏").map(text -> text.repeat(3_000)));
  }

  /** A text with one character replaced, put in or taken out, or as it is. */
  private static Arbitrary<String> changed(String text) {
    Arbitrary<Character> characters =
        Arbitraries.oneOf(
            Arbitraries.of('\n', '\u0000', ' ', '/', '%', '.', '-', '@', 'é', '٣', 'Ａ', '\uD835'),
            Arbitraries.chars());
    return characters.flatMap(
        character ->
            Arbitraries.integers()
                .between(0, text.length())
                .flatMap(
                    place -> {
                      String before = text.substring(0, place);
                      String after = text.substring(Math.min(place + 1, text.length()));
                      return Arbitraries.of(
                          text,
                          text.toUpperCase(Locale.ROOT),
                          before + after,
                          before + character + after,
                          before + character + text.substring(place));
                    }));
  }

  private void assertKept(APIGatewayV2HTTPResponse response) {
    assertThat(faults(response)).isEmpty();
    assertThat(invocation.log()).allMatch(line -> line.startsWith("INFO "));
  }

  private static List<String> faults(APIGatewayV2HTTPResponse response) {
    Map<String, String> headers = new TreeMap<>();
    response
        .getHeaders()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    return CONTRACT.faults(response.getStatusCode(), headers, response.getBody());
  }

  private APIGatewayV2HTTPResponse handle(ObjectNode event) throws IOException {
    byte[] json = event.toString().getBytes(UTF_8);
    return handler.handleRequest(
        new RandomLikeSerializer()
            .fromJson(new ByteArrayInputStream(json), APIGatewayV2HTTPEvent.class),
        invocation);
  }

  private static ObjectNode event(String name, Map<String, String> query) throws IOException {
    Path sample = Path.of("../../events/http-random-like.json");
    ObjectNode event = (ObjectNode) JSON.readTree(sample.toFile());
    event.set("pathParameters", JSON.valueToTree(Map.of("name", name)));
    event.set("queryStringParameters", JSON.valueToTree(query));
    return event;
  }

  private static RandomLikeHandler handler() {
    LikesTable table = new LikesTable(new InMemoryTable(), InMemoryTable.NAME);
    table.store(SAMPLE, List.of(Like.of("20"), Like.of("21")), Deadline.in(Duration.ofMinutes(1)));
    InMemoryParameter parameter = new InMemoryParameter("TWITTER_AUTH");
    parameter.is("secret-1,secret-2,secret-3,secret-4");
    ScriptedX x = new ScriptedX();
    x.answers(new LikedPage.NoLikes());
    LiveLikes live =
        new LiveLikes(
            x,
            new SsmParameter<>(
                parameter,
                "TWITTER_AUTH",
                XCredentials::parse,
                RandomLikeHandler.PACE,
                InstantSource.system()),
            new LikesQueue(new InMemoryQueue(), InMemoryQueue.URL),
            new Random(1));
    return new RandomLikeHandler(new LikeFinder(table, () -> live));
  }

  private static ApiContract read() {
    try {
      return ApiContract.read(DOCUMENT);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
