package rediscover.archiveimporter;

import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.RequestParametersEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.ResponseElementsEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3BucketEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3Entity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.UserIdentityEntity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import rediscover.support.event.EventReader;
import rediscover.support.event.EventSerializer;

/**
 * Reads S3's event without its time. The event's type has Joda-Time for it, whose initialization
 * would add a tenth of a second to every cold start.
 */
public final class ArchiveImporterSerializer extends EventSerializer<S3Event, Void> {
  private static final String NO_TIME = null;

  /** The runtime's value for a missing text. */
  private static final String MISSING = "";

  public ArchiveImporterSerializer() {
    super(S3Event.class);
  }

  @Override
  protected S3Event read(EventReader json) throws IOException {
    List<S3EventNotificationRecord> records = null;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "Records" -> records = json.objects(ArchiveImporterSerializer::record);
        default -> json.skip();
      }
    }
    return new S3Event(records);
  }

  private static S3EventNotificationRecord record(EventReader json) throws IOException {
    String awsRegion = MISSING;
    String eventName = MISSING;
    String eventSource = MISSING;
    String eventVersion = MISSING;
    RequestParametersEntity requestParameters = null;
    ResponseElementsEntity responseElements = null;
    S3Entity s3 = null;
    UserIdentityEntity userIdentity = null;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "awsRegion" -> awsRegion = json.text();
        case "eventName" -> eventName = json.text();
        case "eventSource" -> eventSource = json.text();
        case "eventVersion" -> eventVersion = json.text();
        case "requestParameters" ->
            requestParameters = json.object(ArchiveImporterSerializer::requestParameters);
        case "responseElements" ->
            responseElements = json.object(ArchiveImporterSerializer::responseElements);
        case "s3" -> s3 = json.object(ArchiveImporterSerializer::s3);
        case "userIdentity" -> userIdentity = json.object(ArchiveImporterSerializer::userIdentity);
        default -> json.skip();
      }
    }
    return new S3EventNotificationRecord(
        awsRegion,
        eventName,
        eventSource,
        NO_TIME,
        eventVersion,
        requestParameters,
        responseElements,
        s3,
        userIdentity);
  }

  private static S3Entity s3(EventReader json) throws IOException {
    String configurationId = MISSING;
    S3BucketEntity bucket = null;
    S3ObjectEntity object = null;
    String schemaVersion = MISSING;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "configurationId" -> configurationId = json.text();
        case "bucket" -> bucket = json.object(ArchiveImporterSerializer::bucket);
        case "object" -> object = json.object(ArchiveImporterSerializer::object);
        case "s3SchemaVersion" -> schemaVersion = json.text();
        default -> json.skip();
      }
    }
    return new S3Entity(configurationId, bucket, object, schemaVersion);
  }

  private static S3BucketEntity bucket(EventReader json) throws IOException {
    String name = MISSING;
    UserIdentityEntity owner = null;
    String arn = MISSING;
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "name" -> name = json.text();
        case "ownerIdentity" -> owner = json.object(ArchiveImporterSerializer::userIdentity);
        case "arn" -> arn = json.text();
        default -> json.skip();
      }
    }
    return new S3BucketEntity(name, owner, arn);
  }

  private static S3ObjectEntity object(EventReader json) throws IOException {
    Map<String, String> texts = json.texts();
    return new S3ObjectEntity(
        texts.getOrDefault("key", MISSING),
        texts.containsKey("size") ? Long.valueOf(texts.get("size")) : null,
        texts.getOrDefault("eTag", MISSING),
        texts.getOrDefault("versionId", MISSING),
        texts.getOrDefault("sequencer", MISSING));
  }

  private static RequestParametersEntity requestParameters(EventReader json) throws IOException {
    return new RequestParametersEntity(json.texts().getOrDefault("sourceIPAddress", MISSING));
  }

  private static ResponseElementsEntity responseElements(EventReader json) throws IOException {
    Map<String, String> texts = json.texts();
    return new ResponseElementsEntity(
        texts.getOrDefault("x-amz-id-2", MISSING), texts.getOrDefault("x-amz-request-id", MISSING));
  }

  private static UserIdentityEntity userIdentity(EventReader json) throws IOException {
    return new UserIdentityEntity(json.texts().getOrDefault("principalId", MISSING));
  }
}
