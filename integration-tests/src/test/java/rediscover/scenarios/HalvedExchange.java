package rediscover.scenarios;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import rediscover.local.http.Exchange;

/** Lets the first half of an answer through, and then closes the connection. */
final class HalvedExchange extends Exchange {

  HalvedExchange(Exchange exchange) {
    super(exchange);
  }

  @Override
  public OutputStream open(int status) {
    return new FilterOutputStream(super.open(status)) {

      private long left = -1;

      @Override
      public void write(int content) throws IOException {
        write(new byte[] {(byte) content}, 0, 1);
      }

      @Override
      public void write(byte[] content, int offset, int length) throws IOException {
        if (left < 0) {
          String whole = answerHeaders().get("Content-Length");
          left = whole == null ? length / 2 : Long.parseLong(whole) / 2;
        }
        int passing = (int) Math.min(left, length);
        out.write(content, offset, passing);
        left -= passing;
        if (passing < length) {
          hangUp();
          throw new IOException("as planned, only half of the answer was sent");
        }
      }
    };
  }
}
