package rediscover.scenarios;

import java.util.List;

/** Something that is brought to a door of the application. */
sealed interface Parcel {

  /** Where it is brought. */
  enum Door {
    TOPIC,
    QUEUE,
    BUCKET,
    /** Nobody brings these likes: X has them, and somebody asks the API for that user. */
    LIVE
  }

  Door door();

  /** The message, the archive, or X's page. */
  byte[] content();

  /**
   * Valid likes.
   *
   * @param withText whether the likes come with their texts
   * @param mishaps what X does before it answers with the page
   */
  record Likes(
      Door door,
      String user,
      List<String> tweetIds,
      boolean withText,
      List<XStub.Mishap> mishaps,
      byte[] content)
      implements Parcel {}

  /**
   * What a door accepts although it can never be stored.
   *
   * @param name of the user that it names; no other parcel has it
   * @param tweetIds the likes in it that may be stored all the same
   * @param reason what the log must say about it
   */
  record Poison(Door door, String name, List<String> tweetIds, String reason, byte[] content)
      implements Parcel {}

  /** What is larger than the door accepts. */
  record TooLarge(Door door, byte[] content) implements Parcel {}
}
