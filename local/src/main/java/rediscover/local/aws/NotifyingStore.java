package rediscover.local.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import rediscover.local.application.BucketSpec;
import rediscover.local.iam.Source;
import rediscover.local.lambda.AsyncInvocations;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Notifies functions of new objects, which S3Proxy does not do. */
final class NotifyingStore extends ForwardingBlobStore {

  /** The prefix of objects in which S3Proxy itself keeps multipart uploads. */
  private static final String INTERNAL = ".s3proxy-";

  private final String region;
  private final List<BucketSpec> buckets;
  private final AsyncInvocations invocations;

  NotifyingStore(
      BlobStore store, String region, List<BucketSpec> buckets, AsyncInvocations invocations) {
    super(store);
    this.region = region;
    this.buckets = buckets;
    this.invocations = invocations;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
    PutObjectResponse response = super.putBlob(request, content);
    created("ObjectCreated:Put", request.bucket(), request.key());
    return response;
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    CopyObjectResponse response = super.copyBlob(request);
    created("ObjectCreated:Copy", request.destinationBucket(), request.destinationKey());
    return response;
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    CompleteMultipartUploadResponse response = super.completeMultipartUpload(upload, request);
    created("ObjectCreated:CompleteMultipartUpload", request.bucket(), request.key());
    return response;
  }

  private void created(String eventName, String bucketName, String key) {
    if (key.startsWith(INTERNAL)) {
      return;
    }
    for (BucketSpec bucket : buckets) {
      for (BucketSpec.Notification notification : bucket.notifications()) {
        if (bucket.name().equals(bucketName) && notification.wants(eventName, key)) {
          invoke(bucket, notification.function(), event(eventName, bucket, key));
        }
      }
    }
  }

  /** Called before S3 answers: if the event cannot be kept, the upload fails. */
  private void invoke(BucketSpec bucket, String function, byte[] event) {
    try {
      invocations.invoke(new Source("s3.amazonaws.com", bucket.arn()), function, event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * S3's event notification.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">its
   *     structure</a>
   */
  private byte[] event(String eventName, BucketSpec bucket, String key) {
    HeadObjectResponse object = blobMetadata(bucket.name(), key);
    return """
        {"Records": [{
          "eventVersion": "2.1",
          "eventSource": "aws:s3",
          "awsRegion": "%s",
          "eventTime": "%s",
          "eventName": "%s",
          "userIdentity": {"principalId": "local"},
          "requestParameters": {"sourceIPAddress": "127.0.0.1"},
          "responseElements": {},
          "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "local",
            "bucket": {"name": "%s", "ownerIdentity": {"principalId": "local"}, "arn": "%s"},
            "object": {"key": "%s", "size": %d, "eTag": "%s", "sequencer": "%s"}
          }
        }]}
        """
        .formatted(
            region,
            Times.millis(Instant.now()),
            eventName,
            bucket.name(),
            bucket.arn(),
            // Nothing in it needs another escape in JSON.
            URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"),
            object.contentLength(),
            object.eTag().replace("\"", ""),
            Long.toHexString(System.nanoTime()))
        .getBytes(StandardCharsets.UTF_8);
  }
}
