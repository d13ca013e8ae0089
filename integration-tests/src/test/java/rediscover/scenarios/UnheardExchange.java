package rediscover.scenarios;

import java.io.OutputStream;
import org.eclipse.jetty.http.HttpFields;
import rediscover.local.http.Exchange;

/** A request that is real, and an answer that nobody hears. */
final class UnheardExchange extends Exchange {

  private final HttpFields.Mutable answer = HttpFields.build();

  UnheardExchange(Exchange exchange) {
    super(exchange);
  }

  @Override
  public HttpFields.Mutable answerHeaders() {
    return answer;
  }

  @Override
  public OutputStream open(int status) {
    return OutputStream.nullOutputStream();
  }
}
