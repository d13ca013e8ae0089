package rediscover.bench;

import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;
import rediscover.likes.table.LikesTable;

/** Picking a like out of few and out of many; the table is in memory. */
@State(Scope.Benchmark)
public class PickingBenchmark {
  private static final UserName USER = UserName.of("sample");

  @Param({"100", "100000"})
  public int likes;

  private LikesTable table;
  private Position cursor;

  @Setup
  public void store() {
    table = new LikesTable(new PageTable(likes), "likes");
    cursor = Position.ofTweet("7");
  }

  @Benchmark
  public Optional<Like> randomLike() {
    return table.random(USER);
  }

  @Benchmark
  public Optional<Like> nextLike() {
    return table.after(USER, cursor);
  }
}
