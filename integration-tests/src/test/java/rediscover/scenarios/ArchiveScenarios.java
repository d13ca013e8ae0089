package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** X archives, uploaded to the bucket. */
abstract class ArchiveScenarios {

  private final Doors doors;

  ArchiveScenarios(Doors doors) {
    this.doors = doors;
  }

  @Test
  void theLikesOfAnUploadedArchiveAreStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(250);

    doors.upload(user + "/like.js", Some.archive(0, tweets).getBytes(UTF_8));

    doors.eventuallyStores(user, tweets);
    Doors.StoredLike like = doors.stored(user).getFirst();
    assertThat(like.text()).hasValue("Größe & Glück: 5 > 3 😀 " + like.tweetId());
    assertThat(like.url())
        .isEqualTo(Optional.of("https://twitter.com/i/web/status/" + like.tweetId()));
  }

  @Test
  void allPartsOfAnArchiveAreStored() {
    String user = Some.user();
    List<String> tweets = Some.tweetIds(6);

    doors.upload(user + "/like.js", Some.archive(0, tweets.subList(0, 3)).getBytes(UTF_8));
    doors.upload(user + "/like-part1.js", Some.archive(1, tweets.subList(3, 6)).getBytes(UTF_8));

    doors.eventuallyStores(user, tweets);
  }

  @Test
  void anArchiveThatIsUploadedTwiceIsStoredOnce() {
    String user = Some.user();
    byte[] archive = Some.archive(0, Some.tweetIds(120)).getBytes(UTF_8);

    doors.upload(user + "/like.js", archive);
    doors.eventually(() -> assertThat(doors.stored(user)).hasSize(120));
    doors.upload(user + "/like.js", archive);
    doors.upload(user + "/like-part1.js", Some.archive(1, Some.tweetIds(1)).getBytes(UTF_8));

    doors.eventually(() -> assertThat(doors.stored(user)).hasSize(121));
  }

  @Test
  void aFileThatIsNoArchiveEndsInTheDeadLetterQueue() {
    String user = Some.user();

    doors.upload(user + "/like.js", "PK\u0003\u0004 a zip file".getBytes(UTF_8));

    doors.eventuallyBuries(user);
  }

  @Test
  void anArchiveOfNobodyEndsInTheDeadLetterQueue() {
    String noUser = Some.user() + "-nobody";

    doors.upload(noUser + "/like.js", Some.archive(0, Some.tweetIds(1)).getBytes(UTF_8));

    doors.eventuallyBuries(noUser);
  }
}
