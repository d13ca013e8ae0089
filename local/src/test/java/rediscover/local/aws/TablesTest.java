package rediscover.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static rediscover.local.Patience.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.local.TestStack;

class TablesTest {

  @TempDir private Path data;

  @Test
  void dynamoDbLocalMaySayWhatItLikes() throws Exception {
    Path classes = Path.of(getClass().getProtectionDomain().getCodeSource().getLocation().toURI());

    try (Tables tables = Tables.start(List.of(classes.toString()), data, TestStack.REGION)) {
      assertThat(tables.address()).hasPort(1);
      await().until(() -> data.resolve("said").toFile().exists());
      await()
          .untilAsserted(
              () ->
                  assertThat(data.resolve("dynamodb-local.log"))
                      .content()
                      .startsWith("before")
                      .contains("line 9999 of 10,000"));
    }
  }
}
