package rediscover.randomlike;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import rediscover.likes.Like;
import rediscover.likes.table.LikesTable;
import rediscover.support.aws.Deadline;

/** Finds a like of a user: in the table, otherwise on X. */
final class LikeFinder {

  /** The longest that a visitor waits for the table. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final LikesTable table;
  private final Supplier<LiveLikes> liveSource;
  private LiveLikes live;

  /**
   * @param live called once, for the first user without stored likes. The live path takes long to
   *     set up, and most requests do not need it
   */
  LikeFinder(LikesTable table, Supplier<LiveLikes> live) {
    this.table = table;
    this.liveSource = live;
  }

  Answer find(LikeRequest request, Deadline deadline) {
    Optional<Like> stored = stored(request, deadline.within(PATIENCE));
    if (stored.isPresent()) {
      return new Answer.Found(request.user(), stored.get(), 0);
    }
    if (live == null) {
      live = liveSource.get();
    }
    return live.find(request.user(), deadline);
  }

  Optional<Like> stored(LikeRequest request, Deadline deadline) {
    return request
        .after()
        .map(cursor -> table.after(request.user(), cursor, deadline))
        .orElseGet(() -> table.random(request.user(), deadline));
  }
}
