package rediscover.bench;

import java.time.Duration;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;
import rediscover.likes.aws.Deadline;
import rediscover.likes.table.LikesTable;

/** The code around the query; the table is in memory. */
@State(Scope.Benchmark)
public class PickingBenchmark {
  private static final UserName USER = UserName.of("sample");

  private static final Deadline LATER = Deadline.in(Duration.ofDays(1));

  private LikesTable table;
  private Position cursor;

  @Setup
  public void store() {
    table = new LikesTable(new PageTable(1_000), "likes");
    cursor = Position.ofTweet("7");
  }

  @Benchmark
  public Optional<Like> randomLike() {
    return table.random(USER, LATER);
  }

  @Benchmark
  public Optional<Like> nextLike() {
    return table.after(USER, cursor, LATER);
  }
}
