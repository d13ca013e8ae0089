package rediscover.queuewriter;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.MessageAttribute;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import rediscover.support.event.EventReader;
import rediscover.support.event.EventSerializer;

/** Reads SQS's event and writes the partial batch response. */
public final class QueueWriterSerializer extends EventSerializer<SQSEvent, SQSBatchResponse> {
  public QueueWriterSerializer() {
    super(SQSEvent.class);
  }

  @Override
  protected SQSEvent read(EventReader json) throws IOException {
    SQSEvent event = new SQSEvent();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "Records" -> event.setRecords(json.objects(QueueWriterSerializer::message));
        default -> json.skip();
      }
    }
    return event;
  }

  private static SQSMessage message(EventReader json) throws IOException {
    SQSMessage message = new SQSMessage();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "messageId" -> message.setMessageId(json.text());
        case "receiptHandle" -> message.setReceiptHandle(json.text());
        case "body" -> message.setBody(json.text());
        case "md5OfBody" -> message.setMd5OfBody(json.text());
        case "md5OfMessageAttributes" -> message.setMd5OfMessageAttributes(json.text());
        case "eventSource" -> message.setEventSource(json.text());
        case "eventSourceARN" -> message.setEventSourceArn(json.text());
        case "awsRegion" -> message.setAwsRegion(json.text());
        case "attributes" -> message.setAttributes(json.texts());
        case "messageAttributes" ->
            message.setMessageAttributes(
                json.map(value -> value.object(QueueWriterSerializer::attribute)));
        default -> json.skip();
      }
    }
    return message;
  }

  private static MessageAttribute attribute(EventReader json) throws IOException {
    MessageAttribute attribute = new MessageAttribute();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "dataType" -> attribute.setDataType(json.text());
        case "stringValue" -> attribute.setStringValue(json.text());
        case "binaryValue" -> attribute.setBinaryValue(bytes(json));
        case "stringListValues" -> attribute.setStringListValues(json.list(EventReader::text));
        case "binaryListValues" ->
            attribute.setBinaryListValues(json.list(QueueWriterSerializer::bytes));
        default -> json.skip();
      }
    }
    return attribute;
  }

  private static ByteBuffer bytes(EventReader json) throws IOException {
    String base64 = json.text();
    return base64 == null ? null : ByteBuffer.wrap(Base64.getDecoder().decode(base64));
  }

  @Override
  protected void write(SQSBatchResponse response, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("batchItemFailures");
    for (BatchItemFailure failure : response.getBatchItemFailures()) {
      json.writeStartObject();
      json.writeStringField("itemIdentifier", failure.getItemIdentifier());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
