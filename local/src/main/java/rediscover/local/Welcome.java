package rediscover.local;

import java.util.Map;
import rediscover.local.x.SampleArchive;
import rediscover.local.x.XStub;

/**
 * Prints where the site is and how to use every door.
 *
 * <p>Version 1 of the aws command reads only {@code AWS_DEFAULT_REGION}, which version 2 reads too.
 * It sends calls of SQS to AWS unless the command line names the endpoint.
 */
record Welcome(Console console, EmbeddedRun.Started started) {

  void print() {
    Map<String, String> outputs = started.outputs();
    String message = "{\"user\":\"you\",\"likes\":[{\"tweetId\":\"20\"}]}";
    console.print(
        """

        Ready in %.1f s. Ctrl-C stops everything.

          The site          %s/?u=%s%s
          A live like       %s/?u=%s  (the X stub at %s also knows %s, %s and %s)

        With the aws command, in another terminal:

          export AWS_ENDPOINT_URL=%s AWS_DEFAULT_REGION=%s AWS_ACCESS_KEY_ID=developer AWS_SECRET_ACCESS_KEY=developer
          aws sns publish --topic-arn %s --message '%s'
          aws sqs send-message --endpoint-url %s --queue-url %s --message-body '%s'
          aws s3 cp like.js s3://%s/you/like.js
          aws dynamodb query --table-name %s --key-condition-expression '#u = :u' \\
            --expression-attribute-names '{"#u":"user"}' --expression-attribute-values '{":u":{"S":"you"}}'
        """,
        console.elapsed(),
        started.address(),
        SampleArchive.USER,
        started.key().map(key -> "#key=" + key).orElse(""),
        started.address(),
        XStub.LIVE,
        started.application().parameters().get("XApiUrl"),
        XStub.EMPTY,
        XStub.LIMITED,
        XStub.BROKEN,
        started.address(),
        Stacks.REGION,
        outputs.get("TopicArn"),
        message,
        started.address(),
        outputs.get("QueueUrl"),
        message,
        outputs.get("BucketName"),
        outputs.get("TableName"));
    if (outputs.containsKey("OtherTopicArn")) {
      console.print(
          """
            And of the other account:

            aws sns publish --topic-arn %s --message '%s'
            aws sqs send-message --endpoint-url %s --queue-url %s --message-body '%s'
          """,
          outputs.get("OtherTopicArn"),
          message,
          started.address(),
          outputs.get("OtherQueueUrl"),
          message);
    }
  }
}
