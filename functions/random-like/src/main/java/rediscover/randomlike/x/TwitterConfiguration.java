package rediscover.randomlike.x;

import java.util.Properties;
import twitter4j.conf.Configuration;
import twitter4j.conf.PropertyConfiguration;

/** Configures Twitter4J. */
final class TwitterConfiguration {

  static {
    // At its debug level Twitter4J logs signatures and whole answers. No stray setting may turn
    // that on. Twitter4J reads this property when it loads its first class with a logger.
    System.setProperty("twitter4j.loggerFactory", "twitter4j.NullLoggerFactory");
  }

  private TwitterConfiguration() {}

  /**
   * Uses these properties and no others. Twitter4J's ConfigurationBuilder would also read the
   * environment and any twitter4j.properties file, which could send signed requests elsewhere.
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
