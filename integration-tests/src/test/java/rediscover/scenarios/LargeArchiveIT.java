package rediscover.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rediscover.local.Settings;
import rediscover.local.application.Application;
import rediscover.local.application.ApplicationReader;
import rediscover.local.application.FunctionSpec;
import rediscover.local.iam.AccessControl;
import rediscover.local.lambda.FunctionLog;
import rediscover.local.lambda.LambdaFunction;
import rediscover.local.lambda.LambdaRuntime;
import rediscover.local.lambda.Outcome;
import rediscover.permissions.Permissions;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

/**
 * The importer as it is deployed, its package under AWS's runtime in a process of its own. S3 and
 * SQS are played by one server that makes the archive while it sends it and counts the messages.
 *
 * <p>A million likes in the memory that the template gives: {@code -Darchive.likes=1000000
 * -Darchive.memory=512 -Darchive.text=100}. It prints how long it took and the most memory.
 */
class LargeArchiveIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REGION = "us-east-1";
  private static final String ACCOUNT = "000000000000";
  private static final Path HOME = Path.of(System.getProperty("home"));

  private static final int LIKES = Integer.getInteger("archive.likes");
  private static final int MEMORY_MEGABYTES = Integer.getInteger("archive.memory");
  private static final String TEXT = "a".repeat(Integer.getInteger("archive.text"));

  private static final String START = "window.YTD.like.part0 = [";
  private static final String END = "]";
  private static final long FIRST_ID = 1_000_000_000_000_000_000L;

  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong likes = new AtomicLong();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private HttpServer services;

  @BeforeEach
  void start() throws IOException {
    services = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    services.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    services.createContext("/", this::answer);
    services.start();
  }

  @AfterEach
  void stop() {
    services.stop(0);
  }

  @Test
  void anArchiveLargerThanTheHeapIsImported() throws Exception {
    try (LambdaFunction importer = importer()) {
      long start = System.nanoTime();
      Outcome outcome = importer.invoke(uploaded());
      Duration took = Duration.ofNanos(System.nanoTime() - start);

      assertThat(outcome).as("%s", log).isInstanceOf(Outcome.Answered.class);
      assertThat(likes).hasValue(LIKES);
      assertThat(messages).hasValue((LIKES + 99) / 100);
      System.out.printf(
          "archive: %,d likes, %,d MB, in %,d messages in %.1f s; %s with %d MB of memory%n",
          LIKES,
          size() >> 20,
          messages.get(),
          took.toMillis() / 1000.0,
          peakMemory(importer.pids().getFirst()),
          MEMORY_MEGABYTES);
    }
  }

  /** The most that the process ever had in memory, all its parts counted. Only Linux tells it. */
  private static String peakMemory(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    if (!Files.exists(status)) {
      return "peak unknown";
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElseThrow()
        .replaceAll("\\s+", " ");
  }

  private LambdaFunction importer() throws IOException {
    URI endpoint = URI.create("http://127.0.0.1:" + services.getAddress().getPort());
    var deployment = new Deployment("large", REGION, ACCOUNT, endpoint);
    Template template = Template.read(HOME.resolve("template.yaml"), deployment, Map.of());
    Application application = ApplicationReader.read(HOME, template, deployment);
    FunctionSpec spec =
        application.functions().stream()
            .filter(function -> function.logicalId().equals("ArchiveImporterFunction"))
            .findFirst()
            .orElseThrow();
    var runtime =
        new LambdaRuntime(
            Settings.classPath(HOME, "runtime"), REGION, endpoint, (function, process) -> {});
    var access = new AccessControl(Permissions.of(template), "arn:aws:iam::1:root");
    var lines = new FunctionLog(access, REGION, ACCOUNT, (who, line) -> log.add(line));
    return new LambdaFunction(with(spec, MEMORY_MEGABYTES), runtime, access, lines);
  }

  private static FunctionSpec with(FunctionSpec function, int memoryMegabytes) {
    FunctionSpec.Code code = function.code();
    return function.with(
        new FunctionSpec.Code(
            code.directory(), code.handler(), memoryMegabytes, code.timeout(), code.environment()));
  }

  private static byte[] uploaded() throws IOException {
    return Files.readAllBytes(HOME.resolve("events/s3-archive.json"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(200, size());
        sendArchive(new BufferedOutputStream(exchange.getResponseBody(), 1 << 16));
      } else {
        byte[] answer = take(JSON.readTree(exchange.getRequestBody()).path("MessageBody").asText());
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
      }
    }
  }

  private byte[] take(String message) throws IOException {
    JsonNode body = JSON.readTree(message);
    likes.addAndGet(body.path("likes").size());
    messages.incrementAndGet();
    return JSON.writeValueAsBytes(Map.of("MessageId", "any", "MD5OfMessageBody", md5(message)));
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static long size() {
    return START.length() + END.length() + (long) LIKES * entry(0).length() - 1;
  }

  private static void sendArchive(OutputStream file) throws IOException {
    file.write(START.getBytes(UTF_8));
    for (int i = 0; i < LIKES; i++) {
      String entry = entry(i);
      file.write((i == 0 ? entry.substring(1) : entry).getBytes(UTF_8));
    }
    file.write(END.getBytes(UTF_8));
    file.flush();
  }

  /** One like with the comma before it; all are of the same length. */
  private static String entry(int number) {
    return """
      ,
        {
          "like" : {
            "tweetId" : "ID",
            "fullText" : "TEXT &amp; more https://t.co/IaCJlkaweW",
            "expandedUrl" : "https://twitter.com/i/web/status/ID"
          }
        }"""
        .stripIndent()
        .replace("ID", Long.toString(FIRST_ID + number))
        .replace("TEXT", TEXT);
  }
}
