package rediscover.bench;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import rediscover.likes.Like;
import rediscover.likes.UserName;
import rediscover.likes.message.LikesMessage;
import rediscover.queuewriter.QueueWriterSerializer;
import rediscover.randomlike.RandomLikeSerializer;

/** Reading messages and events, the latter beside the runtime's own databind. */
@State(Scope.Benchmark)
public class ParsingBenchmark {
  private final RandomLikeSerializer http = new RandomLikeSerializer();
  private final QueueWriterSerializer sqs = new QueueWriterSerializer();
  private final PojoSerializer<APIGatewayV2HTTPEvent> httpOfTheRuntime =
      LambdaEventSerializers.serializerFor(
          APIGatewayV2HTTPEvent.class, getClass().getClassLoader());
  private final PojoSerializer<SQSEvent> sqsOfTheRuntime =
      LambdaEventSerializers.serializerFor(SQSEvent.class, getClass().getClassLoader());

  private String message;
  private byte[] httpEvent;
  private byte[] sqsEvent;

  @Setup
  public void read() throws IOException {
    message =
        new LikesMessage(
                UserName.of("sample"),
                IntStream.range(0, 100).mapToObj(id -> Like.of(Integer.toString(id))).toList())
            .toJson();
    httpEvent = Files.readAllBytes(Path.of("events/http-random-like.json"));
    sqsEvent = Files.readAllBytes(Path.of("events/sqs-likes.json"));
  }

  @Benchmark
  public LikesMessage messageOf100Likes() {
    return LikesMessage.parse(message);
  }

  @Benchmark
  public APIGatewayV2HTTPEvent httpEvent() {
    return http.fromJson(new ByteArrayInputStream(httpEvent), APIGatewayV2HTTPEvent.class);
  }

  @Benchmark
  public APIGatewayV2HTTPEvent httpEventByTheRuntime() {
    return httpOfTheRuntime.fromJson(new ByteArrayInputStream(httpEvent));
  }

  @Benchmark
  public SQSEvent sqsEvent() {
    return sqs.fromJson(new ByteArrayInputStream(sqsEvent), SQSEvent.class);
  }

  @Benchmark
  public SQSEvent sqsEventByTheRuntime() {
    return sqsOfTheRuntime.fromJson(new ByteArrayInputStream(sqsEvent));
  }
}
