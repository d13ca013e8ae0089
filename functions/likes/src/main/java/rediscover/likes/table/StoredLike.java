package rediscover.likes.table;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A like as an item of the table. */
final class StoredLike {
  static final String USER = "user";
  static final String POSITION = "position";
  static final String TWEET_ID = "tweetId";
  static final String TEXT = "text";
  static final String URL = "url";
  static final String STORED_AT = "storedAt";

  private StoredLike() {}

  static Map<String, AttributeValue> toItem(UserName user, Like like) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(USER, AttributeValue.fromS(user.value()));
    item.put(POSITION, AttributeValue.fromS(Position.of(like).value()));
    item.put(TWEET_ID, AttributeValue.fromS(like.tweetId()));
    like.text().ifPresent(text -> item.put(TEXT, AttributeValue.fromS(text)));
    like.url().ifPresent(url -> item.put(URL, AttributeValue.fromS(url)));
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    item.put(STORED_AT, AttributeValue.fromS(now));
    return item;
  }

  static Like fromItem(Map<String, AttributeValue> item) {
    return new Like(
        item.get(TWEET_ID).s(),
        Optional.ofNullable(item.get(TEXT)).map(AttributeValue::s),
        Optional.ofNullable(item.get(URL)).map(AttributeValue::s));
  }
}
