package rediscover.local.http;

import java.io.IOException;

/** A request's body is not as its headers say, or ends too early. It is answered with 400. */
public final class MalformedRequestException extends IOException {

  private static final long serialVersionUID = 1;

  MalformedRequestException(IOException cause) {
    super(cause);
  }
}
