package rediscover.local.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

  private static final Route LIKE = new Route("GET", "/u/{name}", "arn");

  @Test
  void aVariableStandsForOneSegment() {
    assertThat(LIKE.match("GET", "/u/sample")).contains(Map.of("name", "sample"));
  }

  @Test
  void aSegmentStaysEncoded() {
    assertThat(LIKE.match("GET", "/u/a%2Fb%20c+d")).contains(Map.of("name", "a%2Fb%20c+d"));
  }

  @Test
  void everyVariableHasItsOwnName() {
    var route = new Route("GET", "/u/{name}/likes/{tweet}", "arn");

    assertThat(route.match("GET", "/u/sample/likes/20"))
        .contains(Map.of("name", "sample", "tweet", "20"));
  }

  @Test
  void aRouteWithoutVariablesServesItsPathAlone() {
    var route = new Route("GET", "/a.b", "arn");

    assertThat(route.match("GET", "/a.b")).contains(Map.of());
    assertThat(route.match("GET", "/aXb")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/u/", "/u", "/u/a/b", "/x/u/a", "/U/a", "/"})
  void anotherPathIsNotServed(String path) {
    assertThat(LIKE.match("GET", path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "OPTIONS", "get"})
  void anotherMethodIsNotServed(String method) {
    assertThat(LIKE.match(method, "/u/sample")).isEmpty();
  }
}
