package rediscover.local.x;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An X archive's like.js with 300 invented likes, in X's own form. */
public final class SampleArchive {

  /** Whose likes they are. */
  public static final String USER = "sample";

  private static final List<String> BEGINNINGS =
      List.of(
          "A queue in front of a slow thing",
          "The shortest function that works",
          "Every retry you did not plan for",
          "A permission nobody can explain",
          "The test you wrote before lunch",
          "A cold start at three in the morning",
          "One table with the right key",
          "The message that arrived twice",
          "A dashboard with a single number",
          "The role with exactly one action",
          "An alarm that never rang",
          "A deployment on a Friday",
          "The log line you were looking for",
          "A diagram drawn on a napkin",
          "The dead-letter queue on a Monday");

  private static final List<String> ENDINGS =
      List.of(
          "is worth more than a plan.",
          "tells you who your friends are.",
          "teaches what the manual leaves out.",
          "is a letter to your future self.",
          "costs less than the meeting about it.",
          "deserves a name & a comment.",
          "looks simple <after> the third rewrite.",
          "was somebody's best idea once.",
          "is where the story starts.",
          "makes the rest of the week easier.",
          "should fit on one page.",
          "never lies, but it can be shy.",
          "is best met with tea ☕.",
          "will outlive the framework.",
          "can wait until you have slept.",
          "is the part worth keeping.",
          "reads well aloud.",
          "surprised everybody but the on-call.",
          "gets better with every deletion.",
          "is still here, five years on 🌱.");

  private SampleArchive() {}

  /** How many likes there are. */
  public static int size() {
    return BEGINNINGS.size() * ENDINGS.size();
  }

  /** The file. */
  public static byte[] bytes() {
    var file = new StringBuilder("window.YTD.like.part0 = [");
    for (int i = 0; i < size(); i++) {
      file.append(
          """
          %s
            {
              "like" : {
                "tweetId" : "%d",
                "fullText" : "%s",
                "expandedUrl" : "https://twitter.com/i/web/status/%d"
              }
            }\
          """
              .formatted(i == 0 ? "" : ",", id(i), text(i), id(i)));
    }
    return file.append("\n]").toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The latest of these likes, the last one first, as X's API would tell of them. */
  static List<Map<String, String>> latest(int likes) {
    return IntStream.rangeClosed(1, likes)
        .map(fromTheEnd -> size() - fromTheEnd)
        .mapToObj(i -> Map.of("id", Long.toString(id(i)), "text", text(i)))
        .toList();
  }

  private static long id(int i) {
    return 1_500_000_000_000_000_000L + i * 1_234_567_890_123L;
  }

  private static String text(int i) {
    return escape(BEGINNINGS.get(i % BEGINNINGS.size()) + " " + ENDINGS.get(i / BEGINNINGS.size()));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
