package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rediscover.likes.Like;
import rediscover.likes.Position;
import rediscover.likes.UserName;
import rediscover.likes.table.LikesTable;
import rediscover.support.aws.Deadline;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * A random like and a step of the ring cost as much at many likes as at a hundred, by DynamoDB
 * Local's own account.
 *
 * <p>{@code -Dflat.likes=1000000} asks for a million, which takes a while to put in. The times are
 * printed only: a busy machine makes them anything.
 */
class FlatCostIT {

  private static final String TABLE = "likes";
  private static final UserName FEW = new UserName("few");
  private static final UserName MANY = new UserName("many");
  private static final int FEW_LIKES = 100;
  private static final int MANY_LIKES = Integer.getInteger("flat.likes");
  private static final int WARM_UP = 20;
  private static final int PAIRS = 200;
  private static final double SAME = 1.2;

  /** What the queries of one operation cost. */
  private static final class Bill implements ExecutionInterceptor {
    private double readUnits;

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
      return context.request() instanceof QueryRequest query
          ? query.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL).build()
          : context.request();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      if (context.response() instanceof QueryResponse answer) {
        readUnits += answer.consumedCapacity().capacityUnits();
      }
    }
  }

  /** One kind of read, done for a user again and again. */
  private static final class Reads {
    private final List<Double> millis = new ArrayList<>();
    private double readUnits;

    void add(Runnable read, Bill bill) {
      bill.readUnits = 0;
      long start = System.nanoTime();
      read.run();
      millis.add((System.nanoTime() - start) / 1e6);
      readUnits += bill.readUnits;
    }

    double readUnits() {
      return readUnits / millis.size();
    }

    double median() {
      return millis.stream().sorted().toList().get(millis.size() / 2);
    }
  }

  @TempDir private static Path folder;

  private static Process process;
  private static DynamoDbClient dynamoDb;
  private static Bill bill;
  private static LikesTable table;

  @BeforeAll
  static void start() throws Exception {
    Path module = Path.of(System.getProperty("home"), "local", "dynamodb", "target");
    Path log = folder.resolve("log");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                module.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(module.resolve("class-path")).strip(),
                "rediscover.local.dynamodb.DynamoDbLocal")
            .redirectError(log.toFile())
            .start();
    bill = new Bill();
    dynamoDb = client(URI.create("http://127.0.0.1:" + port()));
    createTable();
    putLikes(FEW, FEW_LIKES);
    long start = System.nanoTime();
    putLikes(MANY, MANY_LIKES);
    System.out.printf("flat: %,d likes put in %d s%n", MANY_LIKES, seconds(start));
    table = new LikesTable(dynamoDb, TABLE);
  }

  @AfterAll
  static void stop() throws Exception {
    dynamoDb.close();
    process.outputWriter().close();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  @Test
  void aRandomLikeCostsTheSame() {
    Reads few = new Reads();
    Reads many = new Reads();
    inPairs(() -> table.random(FEW, later()), few, () -> table.random(MANY, later()), many);

    report("a random like", few, many);
    assertThat(many.readUnits()).isLessThanOrEqualTo(few.readUnits() * SAME);
  }

  @Test
  void aStepOfTheRingCostsTheSame() {
    Random random = new Random(1);
    Reads few = new Reads();
    Reads many = new Reads();
    inPairs(
        () -> table.after(FEW, Position.random(random), later()),
        few,
        () -> table.after(MANY, Position.random(random), later()),
        many);

    report("a step of the ring", few, many);
    assertThat(many.readUnits()).isLessThanOrEqualTo(few.readUnits() * SAME);
  }

  private static Deadline later() {
    return Deadline.in(Duration.ofMinutes(1));
  }

  /** One after the other, so that whatever else the machine does falls on both. */
  private static void inPairs(Runnable readFew, Reads few, Runnable readMany, Reads many) {
    for (int i = 0; i < WARM_UP; i++) {
      readFew.run();
      readMany.run();
    }
    for (int i = 0; i < PAIRS; i++) {
      few.add(readFew, bill);
      many.add(readMany, bill);
    }
  }

  private static void report(String what, Reads few, Reads many) {
    System.out.printf(
        "flat: %s, %,d against %,d likes: %.2f against %.2f ms (ratio %.2f), %.3f against %.3f"
            + " read units (ratio %.2f)%n",
        what,
        MANY_LIKES,
        FEW_LIKES,
        many.median(),
        few.median(),
        many.median() / few.median(),
        many.readUnits(),
        few.readUnits(),
        many.readUnits() / few.readUnits());
  }

  private static long seconds(long start) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
  }

  private static String port() throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("port ")) {
        return line.substring("port ".length());
      }
    }
    throw new IOException(
        "DynamoDB Local did not start: " + Files.readString(folder.resolve("log")));
  }

  private static DynamoDbClient client(URI address) {
    return DynamoDbClient.builder()
        .endpointOverride(address)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("developer", "developer")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(bill))
        .build();
  }

  /** As template.yaml has it. */
  private static void createTable() {
    dynamoDb.createTable(
        request ->
            request
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("user", KeyType.HASH), key("position", KeyType.RANGE))
                .attributeDefinitions(text("user"), text("position")));
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static void putLikes(UserName user, int likes) throws Exception {
    int batch = 25;
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> writes = new ArrayList<>();
      for (int first = 0; first < likes; first += batch) {
        List<WriteRequest> puts =
            LongStream.range(first, Math.min(first + batch, likes))
                .mapToObj(number -> put(user, number))
                .toList();
        writes.add(
            threads.submit(
                () ->
                    dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(TABLE, puts)))));
      }
      for (Future<?> write : writes) {
        requireDone(write);
      }
    }
  }

  private static void requireDone(Future<?> write) throws InterruptedException {
    try {
      write.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  /** Every item is of the same size. */
  private static WriteRequest put(UserName user, long number) {
    String tweetId = Long.toString(1_000_000_000_000_000_000L + number);
    Map<String, AttributeValue> item =
        Map.of(
            "user", AttributeValue.fromS(user.value()),
            "position", AttributeValue.fromS(Position.of(Like.of(tweetId)).value()),
            "tweetId", AttributeValue.fromS(tweetId),
            "text", AttributeValue.fromS("a".repeat(140)),
            "url", AttributeValue.fromS("https://twitter.com/i/web/status/" + tweetId),
            "storedAt", AttributeValue.fromS("2026-01-02T12:45:07Z"));
    return WriteRequest.builder().putRequest(PutRequest.builder().item(item).build()).build();
  }
}
