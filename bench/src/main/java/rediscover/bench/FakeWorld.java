package rediscover.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * Stubs of AWS's services and of X, over TLS at their real host names, so that a package does all
 * that it does on AWS to reach them. The JVM option for a hosts file leads the names to a loopback
 * address.
 */
final class FakeWorld implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String REGION = "us-east-1";

  private static final String LOOPBACK = "127.0.0.1";
  private static final String ADDRESS = "127.0.66.1";
  private static final String CREDENTIALS = "/credentials";
  private static final String PASSWORD = "changeit";

  /** The key of the stubs. A JVM that has this file as its trust store trusts them. */
  private static final String KEYS = "keys.p12";

  /** A query of this table finds a page of likes; of any other, none. */
  static final String STORED = "stored";

  /** Every write into this table takes so long. */
  static final String SLOW = "slow";

  private static final long SLOW_NANOS = 5_000_000;

  /** The parameter with this name holds the key that events/authorizer-key.json brings. */
  static final String KEY = "ACCESS_KEY";

  private static final List<String> HOSTS =
      List.of(
          "dynamodb.us-east-1.amazonaws.com",
          "sqs.us-east-1.amazonaws.com",
          "ssm.us-east-1.amazonaws.com",
          "s3.us-east-1.amazonaws.com",
          "api.x.com",
          "api.twitter.com");

  private static final List<String> LIKES =
      IntStream.range(0, 100)
          .mapToObj(
              i ->
                  """
                  {"user":{"S":"sample"},"position":{"S":"%032x"},"tweetId":{"S":"%d"},\
                  "text":{"S":"a text of the length that most posts have, which is about two lines"},\
                  "url":{"S":"https://twitter.com/i/web/status/%d"}}"""
                      .formatted(i, 1000 + i, 1000 + i))
          .toList();

  /** An archive that makes one message. */
  private static final String ARCHIVE =
      IntStream.range(1, 101)
          .mapToObj(
              id ->
                  """
                  {"like":{"tweetId":"%d","fullText":"a post of the length that most have",\
                  "expandedUrl":"https://twitter.com/i/web/status/%d"}}"""
                      .formatted(id, id))
          .collect(Collectors.joining(",\n", "window.YTD.like.part0 = [", "]"));

  private static final String POST =
      """
      {"id":1590000000000000000,"id_str":"1590000000000000000","text":"a post",\
      "created_at":"Wed Nov 09 10:00:00 +0000 2022",\
      "user":{"id":7,"id_str":"7","screen_name":"someone","name":"Someone"}}""";

  private final Path folder;
  private final HttpServer credentials = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
  private final HttpsServer server;

  private FakeWorld(Path folder, HttpsServer server) throws IOException {
    this.folder = folder;
    this.server = server;
    for (HttpServer each : List.of(credentials, server)) {
      each.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      each.createContext("/", FakeWorld::answer);
      each.start();
    }
  }

  /**
   * @param folder for its keys
   * @param bucket the one bucket
   * @throws IOException if port 443 of a loopback address is not available; says what helps
   */
  static FakeWorld start(Path folder, String bucket)
      throws IOException, InterruptedException, GeneralSecurityException {
    List<String> hosts =
        Stream.concat(HOSTS.stream(), Stream.of(bucket + ".s3.us-east-1.amazonaws.com")).toList();
    makeKeys(folder.resolve(KEYS), hosts);
    Stream<String> names = hosts.stream().map(host -> ADDRESS + " " + host);
    Files.write(
        folder.resolve("hosts"), Stream.concat(names, Stream.of(LOOPBACK + " localhost")).toList());
    HttpsServer server;
    try {
      server = HttpsServer.create(new InetSocketAddress(ADDRESS, 443), 100);
    } catch (IOException e) {
      throw new IOException(
          "port 443 of %s is not available (%s): on Linux, be root, or `sysctl net.ipv4.ip_unprivileged_port_start=443`"
              .formatted(ADDRESS, e.getMessage()),
          e);
    }
    server.setHttpsConfigurator(new HttpsConfigurator(tls(folder.resolve(KEYS))));
    return new FakeWorld(folder, server);
  }

  /** Where a restored environment gets its keys: as on Lambda, without TLS. */
  String credentials() {
    return "http://" + LOOPBACK + ":" + credentials.getAddress().getPort() + CREDENTIALS;
  }

  /** With these a JVM finds this world instead of the real one. */
  List<String> jvmOptions() {
    return List.of(
        "-Djdk.net.hosts.file=" + folder.resolve("hosts"),
        "-Djavax.net.ssl.trustStore=" + folder.resolve(KEYS),
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String path = exchange.getRequestURI().getPath();
      byte[] answer =
          (target == null ? resource(path) : call(target, JSON.readTree(body)))
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static String call(String target, JsonNode input) {
    return switch (target.substring(target.indexOf('.') + 1)) {
      case "Query" ->
          page(input.path("TableName").asText().equals(STORED) ? input.path("Limit").asInt() : 0);
      case "PutItem" -> {
        if (input.path("TableName").asText().equals(SLOW)) {
          LockSupport.parkNanos(SLOW_NANOS);
        }
        yield "{}";
      }
      case "SendMessage" ->
          "{\"MessageId\":\"1\",\"MD5OfMessageBody\":\"%s\"}"
              .formatted(md5(input.path("MessageBody").asText()));
      case "SendMessageBatch" ->
          StreamSupport.stream(input.path("Entries").spliterator(), false)
              .map(
                  entry ->
                      "{\"Id\":\"%s\",\"MessageId\":\"1\",\"MD5OfMessageBody\":\"%s\"}"
                          .formatted(
                              entry.path("Id").asText(), md5(entry.path("MessageBody").asText())))
              .collect(Collectors.joining(",", "{\"Successful\":[", "],\"Failed\":[]}"));
      case "GetParameter" ->
          "{\"Parameter\":{\"Name\":\"P\",\"Type\":\"SecureString\",\"Value\":\"%s\",\"Version\":1}}"
              .formatted(
                  input.path("Name").asText().equals(KEY)
                      ? "0123456789abcdef0123456789abcdef"
                      : "a,b,c,d");
      default -> throw new IllegalArgumentException("no stub of " + target);
    };
  }

  private static String page(int size) {
    return LIKES.stream()
        .limit(size)
        .collect(Collectors.joining(",", "{\"Items\":[", "],\"Count\":" + size + "}"));
  }

  private static String resource(String path) {
    if (path.equals(CREDENTIALS)) {
      return """
          {"AccessKeyId":"restored","SecretAccessKey":"secret","Token":"token","Expiration":"%s"}"""
          .formatted(Instant.now().plusSeconds(3600));
    } else if (path.startsWith("/2/users/by/")) {
      return "{\"data\":{\"id\":\"7\",\"username\":\"someone\",\"name\":\"Someone\"}}";
    } else if (path.endsWith("/liked_tweets")) {
      return "{\"data\":[{\"id\":\"1590000000000000000\",\"text\":\"a post\"}],\"meta\":{\"result_count\":1}}";
    } else if (path.endsWith("/rate_limit_status.json")) {
      return "{\"resources\":{\"favorites\":{\"/favorites/list\":{\"limit\":75,\"remaining\":75,\"reset\":4000000000}}}}";
    } else if (path.endsWith("/favorites/list.json")) {
      return "[" + POST + "]";
    } else if (path.endsWith("/like.js")) {
      return ARCHIVE;
    }
    return "{}";
  }

  private static String md5(String text) {
    return BinaryUtils.toHex(Md5Utils.computeMD5Hash(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static SSLContext tls(Path keys) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keys)) {
      store.load(file, PASSWORD.toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** Makes a key pair by the JDK's own tool: no class of the JDK makes certificates. */
  private static void makeKeys(Path keys, List<String> hosts)
      throws IOException, InterruptedException {
    String names = hosts.stream().map(host -> "dns:" + host).collect(Collectors.joining(","));
    Path log = keys.resolveSibling("keytool.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", "world", "-dname", "CN=world"));
    command.addAll(List.of("-keyalg", "RSA", "-keysize", "2048", "-validity", "2"));
    command.addAll(List.of("-ext", "SAN=" + names));
    command.addAll(List.of("-keystore", keys.toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + Files.readString(log));
    }
  }

  @Override
  public void close() {
    credentials.stop(0);
    server.stop(0);
  }
}
