package rediscover.randomlike;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import rediscover.likes.Like;
import rediscover.likes.aws.Deadline;
import rediscover.likes.table.LikesTable;

/** Finds a like of a user: in the table, or else on X. */
final class LikeFinder {

  /** How long a visitor waits for a table that does not answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  private final LikesTable table;
  private final Supplier<LiveLikes> liveSource;
  private LiveLikes live;

  /**
   * @param live asked once, and only when a user without stored likes comes: what the live path
   *     needs takes long to set up, and most requests do without
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
