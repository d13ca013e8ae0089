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
    put(key, new ByteArrayInputStream(content.getBytes(UTF_8)));
  }

  void put(String key, InputStream content) {
    objects.put(key, new ResponseInputStream<>(GetObjectResponse.builder().build(), content));
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
