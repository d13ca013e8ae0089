package rediscover.scenarios;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Things of which any will do: each scenario has users and likes of its own. */
final class Some {

  private static final Set<String> USERS = ConcurrentHashMap.newKeySet();

  private Some() {}

  /** A name that no other scenario uses. */
  static String user() {
    String user = "u" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 55, 1L << 60), 36);
    USERS.add(user);
    return user;
  }

  /** Every name that there has been, for a stage that has to forget them. */
  static Set<String> users() {
    return Set.copyOf(USERS);
  }

  /** So many tweet ids, all different. */
  static List<String> tweetIds(int count) {
    long first = ThreadLocalRandom.current().nextLong(1L << 58, 1L << 60);
    return LongStream.range(0, count).mapToObj(i -> Long.toString(first + i * 977)).toList();
  }

  /** The message of the topic and of the queue. */
  static String message(String user, List<String> tweetIds) {
    return tweetIds.stream()
        .map(id -> "{\"tweetId\":\"%s\",\"text\":\"text of %s\"}".formatted(id, id))
        .collect(Collectors.joining(",", "{\"user\":\"" + user + "\",\"likes\":[", "]}"));
  }

  /** A like.js as X writes it. */
  static String archive(int part, List<String> tweetIds) {
    return tweetIds.stream()
        .map(
            id ->
                """

                  {
                    "like" : {
                      "tweetId" : "%s",
                      "fullText" : "Größe &amp; Glück: 5 &gt; 3 😀 %s",
                      "expandedUrl" : "https://twitter.com/i/web/status/%s"
                    }
                  }"""
                    .formatted(id, id, id))
        .collect(Collectors.joining(",", "window.YTD.like.part" + part + " = [", "\n]"));
  }
}
