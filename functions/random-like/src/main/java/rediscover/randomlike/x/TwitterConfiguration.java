package rediscover.randomlike.x;

import java.util.Properties;
import twitter4j.conf.Configuration;
import twitter4j.conf.PropertyConfiguration;

/** How Twitter4J is set up here. */
final class TwitterConfiguration {

  static {
    // At its debug level Twitter4J logs signatures and whole answers; no stray setting may turn
    // that on. It reads this property when its first class with a logger is loaded.
    System.setProperty("twitter4j.loggerFactory", "twitter4j.NullLoggerFactory");
  }

  private TwitterConfiguration() {}

  /**
   * Takes these properties and no others: Twitter4J's ConfigurationBuilder would begin with what it
   * finds in the environment and in any file called twitter4j.properties, which could send signed
   * requests elsewhere.
   */
  static Configuration of(String baseUrl, XCredentials credentials) {
    Properties properties = new Properties();
    properties.setProperty("restBaseURL", baseUrl + "/1.1/");
    properties.setProperty("http.connectionTimeout", "2000");
    properties.setProperty("http.readTimeout", "5000");
    properties.setProperty("oauth.consumerKey", credentials.consumerKey());
    properties.setProperty("oauth.consumerSecret", credentials.consumerSecret());
    properties.setProperty("oauth.accessToken", credentials.accessToken());
    properties.setProperty("oauth.accessTokenSecret", credentials.accessTokenSecret());
    return new PropertyConfiguration(properties);
  }
}
