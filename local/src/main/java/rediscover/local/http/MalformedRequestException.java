package rediscover.local.http;

import java.io.IOException;

/** A request's body contradicts its headers or ends too early. The response is 400. */
public final class MalformedRequestException extends IOException {

  private static final long serialVersionUID = 1;

  MalformedRequestException(IOException cause) {
    super(cause);
  }
}
