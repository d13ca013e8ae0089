package rediscover.archiveimporter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Reading an X archive; one operation is one like. */
@State(Scope.Benchmark)
public class ArchiveBenchmark {
  private static final int LIKES = 10_000;

  private byte[] file;

  @Setup
  public void make() {
    String likes =
        LongStream.range(0, LIKES)
            .mapToObj(
                id ->
                    """
                      {
                        "like" : {
                          "tweetId" : "%1$d",
                          "fullText" : "A text of some length &amp; an address, https://t.co/IaCJlkaweW",
                          "expandedUrl" : "https://twitter.com/i/web/status/%1$d"
                        }
                      }"""
                        .formatted(1_697_051_672_621_597_026L + id))
            .collect(Collectors.joining(",\n", "window.YTD.like.part0 = [\n", "\n]"));
    file = likes.getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  @OperationsPerInvocation(LIKES)
  public void likeOfAnArchive(Blackhole consumer) throws IOException {
    new LikeArchive(new ByteArrayInputStream(file)).forEach(consumer::consume);
  }
}
