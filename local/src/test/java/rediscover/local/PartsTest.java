package rediscover.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Parts parts = new Parts(new Console(new PrintStream(output)));
  private final List<String> closed = new ArrayList<>();

  @Test
  void theLastOneIsClosedFirst() {
    parts.keep(part("table"));
    parts.keep(part("door"));

    parts.close();

    assertThat(closed).containsExactly("door", "table");
  }

  @Test
  void onePartThatCannotBeClosedDoesNotKeepTheOthersFromIt() {
    parts.keep(part("table"));
    parts.keep(
        () -> {
          throw new IOException("the queue does not end");
        });

    parts.close();

    assertThat(closed).containsExactly("table");
    assertThat(output.toString()).contains("the queue does not end");
  }

  @Test
  void whatStartsAfterTheEndIsClosedAtOnce() {
    parts.close();

    assertThatThrownBy(() -> parts.keep(part("late"))).isInstanceOf(StartException.class);

    assertThat(closed).containsExactly("late");
  }

  @Test
  void nothingIsClosedTwice() {
    parts.keep(part("table"));

    parts.close();
    parts.close();

    assertThat(closed).containsExactly("table");
  }

  private AutoCloseable part(String name) {
    return () -> closed.add(name);
  }
}
