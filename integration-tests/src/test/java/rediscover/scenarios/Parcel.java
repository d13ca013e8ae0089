package rediscover.scenarios;

import java.util.List;

/** Something that somebody brings to a door of the application. */
sealed interface Parcel {

  /** Where it is brought to. */
  enum Door {
    TOPIC,
    QUEUE,
    BUCKET,
    /** Nobody brings these: X has them, and somebody asks the API for that user. */
    LIVE
  }

  Door door();

  /** The message, the archive, or X's page. */
  byte[] content();

  /**
   * Likes that are all right.
   *
   * @param withText whether the likes come with their texts
   * @param mishaps what X does before it answers with the page
   */
  record Likes(
      Door door,
      String user,
      List<String> tweetIds,
      boolean withText,
      List<StandInX.Mishap> mishaps,
      byte[] content)
      implements Parcel {}

  /**
   * What is accepted at the door and can never be stored.
   *
   * @param name the user's that it pretends to be of; no other parcel has it
   * @param tweetIds the likes in it, if some of them are to be stored all the same
   * @param reason what the log has to say about it
   */
  record Poison(Door door, String name, List<String> tweetIds, String reason, byte[] content)
      implements Parcel {}

  /** What is larger than the door takes. */
  record TooLarge(Door door, byte[] content) implements Parcel {}
}
