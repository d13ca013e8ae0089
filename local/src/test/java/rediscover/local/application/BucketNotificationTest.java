package rediscover.local.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rediscover.local.application.BucketSpec.Notification;

class BucketNotificationTest {

  @ParameterizedTest
  @CsvSource({
    "s3:ObjectCreated:*,   ObjectCreated:Put,                     true",
    "s3:ObjectCreated:*,   ObjectCreated:CompleteMultipartUpload, true",
    "s3:ObjectCreated:Put, ObjectCreated:Put,                     true",
    "s3:ObjectCreated:Put, ObjectCreated:Copy,                    false",
    "s3:ObjectRemoved:*,   ObjectCreated:Put,                     false"
  })
  void theEventIsTheOneThatIsAskedForOrOneOfItsKind(String asked, String event, boolean wanted) {
    assertThat(new Notification(asked, "", "", "arn").wants(event, "any/key")).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "likes/, .js, likes/me/like.js, true",
    "likes/, .js, other/like.js,    false",
    "likes/, .js, likes/like.json,  false",
    "likes/, '',  likes/anything,   true",
    "'',     .js, like.js,          true"
  })
  void theKeyHasBothPrefixAndSuffix(String prefix, String suffix, String key, boolean wanted) {
    var notification = new Notification("s3:ObjectCreated:*", prefix, suffix, "arn");

    assertThat(notification.wants("ObjectCreated:Put", key)).isEqualTo(wanted);
  }
}
