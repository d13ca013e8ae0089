package rediscover.local.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

/** What S3Proxy lacks: tells functions of the objects that were created. */
final class NotifyingStore extends ForwardingBlobStore {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** S3Proxy's own objects, by which it remembers multipart uploads. */
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

  /** Before S3 answers: an object whose event could not be kept was not accepted. */
  private void invoke(BucketSpec bucket, String function, byte[] event) {
    try {
      invocations.invoke(new Source("s3.amazonaws.com", bucket.arn()), function, event);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The event in which S3 tells of an object.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">its
   *     structure</a>
   */
  private byte[] event(String eventName, BucketSpec bucket, String key) {
    HeadObjectResponse object = blobMetadata(bucket.name(), key);
    Map<String, Object> s3 =
        Map.of(
            "s3SchemaVersion",
            "1.0",
            "configurationId",
            "local",
            "bucket",
            Map.of(
                "name",
                bucket.name(),
                "ownerIdentity",
                Map.of("principalId", "local"),
                "arn",
                bucket.arn()),
            "object",
            Map.of(
                "key",
                URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"),
                "size",
                object.contentLength(),
                "eTag",
                object.eTag().replace("\"", ""),
                "sequencer",
                Long.toHexString(System.nanoTime())));
    Map<String, Object> happening =
        Map.of(
            "eventVersion",
            "2.1",
            "eventSource",
            "aws:s3",
            "awsRegion",
            region,
            "eventTime",
            Times.millis(Instant.now()),
            "eventName",
            eventName,
            "userIdentity",
            Map.of("principalId", "local"),
            "requestParameters",
            Map.of("sourceIPAddress", "127.0.0.1"),
            "responseElements",
            Map.of(),
            "s3",
            s3);
    try {
      return JSON.writeValueAsBytes(Map.of("Records", List.of(happening)));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
