package rediscover.local.aws;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.scaladsl.ConnectionContext;
import org.apache.pekko.http.scaladsl.Http;
import org.apache.pekko.http.scaladsl.Http$;
import org.apache.pekko.http.scaladsl.HttpExt;
import org.apache.pekko.http.scaladsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.scaladsl.Flow;
import rediscover.local.http.RunKey;
import scala.concurrent.Future;

/**
 * Pekko's HTTP extension, whose servers answer only requests with the run's key. ElasticMQ starts
 * its own server and accepts no filter, so this replaces Pekko's extension.
 */
final class LockedHttp extends HttpExt {

  private LockedHttp(ExtendedActorSystem system) {
    super(system.settings().config().getConfig("pekko.http"), system);
  }

  /** Takes the place before anything of the system asks for Pekko's own. */
  @SuppressWarnings("unchecked")
  static void installIn(ActorSystem system) {
    try {
      Field field = system.getClass().getDeclaredField("extensions");
      field.setAccessible(true);
      ((Map<Object, Object>) field.get(system))
          .put(Http$.MODULE$, new LockedHttp((ExtendedActorSystem) system));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Pekko cannot be locked", e);
    }
  }

  /** What every server of Pekko's is bound by. */
  @Override
  public Future<Http.ServerBinding> bindAndHandleImpl(
      Flow<HttpRequest, HttpResponse, Object> handler,
      String address,
      int port,
      ConnectionContext context,
      ServerSettings settings,
      LoggingAdapter log,
      Materializer materializer) {
    Flow<HttpRequest, HttpResponse, ?> locked =
        org.apache.pekko.stream.javadsl.Flow.of(HttpRequest.class)
            .mapAsync(1, request -> answer(request, handler, materializer))
            .asScala();
    @SuppressWarnings("unchecked")
    var any = (Flow<HttpRequest, HttpResponse, Object>) locked;
    return super.bindAndHandleImpl(any, address, port, context, settings, log, materializer);
  }

  private static CompletionStage<HttpResponse> answer(
      HttpRequest request,
      Flow<HttpRequest, HttpResponse, Object> handler,
      Materializer materializer) {
    String key = request.getHeader(RunKey.HEADER).map(header -> header.value()).orElse(null);
    if (RunKey.is(key)) {
      return Source.single(request).via(handler).runWith(Sink.head(), materializer);
    }
    request.discardEntityBytes(materializer);
    return CompletableFuture.completedFuture(
        (HttpResponse) org.apache.pekko.http.javadsl.model.HttpResponse.create().withStatus(403));
  }
}
