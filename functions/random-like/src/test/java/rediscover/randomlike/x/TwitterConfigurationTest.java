package rediscover.randomlike.x;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import twitter4j.Logger;
import twitter4j.conf.Configuration;

class TwitterConfigurationTest {

  private static final XCredentials CREDENTIALS = new XCredentials("a", "b", "c", "d");

  @Test
  void aStraySettingDoesNotSendSignedRequestsElsewhere() {
    System.setProperty("twitter4j.restBaseURL", "http://elsewhere.example/");
    System.setProperty("twitter4j.http.proxyHost", "elsewhere.example");
    try {
      Configuration configuration = TwitterConfiguration.of("https://api.x.com", CREDENTIALS);

      assertThat(configuration.getRestBaseURL()).isEqualTo("https://api.x.com/1.1/");
      assertThat(configuration.getHttpClientConfiguration().getHttpProxyHost()).isNull();
    } finally {
      System.clearProperty("twitter4j.restBaseURL");
      System.clearProperty("twitter4j.http.proxyHost");
    }
  }

  @Test
  void waitingHasItsLimitsAndNothingIsTriedTwice() {
    var http =
        TwitterConfiguration.of("https://api.x.com", CREDENTIALS).getHttpClientConfiguration();

    assertThat(http.getHttpConnectionTimeout()).isEqualTo(2_000);
    assertThat(http.getHttpReadTimeout()).isEqualTo(5_000);
    assertThat(http.getHttpRetryCount()).isZero();
  }

  @Test
  void twitter4jLogsNothing() {
    TwitterConfiguration.of("https://api.x.com", CREDENTIALS);

    assertThat(Logger.getLogger(Object.class).getClass().getSimpleName()).isEqualTo("NullLogger");
  }
}
