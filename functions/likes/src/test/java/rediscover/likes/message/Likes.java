package rediscover.likes.message;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import rediscover.likes.Like;
import rediscover.likes.UserName;

/** Any like and any user that there can be. */
final class Likes {
  private Likes() {}

  static Arbitrary<UserName> users() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .numeric()
        .withChars('_')
        .ofMinLength(1)
        .ofMaxLength(15)
        .map(UserName::new);
  }

  static Arbitrary<Like> any(int maxTextLength) {
    Arbitrary<Optional<String>> texts =
        Arbitraries.strings().all().ofMaxLength(maxTextLength).optional();
    Arbitrary<Optional<String>> urls =
        Arbitraries.strings()
            .alpha()
            .ofMaxLength(40)
            .map(path -> "https://twitter.com/" + path)
            .optional();
    return Combinators.combine(tweetIds(), texts, urls).as(Like::new);
  }

  static Arbitrary<String> tweetIds() {
    return Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(20);
  }
}
