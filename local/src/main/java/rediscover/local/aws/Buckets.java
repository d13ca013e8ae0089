package rediscover.local.aws;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.shaded.org.eclipse.jetty.server.Handler;
import org.gaul.shaded.org.eclipse.jetty.server.Request;
import org.gaul.shaded.org.eclipse.jetty.server.Response;
import org.gaul.shaded.org.eclipse.jetty.server.Server;
import org.gaul.shaded.org.eclipse.jetty.util.Callback;
import rediscover.local.application.BucketSpec;
import rediscover.local.http.RunKey;
import rediscover.local.lambda.AsyncInvocations;

/** S3: S3Proxy in this process, over a folder. */
public final class Buckets extends Forwarder implements AutoCloseable {

  private final S3Proxy server;
  private final BlobStore store;

  private Buckets(S3Proxy server, BlobStore store) {
    super(URI.create("http://127.0.0.1:" + server.getPort()));
    this.server = server;
    this.store = store;
  }

  /**
   * @param data the folder that holds a folder for each bucket
   */
  public static Buckets start(
      Path data, String region, List<BucketSpec> buckets, AsyncInvocations invocations)
      throws IOException {
    Files.createDirectories(data);
    BlobStore store = new FilesystemNio2BlobStore(data.toString());
    for (BucketSpec bucket : buckets) {
      if (!store.containerExists(bucket.name())) {
        store.createContainer(bucket.name());
      }
    }
    S3Proxy server =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.NONE, null, null)
            // Such as the session token that every function sends along.
            .ignoreUnknownHeaders(true)
            .blobStore(new NotifyingStore(store, region, buckets, invocations))
            .build();
    lock(server);
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("S3Proxy did not start", e);
    }
    return new Buckets(server, store);
  }

  /** Refuses requests without the run's key. S3Proxy offers no way to add a Jetty handler. */
  private static void lock(S3Proxy proxy) {
    try {
      Field field = S3Proxy.class.getDeclaredField("server");
      field.setAccessible(true);
      var server = (Server) field.get(proxy);
      server.setHandler(
          new Handler.Wrapper(server.getHandler()) {
            @Override
            public boolean handle(Request request, Response response, Callback callback)
                throws Exception {
              if (RunKey.is(request.getHeaders().get(RunKey.HEADER))) {
                return super.handle(request, response, callback);
              }
              response.setStatus(403);
              callback.succeeded();
              return true;
            }
          });
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this S3Proxy cannot be locked", e);
    }
  }

  @Override
  public boolean lacks(String arn) {
    String[] bucketAndKey = arn.substring(arn.lastIndexOf(":::") + 3).split("/", 2);
    return bucketAndKey.length == 2
        && store.containerExists(bucketAndKey[0])
        && !store.blobExists(bucketAndKey[0], bucketAndKey[1]);
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException("S3Proxy did not stop", e);
    }
  }
}
