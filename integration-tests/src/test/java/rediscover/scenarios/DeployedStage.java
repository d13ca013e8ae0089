package rediscover.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;
import rediscover.local.application.Application;
import rediscover.local.application.ApplicationReader;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * A stack that somebody has deployed, found by its name with the credentials, the region and the
 * endpoint of the environment, as the SDK finds them. Whatever the scenarios leave in it is deleted
 * in the end.
 *
 * <p>A stack whose {@code XApiUrl} is an address of this machine is there for tests: the stub for X
 * is started at that address, and the scenarios may replace parameters and renew functions. In any
 * other stack those scenarios are skipped, and the others bring the stack's own key, if it asks for
 * one.
 *
 * <p>Where there is an endpoint but no API Gateway behind it, as in LocalStack's free edition, the
 * embedded run's API stands in for it, made from the template and the parameters that the stack was
 * deployed with.
 */
final class DeployedStage implements Stage {

  /** Lambda tries an asynchronous event again after one minute, and then after two. */
  private static final Duration RETRIES = Duration.ofMinutes(4);

  private static final String CREDENTIALS = "TWITTER_AUTH";

  private final Region region = new DefaultAwsRegionProviderChain().getRegion();
  private final Optional<URI> endpoint =
      Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create);
  private final PlantedSecrets secrets = new PlantedSecrets();
  private final ApiClient apiClient = new ApiClient(secrets);

  private final Map<String, String> parameters;
  private final Map<String, String> outputs;
  private final DeployedFunctions functions;
  private final Optional<rediscover.local.x.XStub> x;
  private final Optional<InvokedApi> invokedApi;
  private final Map<String, String> key;

  /**
   * @param stackName a stack of template.yaml
   */
  DeployedStage(String stackName) throws IOException {
    try (CloudFormationClient cloudFormation = client(CloudFormationClient.builder())) {
      var stack = CloudFormationStack.existing(cloudFormation, stackName);
      this.parameters = stack.parameters();
      this.outputs = stack.currentOutputs();
      this.functions = new DeployedFunctions(client(LambdaClient.builder()), stack.functions());
      this.invokedApi =
          endpoint.isPresent() && !hasApiGateway(endpoint.get())
              ? Optional.of(functions.api(application(stackName, stack.deployedTemplate())))
              : Optional.empty();
    }
    this.x = startX(URI.create(parameters.get("XApiUrl")));
    this.key = new HashMap<>();
    try (SsmClient ssm = client(SsmClient.builder())) {
      if (hasKey()) {
        String value =
            ssm.getParameter(request -> request.name(keyParameter()).withDecryption(true))
                .parameter()
                .value();
        key.put("Authorization", "Bearer " + value);
      }
      if (x.isPresent()) {
        put(ssm, CREDENTIALS, secrets.xCredentials());
      }
    }
  }

  private static boolean hasApiGateway(URI endpoint) throws IOException {
    try (InputStream health = endpoint.resolve("/_localstack/health").toURL().openStream()) {
      return new ObjectMapper().readTree(health).path("services").has("apigatewayv2");
    }
  }

  /** The application as the stack has it, not as it lies here. */
  private Application application(String stackName, String template) throws IOException {
    Path file = Files.createTempFile("deployed", ".yaml");
    try {
      Files.writeString(file, template);
      String account = output("TopicArn").split(":")[4];
      var deployment = new Deployment(stackName, region.id(), account, endpoint.orElseThrow());
      Path home = Path.of(System.getProperty("home"));
      return ApplicationReader.read(home, Template.read(file, deployment, parameters), deployment);
    } finally {
      Files.delete(file);
    }
  }

  private static Optional<rediscover.local.x.XStub> startX(URI address) throws IOException {
    if (!address.getScheme().equals("http")
        || NetworkInterface.getByInetAddress(InetAddress.getByName(address.getHost())) == null) {
      return Optional.empty();
    }
    return Optional.of(
        rediscover.local.x.XStub.start(address.getHost(), address.getPort(), address.getHost()));
  }

  private static void put(SsmClient ssm, String parameter, String value) {
    ssm.putParameter(
        request ->
            request.name(parameter).type(ParameterType.SECURE_STRING).overwrite(true).value(value));
  }

  /** The SSM parameter that holds the key, or an empty text. */
  String keyParameter() {
    return parameters.get("AccessKeyParam");
  }

  private boolean hasKey() {
    return !keyParameter().isEmpty();
  }

  /**
   * The same stack, seen by somebody who brings no key of their own accord.
   *
   * @throws TestAbortedException if the API asks for no key
   */
  Stage withoutKey() {
    Assumptions.assumeTrue(hasKey(), "this stack's API asks for no key");
    return new StageView(this) {
      @Override
      public HttpAnswer get(String path, Map<String, String> headers) {
        return apiClient.get(address(path), headers);
      }

      @Override
      public HttpAnswer preflight(String path, String header) {
        return DeployedStage.this.preflight(path, header);
      }

      /** Puts the stack's own key back, which a stack for tests has lost. */
      @Override
      public void close() {
        if (isForTests()) {
          try (SsmClient ssm = client(SsmClient.builder())) {
            put(ssm, keyParameter(), key.get("Authorization").substring("Bearer ".length()));
          }
          renew("KeyChecker");
        }
      }
    };
  }

  /**
   * @throws IllegalStateException if clients find AWS by themselves
   */
  @Override
  public URI awsEndpoint() {
    return endpoint.orElseThrow(() -> new IllegalStateException("AWS has an endpoint a service"));
  }

  @Override
  public Region region() {
    return region;
  }

  /** With nothing but what the SDK finds in the environment. */
  @Override
  public <C> C client(AwsClientBuilder<?, C> client) {
    return client.build();
  }

  @Override
  public String output(String name) {
    return Optional.ofNullable(outputs.get(name))
        .orElseThrow(() -> new IllegalArgumentException("the stack has no output " + name));
  }

  @Override
  public HttpAnswer get(String path, Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(key);
    all.putAll(headers);
    return apiClient.get(address(path), all);
  }

  @Override
  public HttpAnswer preflight(String path, String header) {
    return apiClient.preflight(address(path), parameters.get("SiteOrigin"), header);
  }

  private URI address(String path) {
    String api = invokedApi.map(invoked -> invoked.address().toString()).orElse(output("ApiUrl"));
    return URI.create(api + path);
  }

  @Override
  public boolean isForTests() {
    return x.isPresent();
  }

  @Override
  public XStub x() {
    return new XStub(
        x.orElseThrow(() -> new TestAbortedException("this stack asks X itself")).address());
  }

  /** What is in this environment already. */
  @Override
  public Map<String, String> commandEnvironment() {
    return Map.of();
  }

  @Override
  public PlantedSecrets secrets() {
    return secrets;
  }

  @Override
  public Duration patience() {
    int retrySeconds = Integer.parseInt(parameters.get("RetrySeconds"));
    return RETRIES.plusSeconds(5L * retrySeconds);
  }

  @Override
  public void renew(String function) {
    requireTestStack("renews a function");
    functions.renew(function);
  }

  /**
   * Deletes what the scenarios have left: their users' likes, archives and dead letters, and X's
   * credentials in a stack for tests.
   *
   * @throws AssertionError if something of it is still there
   */
  @Override
  public void close() {
    try (functions;
        apiClient;
        SqsClient sqs = client(SqsClient.builder());
        S3Client s3 = client(S3Client.builder().forcePathStyle(true));
        DynamoDbClient dynamoDb = client(DynamoDbClient.builder());
        SsmClient ssm = client(SsmClient.builder())) {
      awaitAnEmptyQueue(sqs);
      Set<String> users = Some.users();
      String table = output("TableName");
      users.forEach(
          user -> Doors.itemsOf(user, dynamoDb, table).forEach(like -> delete(like, dynamoDb)));
      users.forEach(user -> archivesOf(user, s3).forEach(archive -> delete(archive, s3)));
      deleteDeadLetters(users, sqs);
      if (isForTests()) {
        deleteCredentials(ssm);
      }
      assertThat(users)
          .allSatisfy(user -> assertThat(Doors.itemsOf(user, dynamoDb, table)).isEmpty());
      assertThat(users).allSatisfy(user -> assertThat(archivesOf(user, s3)).isEmpty());
    } finally {
      invokedApi.ifPresent(InvokedApi::close);
      x.ifPresent(rediscover.local.x.XStub::close);
    }
  }

  /** What still comes out of the queue would be stored after it was deleted. */
  private void awaitAnEmptyQueue(SqsClient sqs) {
    try {
      Awaitility.await()
          .atMost(patience())
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> Doors.messagesIn(output("QueueUrl"), sqs) == 0);
    } catch (ConditionTimeoutException e) {
      System.out.println("The queue is in use by others as well; what of it is ours is not known.");
    }
  }

  private void delete(Map<String, AttributeValue> like, DynamoDbClient dynamoDb) {
    Map<String, AttributeValue> keyOfIt =
        Map.of("user", like.get("user"), "position", like.get("position"));
    dynamoDb.deleteItem(request -> request.tableName(output("TableName")).key(keyOfIt));
  }

  private List<S3Object> archivesOf(String user, S3Client s3) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(output("BucketName")).prefix(user))
        .contents()
        .stream()
        .toList();
  }

  private void delete(S3Object archive, S3Client s3) {
    s3.deleteObject(request -> request.bucket(output("BucketName")).key(archive.key()));
  }

  /** Looks at each message once: those of others come back after a while. */
  private void deleteDeadLetters(Set<String> users, SqsClient sqs) {
    String queue = output("DeadLetterQueueUrl");
    List<Message> messages;
    do {
      messages =
          sqs.receiveMessage(
                  request ->
                      request
                          .queueUrl(queue)
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(120)
                          .waitTimeSeconds(2))
              .messages();
      messages.stream()
          .filter(message -> users.stream().anyMatch(message.body()::contains))
          .forEach(
              message ->
                  sqs.deleteMessage(
                      request -> request.queueUrl(queue).receiptHandle(message.receiptHandle())));
    } while (!messages.isEmpty());
  }

  private static void deleteCredentials(SsmClient ssm) {
    try {
      ssm.deleteParameter(request -> request.name(CREDENTIALS));
    } catch (ParameterNotFoundException e) {
      // Then somebody else has deleted them.
    }
  }
}
