package rediscover.archiveimporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class CompleteInputStreamTest {
  @Test
  void aStreamOfTheRightLengthIsReadAsItIs() throws IOException {
    assertThat(stream(10, 10).readAllBytes()).hasSize(10);
  }

  @Test
  void aStreamThatEndsEarlyIsAnError() {
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> stream(9, 10).readAllBytes())
        .withMessage("The object ended after 9 of 10 bytes");
  }

  @Test
  void singleBytesCountAsWell() throws IOException {
    InputStream complete = stream(2, 2);
    assertThat(complete.read()).isZero();
    assertThat(complete.read()).isZero();
    assertThat(complete.read()).isEqualTo(-1);

    InputStream cutOff = stream(1, 2);
    assertThat(cutOff.read()).isZero();
    assertThatExceptionOfType(EOFException.class).isThrownBy(cutOff::read);
  }

  private static InputStream stream(int bytes, long length) {
    return new CompleteInputStream(new ByteArrayInputStream(new byte[bytes]), length);
  }
}
