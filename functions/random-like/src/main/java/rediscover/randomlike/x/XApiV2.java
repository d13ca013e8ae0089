package rediscover.randomlike.x;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import rediscover.likes.HtmlText;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import twitter4j.HttpClientFactory;
import twitter4j.HttpParameter;
import twitter4j.HttpResponse;
import twitter4j.JSONArray;
import twitter4j.JSONException;
import twitter4j.JSONObject;
import twitter4j.TwitterException;
import twitter4j.auth.AuthorizationFactory;
import twitter4j.conf.Configuration;

/**
 * X's API v2. Twitter4J 4.0.7 does not support it, so this uses only its HTTP client and its
 * signing.
 */
final class XApiV2 implements XApi {

  /** The largest page that X returns: https://docs.x.com/x-api/users/get-liked-posts */
  private static final HttpParameter PAGE = new HttpParameter("max_results", 100);

  /** Bytes. A hundred posts take about 50 KB. */
  private static final int LONGEST_ANSWER = 1 << 20;

  private final String baseUrl;

  XApiV2(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  @Override
  public LikedPage likesOf(UserName user, XCredentials credentials) {
    Configuration configuration = TwitterConfiguration.of(baseUrl, credentials);
    try {
      JSONObject found = get(configuration, "/2/users/by/username/" + user.value());
      if (found.isNull("data")) {
        return withoutData(found);
      }
      String id = userId(found.getJSONObject("data"));
      JSONObject page = get(configuration, "/2/users/" + id + "/liked_tweets", PAGE);
      if (page.isNull("data")) {
        return withoutData(page);
      }
      List<Like> likes = likes(page.getJSONArray("data"));
      return likes.isEmpty() ? new LikedPage.NoLikes() : new LikedPage.Likes(likes);
    } catch (TwitterException e) {
      return XFailure.of(e);
    } catch (UnexpectedAnswerException e) {
      return new LikedPage.Failed(e.getMessage());
    } catch (JSONException | IllegalArgumentException e) {
      return new LikedPage.Failed("X's answer does not match its API");
    }
  }

  private JSONObject get(Configuration configuration, String path, HttpParameter... parameters)
      throws TwitterException, JSONException, UnexpectedAnswerException {
    HttpResponse response =
        HttpClientFactory.getInstance(configuration.getHttpClientConfiguration())
            .get(baseUrl + path, parameters, AuthorizationFactory.getInstance(configuration), null);
    if (response.getStatusCode() != 200) {
      throw new UnexpectedAnswerException("X answered " + response.getStatusCode());
    }
    return new JSONObject(body(response));
  }

  private static String body(HttpResponse response) throws UnexpectedAnswerException {
    try (InputStream body = response.asStream()) {
      byte[] bytes = body.readNBytes(LONGEST_ANSWER + 1);
      if (bytes.length > LONGEST_ANSWER) {
        response.disconnect();
        throw new UnexpectedAnswerException("X's answer is longer than 1 MiB");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UnexpectedAnswerException(
          "X's answer was cut off (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** X also answers 200 for a user who does not exist or hides their likes. */
  private static LikedPage withoutData(JSONObject answer) throws JSONException {
    boolean empty =
        !answer.isNull("meta") && answer.getJSONObject("meta").getInt("result_count") == 0;
    return empty || !answer.isNull("errors")
        ? new LikedPage.NoLikes()
        : new LikedPage.Failed("X's answer contains neither data nor errors");
  }

  private static String userId(JSONObject user) throws JSONException, UnexpectedAnswerException {
    String id = user.getString("id");
    if (!id.matches("[0-9]{1,19}")) {
      throw new UnexpectedAnswerException("X's answer contains a malformed user ID");
    }
    return id;
  }

  private static List<Like> likes(JSONArray posts) throws JSONException {
    List<Like> likes = new ArrayList<>();
    for (int i = 0; i < posts.length(); i++) {
      JSONObject post = posts.getJSONObject(i);
      Optional<String> text =
          post.isNull("text")
              ? Optional.empty()
              : Optional.of(HtmlText.unescape(post.getString("text")));
      likes.add(new Like(post.getString("id"), text, Optional.empty()));
    }
    return likes;
  }

  /** X sent something unexpected. The message may go to the log. */
  private static final class UnexpectedAnswerException extends Exception {
    UnexpectedAnswerException(String message) {
      super(message);
    }
  }
}
