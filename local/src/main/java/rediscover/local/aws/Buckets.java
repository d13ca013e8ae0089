package rediscover.local.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import rediscover.local.application.BucketSpec;
import rediscover.local.lambda.AsyncInvocations;

/** S3, played by S3Proxy over a folder. */
public final class Buckets implements AwsService, AutoCloseable {

  private final S3Proxy server;
  private final BlobStore store;
  private final Forwarder forwarder;

  private Buckets(S3Proxy server, BlobStore store) {
    this.server = server;
    this.store = store;
    this.forwarder = new Forwarder(URI.create("http://127.0.0.1:" + server.getPort()));
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
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("S3Proxy did not start", e);
    }
    return new Buckets(server, store);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    forwarder.handle(exchange);
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
