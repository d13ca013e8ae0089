package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import rediscover.scenarios.Parcel.Door;
import rediscover.scenarios.Parcel.Likes;
import rediscover.scenarios.Parcel.Poison;
import rediscover.scenarios.Parcel.TooLarge;

/** The parcels of a {@link ConservationIT}, for all doors. The same seed makes the same ones. */
final class Traffic {

  private static final int USERS = 40;

  private final SplittableRandom random;
  private final List<Parcel> parcels = new ArrayList<>();
  private final List<Likes> resendable = new ArrayList<>();
  private long lastTweet = 1L << 58;
  private int names;
  private int likes;

  private Traffic(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * Makes parcels until they hold this many different likes. Duplicates, poison and what is too
   * large come on top.
   */
  static List<Parcel> of(long seed, int likes) {
    var traffic = new Traffic(seed);
    // Every kind of poison comes at least once.
    traffic.addPoison();
    while (traffic.likes < likes) {
      // Few likes come in many small parcels rather than in a few large ones.
      traffic.addOne(Math.min(likes - traffic.likes, likes / 30));
    }
    return traffic.parcels;
  }

  private void addOne(int most) {
    double dice = random.nextDouble();
    if (dice < 0.40) {
      add(Door.QUEUE, userOfMany(), someOf(Math.min(most, 100)));
    } else if (dice < 0.72) {
      add(Door.TOPIC, userOfMany(), someOf(Math.min(most, 100)));
    } else if (dice < 0.78) {
      add(Door.BUCKET, userOfMany(), someOf(Math.min(most, 3000)));
    } else if (dice < 0.83) {
      add(Door.LIVE, "live" + names++, someOf(Math.min(most, 100)));
    } else if (dice < 0.96) {
      addAgain();
    } else if (dice < 0.99) {
      parcels.add(messagePoison(random.nextInt(MESSAGE_POISONS)));
    } else {
      parcels.add(
          random.nextBoolean()
              ? archivePoison(random.nextInt(ARCHIVE_POISONS))
              : new TooLarge(Door.TOPIC, message("big", tweets(1), "x".repeat(262_144))));
    }
  }

  private void addPoison() {
    for (int kind = 0; kind < MESSAGE_POISONS; kind++) {
      parcels.add(messagePoison(kind));
    }
    for (int kind = 0; kind < ARCHIVE_POISONS; kind++) {
      parcels.add(archivePoison(kind));
    }
    parcels.add(new TooLarge(Door.TOPIC, message("big", tweets(1), "x".repeat(262_144))));
    parcels.add(new TooLarge(Door.QUEUE, message("big", tweets(1), "x".repeat(1_048_576))));
  }

  private void add(Door door, String user, List<String> tweetIds) {
    var mishaps = new ArrayList<XStub.Mishap>();
    byte[] content =
        switch (door) {
          case TOPIC, QUEUE -> message(user, tweetIds, null);
          case BUCKET -> archive(tweetIds);
          case LIVE -> {
            XStub.Mishap[] all = XStub.Mishap.values();
            for (int i = random.nextInt(3); i > 0; i--) {
              mishaps.add(all[random.nextInt(all.length)]);
            }
            yield page(tweetIds);
          }
        };
    var parcel = new Likes(door, user, tweetIds, true, mishaps, content);
    parcels.add(parcel);
    resendable.add(parcel);
    likes += tweetIds.size();
  }

  /** The same likes once more, by topic or queue, with or without their texts. */
  private void addAgain() {
    if (resendable.isEmpty()) {
      return;
    }
    Likes before = resendable.get(random.nextInt(resendable.size()));
    int count = Math.min(100, before.tweetIds().size());
    List<String> tweetIds = before.tweetIds().subList(0, count);
    Door door = random.nextBoolean() ? Door.QUEUE : Door.TOPIC;
    boolean withText = random.nextBoolean();
    byte[] content =
        withText ? message(before.user(), tweetIds, null) : bare(before.user(), tweetIds);
    parcels.add(new Likes(door, before.user(), tweetIds, withText, List.of(), content));
  }

  private static final int MESSAGE_POISONS = 14;

  private Poison messagePoison(int kind) {
    String user = "poison" + names++;
    String id = tweets(1).getFirst();
    Door door = random.nextBoolean() ? Door.TOPIC : Door.QUEUE;
    String like = "{\"tweetId\":\"" + id + "\"}";
    String start = "{\"user\":\"" + user + "\",\"likes\":";
    return switch (kind) {
      case 0 -> poison(door, user, start + "[" + like, "is not JSON: see line");
      case 1 -> poison(door, user, start + "[" + like + "]}}", "is not JSON: see line");
      case 2 -> poison(door, user, start + "[" + like + "]} {}", "Something follows");
      case 3 -> poison(door, user, "[" + start + "[" + like + "]}]", "is not a JSON object");
      case 4 -> poison(door, user, "{\"likes\":[" + like + "]}", "has no user");
      case 5 -> poison(door, user, "{\"user\":\"" + user + "\"}", "has no likes");
      case 6 -> poison(door, user, start + "\"none\"}", "likes is not an array");
      case 7 ->
          poison(door, user, new String(message(user, tweets(101), null), UTF_8), "more than 100");
      case 8 -> poison(door, user, start + "[{\"tweetId\":\"" + id + "x\"}]}", "likes[0]: A tweet");
      case 9 -> poison(door, user, start + "[{\"tweetId\":" + id + "}]}", "tweetId is not a str");
      case 10 ->
          poison(
              door,
              user,
              "{\"user\":\"no " + user + "\",\"likes\":[" + like + "]}",
              "user: A name on X");
      case 11 ->
          poison(
              door,
              user,
              start + "[{\"tweetId\":\"" + id + "\",\"url\":\"javascript:alert(1)\"}]}",
              "likes[0]: A like's URL");
      case 12 -> poison(door, user, start + "[".repeat(40) + "]".repeat(40) + "}", "likes[0]");
      // The topic would refuse it.
      case 13 ->
          poison(
              Door.QUEUE,
              user,
              new String(message(user, List.of(id), "x".repeat(262_144)), UTF_8),
              "larger than 262144 bytes");
      default -> throw new IllegalArgumentException("there is no poison " + kind);
    };
  }

  private static Poison poison(Door door, String user, String content, String reason) {
    return new Poison(door, user, List.of(), reason, content.getBytes(UTF_8));
  }

  private static final int ARCHIVE_POISONS = 7;

  private Poison archivePoison(int kind) {
    String user = "poison" + names++;
    List<String> tweetIds = tweets(5);
    String archive = new String(archive(tweetIds), UTF_8);
    return switch (kind) {
      case 0 -> archivePoison(user, tweets(0), "PK\u0003\u0004 a zip file", "it has no '='");
      case 1 ->
          archivePoison(user, tweetIds, archive.substring(0, archive.length() - 9), "cut off");
      case 2 ->
          new Poison(
              Door.BUCKET, user, List.of(), "it is not UTF-8 text", archive.getBytes(UTF_16));
      case 3 ->
          archivePoison(
              user,
              tweetIds,
              archive.replaceFirst("]\\s*$", ", {\"like\":{}}]"),
              "have no tweet id");
      case 4 -> archivePoison(user, tweetIds, archive + " and more", "something follows");
      case 5 ->
          archivePoison(
              user,
              List.of(),
              new String(archive(List.of("x".repeat(1_048_577))), UTF_8),
              "too long a value");
      case 6 ->
          archivePoison("no-" + user, List.of(), archive, "key does not begin with a user name");
      default -> throw new IllegalArgumentException("there is no poison " + kind);
    };
  }

  private static Poison archivePoison(
      String user, List<String> tweetIds, String content, String reason) {
    return new Poison(Door.BUCKET, user, tweetIds, reason, content.getBytes(UTF_8));
  }

  private String userOfMany() {
    return "user" + random.nextInt(USERS);
  }

  private List<String> someOf(int most) {
    return tweets(1 + random.nextInt(most));
  }

  private List<String> tweets(int count) {
    long first = lastTweet + 1;
    lastTweet += count;
    return LongStream.range(first, first + count).mapToObj(Long::toString).toList();
  }

  /** The text of a like, whichever door it comes by. */
  static String text(String tweetId) {
    return "Größe & Glück 😀 " + tweetId;
  }

  private static String asHtml(String tweetId) {
    return text(tweetId).replace("&", "&amp;");
  }

  private static byte[] message(String user, List<String> tweetIds, String text) {
    return tweetIds.stream()
        .map(
            id ->
                "{\"tweetId\":\"%s\",\"text\":\"%s\"}"
                    .formatted(id, text == null ? text(id) : text))
        .collect(Collectors.joining(",", "{\"user\":\"" + user + "\",\"likes\":[", "]}"))
        .getBytes(UTF_8);
  }

  private static byte[] bare(String user, List<String> tweetIds) {
    return tweetIds.stream()
        .map("{\"tweetId\":\"%s\"}"::formatted)
        .collect(Collectors.joining(",", "{\"user\":\"" + user + "\",\"likes\":[", "]}"))
        .getBytes(UTF_8);
  }

  private static byte[] archive(List<String> tweetIds) {
    return tweetIds.stream()
        .map(id -> "{\"like\":{\"tweetId\":\"%s\",\"fullText\":\"%s\"}}".formatted(id, asHtml(id)))
        .collect(Collectors.joining(",\n", "window.YTD.like.part0 = [\n", "\n]"))
        .getBytes(UTF_8);
  }

  private static byte[] page(List<String> tweetIds) {
    return tweetIds.stream()
        .map(id -> "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(id, asHtml(id)))
        .collect(
            Collectors.joining(
                ",", "{\"data\":[", "],\"meta\":{\"result_count\":" + tweetIds.size() + "}}"))
        .getBytes(UTF_8);
  }
}
