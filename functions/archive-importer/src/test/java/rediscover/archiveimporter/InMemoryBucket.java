package rediscover.archiveimporter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** S3 as far as the importer asks it: GetObject, each object once. It refuses all else. */
final class InMemoryBucket implements S3Client {
  static final String NAME = "rediscover-archives-0123456789ab";

  private final Map<String, ResponseInputStream<GetObjectResponse>> objects = new HashMap<>();

  void put(String key, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    put(key, new ByteArrayInputStream(bytes), bytes.length);
  }

  /** An object that says it has this length, whatever the stream then holds. */
  void put(String key, InputStream content, long length) {
    GetObjectResponse response = GetObjectResponse.builder().contentLength(length).build();
    objects.put(key, new ResponseInputStream<>(response, content));
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
    if (!request.bucket().equals(NAME)) {
      throw NoSuchBucketException.builder().message("No bucket of this name").build();
    }
    if (!objects.containsKey(request.key())) {
      throw NoSuchKeyException.builder().message("No object of this key").build();
    }
    return objects.get(request.key());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Holds nothing open.
  }
}
