package rediscover.local.http;

import java.io.FilterInputStream;
import java.io.IOException;
import org.eclipse.jetty.io.Content;

/** A request's body. Failures to read it are the client's. */
final class RequestBody extends FilterInputStream {

  RequestBody(Content.Source source) {
    super(Content.Source.asInputStream(source));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return in.read(bytes, offset, length);
    } catch (IOException e) {
      throw new MalformedRequestException(e);
    }
  }
}
