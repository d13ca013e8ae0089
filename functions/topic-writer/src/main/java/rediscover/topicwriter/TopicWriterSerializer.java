package rediscover.topicwriter;

import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.MessageAttribute;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNS;
import com.amazonaws.services.lambda.runtime.events.SNSEvent.SNSRecord;
import java.io.IOException;
import rediscover.support.event.EventReader;
import rediscover.support.event.EventSerializer;

/**
 * Reads SNS's event without the time of a notification. The event's type has Joda-Time for it,
 * whose initialization would add a tenth of a second to every cold start.
 */
public final class TopicWriterSerializer extends EventSerializer<SNSEvent, Void> {
  public TopicWriterSerializer() {
    super(SNSEvent.class);
  }

  @Override
  protected SNSEvent read(EventReader json) throws IOException {
    SNSEvent event = new SNSEvent();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "Records" -> event.setRecords(json.objects(TopicWriterSerializer::record));
        default -> json.skip();
      }
    }
    return event;
  }

  private static SNSRecord record(EventReader json) throws IOException {
    SNSRecord record = new SNSRecord();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "EventSource" -> record.setEventSource(json.text());
        case "EventVersion" -> record.setEventVersion(json.text());
        case "EventSubscriptionArn" -> record.setEventSubscriptionArn(json.text());
        case "Sns" -> record.setSns(json.object(TopicWriterSerializer::notification));
        default -> json.skip();
      }
    }
    return record;
  }

  private static SNS notification(EventReader json) throws IOException {
    SNS notification = new SNS();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "Type" -> notification.setType(json.text());
        case "MessageId" -> notification.setMessageId(json.text());
        case "TopicArn" -> notification.setTopicArn(json.text());
        case "Subject" -> notification.setSubject(json.text());
        case "Message" -> notification.setMessage(json.text());
        case "SignatureVersion" -> notification.setSignatureVersion(json.text());
        case "Signature" -> notification.setSignature(json.text());
        case "SigningCertUrl" -> notification.setSigningCertUrl(json.text());
        case "UnsubscribeUrl" -> notification.setUnsubscribeUrl(json.text());
        case "MessageAttributes" ->
            notification.setMessageAttributes(
                json.map(value -> value.object(TopicWriterSerializer::attribute)));
        default -> json.skip();
      }
    }
    return notification;
  }

  private static MessageAttribute attribute(EventReader json) throws IOException {
    MessageAttribute attribute = new MessageAttribute();
    for (String field = json.nextField(); field != null; field = json.nextField()) {
      switch (field) {
        case "Type" -> attribute.setType(json.text());
        case "Value" -> attribute.setValue(json.text());
        default -> json.skip();
      }
    }
    return attribute;
  }
}
