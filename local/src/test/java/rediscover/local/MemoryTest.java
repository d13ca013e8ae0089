package rediscover.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MemoryTest {

  private static final long OURS = ProcessHandle.current().pid();

  /** Above any number that Linux gives to a process. */
  private static final long NOBODYS = 1L << 23;

  @Test
  void isSaidForEachNameAndInSum() throws Exception {
    String described =
        new Memory()
            .of("the run", () -> List.of(OURS))
            .of("its double", () -> List.of(OURS, OURS))
            .describe();

    assertThat(described).matches("\\d+ MB: the run [1-9]\\d+, its double [1-9]\\d+");
    long[] megabytes =
        Pattern.compile("\\d+")
            .matcher(described)
            .results()
            .mapToLong(number -> Long.parseLong(number.group()))
            .toArray();
    assertThat(megabytes[0]).isEqualTo(megabytes[1] + megabytes[2]);
    assertThat(megabytes[2]).isGreaterThan(megabytes[1]);
  }

  @Test
  void whatDoesNotRunIsLeftOut() throws Exception {
    assertThat(new Memory().of("idle", List::of).of("ended", () -> List.of(NOBODYS)).describe())
        .isEqualTo("0 MB: ");
  }
}
