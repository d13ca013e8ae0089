package rediscover.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rediscover.local.application.Application;
import rediscover.local.application.ApplicationReader;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * LocalStack with the stack that SAM deploys: template.yaml through CloudFormation, its functions
 * in containers of Lambda's own image. In a second account, templates/other-account.yaml, and the
 * first stack updated to get likes from there.
 *
 * <p>LocalStack's free edition enforces no policy, and so neither asks whose credentials a scenario
 * publishes or sends with. Scenarios show here that likes arrive, from the other account as well;
 * that they do not without a policy is shown on the embedded run.
 */
final class LocalStackStage implements Stage {

  private static final String ACCOUNT = "000000000000";

  /** LocalStack gives an account to every access key whose id is twelve digits: the same digits. */
  private static final String OTHER_ACCOUNT = "111111111111";

  /** As few as the template allows: a message comes back twice before it is put aside. */
  private static final int RETRY_SECONDS = 30;

  private static final Map<String, String> KEY =
      Map.of("AccessKeyParam", AccessScenarios.PARAMETER);

  private final String stackName = "scenarios-" + Some.user();
  private final LocalStack localStack;
  private final rediscover.local.x.XStub x;
  private final S3Client s3;
  private final CloudFormationStack stack;
  private final CloudFormationStack otherStack;
  private final Map<String, String> outputs;
  private final Application application;
  private final Application withKey;
  private final DeployedFunctions functions;
  private final InvokedApi invokedApi;
  private final PlantedSecrets secrets = new PlantedSecrets();
  private final ApiClient apiClient = new ApiClient(secrets);

  /** Starts LocalStack and deploys; returns when everything is there. */
  static LocalStackStage start() throws IOException, InterruptedException {
    long since = System.nanoTime();
    LocalStack localStack = LocalStack.start();
    try {
      long started = System.nanoTime();
      var stage = new LocalStackStage(localStack);
      System.out.printf(
          "LocalStack: ready in %d s, stacks deployed in %d s%n",
          Duration.ofNanos(started - since).toSeconds(),
          Duration.ofNanos(System.nanoTime() - started).toSeconds());
      return stage;
    } catch (IOException | RuntimeException e) {
      localStack.close();
      throw e;
    }
  }

  private LocalStackStage(LocalStack localStack) throws IOException {
    this.localStack = localStack;
    this.x =
        rediscover.local.x.XStub.start(localStack.hostAddress().orElse("127.0.0.1"), 0, hostName());
    this.s3 = client(S3Client.builder().forcePathStyle(true));
    putCredentials();

    Path home = Path.of(System.getProperty("home"));
    Path template = home.resolve("template.yaml");
    var deployment = new Deployment(stackName, region().id(), ACCOUNT, awsEndpoint());
    this.application =
        ApplicationReader.read(home, Template.read(template, deployment, Map.of()), deployment);
    this.withKey =
        ApplicationReader.read(home, Template.read(template, deployment, KEY), deployment);
    Map<String, String> parameters = parameters();
    this.stack =
        CloudFormationStack.create(
            client(CloudFormationClient.builder()),
            stackName,
            packaged(template, withKey),
            parameters);
    this.outputs = new HashMap<>(stack.outputs());
    this.otherStack = createOtherStack(home.resolve("templates/other-account.yaml"));
    connectOtherStack(parameters);

    this.functions = new DeployedFunctions(client(LambdaClient.builder()), stack.functions());
    this.invokedApi = functions.api(application);
  }

  /** The API as the stack has it, which asks for a key. */
  Stage withKey() throws IOException {
    return new WithKey();
  }

  /** This stage with another API. */
  private final class WithKey extends StageView {

    private final InvokedApi invoked;
    private final String address;

    WithKey() throws IOException {
      super(LocalStackStage.this);
      this.invoked = functions.api(withKey);
      this.address =
          localStack.has("apigatewayv2") ? gatewayAddress() : invoked.address().toString();
    }

    @Override
    public HttpAnswer get(String path, Map<String, String> headers) {
      return apiClient.get(URI.create(address + path), headers);
    }

    @Override
    public HttpAnswer preflight(String path, String header) {
      return apiClient.preflight(URI.create(address + path), siteOrigin(), header);
    }

    @Override
    public void close() {
      invoked.close();
    }
  }

  /** Any four parts do: the stub looks only whether a request is signed. */
  private void putCredentials() {
    try (SsmClient ssm = client(SsmClient.builder())) {
      ssm.putParameter(
          request ->
              request
                  .name("TWITTER_AUTH")
                  .type(ParameterType.SECURE_STRING)
                  .overwrite(true) // A busy machine may answer too late, and is asked again.
                  .value(secrets.xCredentials()));
    }
  }

  private String packaged(Path template, Application application) throws IOException {
    String bucket = "packages-" + stackName;
    s3.createBucket(request -> request.bucket(bucket));
    return new SamPackage(s3, bucket).upload(template, application.functions());
  }

  /** Docker in a virtual machine hands on what its containers send to this name. */
  private String hostName() throws IOException {
    return localStack.hostAddress().orElse("host.docker.internal");
  }

  private Map<String, String> parameters() throws IOException {
    Map<String, String> parameters = new HashMap<>();
    parameters.put("XApiUrl", "http://" + hostName() + ":" + x.address().getPort());
    parameters.put("RetrySeconds", Integer.toString(RETRY_SECONDS));
    // LocalStack takes no snapshots; versions, alias and permission are as with them.
    parameters.put("SnapStart", "on");
    parameters.put("TableDeletion", "Delete");
    // From the start: LocalStack 4.14.0 cannot turn on, by an update, a condition on two resources
    // of which one asks for an attribute of the other. The API of get() stands before it and asks
    // for no key.
    parameters.putAll(KEY);
    return parameters;
  }

  /** It comes second, since its queue's policy names a role of the first. */
  private CloudFormationStack createOtherStack(Path template) throws IOException {
    return CloudFormationStack.create(
        CloudFormationClient.builder()
            .endpointOverride(awsEndpoint())
            .region(region())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(OTHER_ACCOUNT, "developer")))
            .build(),
        stackName + "-other",
        Files.readString(template),
        Map.of("QueueWriterRoleArn", output("QueueWriterRoleArn")));
  }

  /** Subscribes to the other account's topic and polls its queue. */
  private void connectOtherStack(Map<String, String> parameters) {
    Map<String, String> other = otherStack.outputs();
    parameters.put("LikesTopicArn", other.get("TopicArn"));
    parameters.put("LikesQueueArn", other.get("QueueArn"));
    stack.update(parameters);
    outputs.put("OtherTopicArn", other.get("TopicArn"));
    outputs.put("OtherQueueUrl", other.get("QueueUrl"));
  }

  /** That of LocalStack's own API Gateway, whose port is not the one in the output. */
  private String gatewayAddress() {
    return "http://" + URI.create(output("ApiUrl")).getHost() + ":" + awsEndpoint().getPort();
  }

  @Override
  public URI awsEndpoint() {
    return localStack.endpoint();
  }

  /** Not LocalStack's default, so that whatever takes a region for granted shows. */
  @Override
  public Region region() {
    return Region.EU_CENTRAL_1;
  }

  @Override
  public String output(String name) {
    String value = outputs.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the stack has no output " + name);
    }
    return value;
  }

  @Override
  public HttpAnswer get(String path, Map<String, String> headers) {
    return apiClient.get(address(path), headers);
  }

  @Override
  public HttpAnswer preflight(String path, String header) {
    return apiClient.preflight(address(path), siteOrigin(), header);
  }

  private URI address(String path) {
    return URI.create(invokedApi.address() + path);
  }

  private String siteOrigin() {
    return application.parameters().get("SiteOrigin");
  }

  @Override
  public XStub x() {
    return new XStub(x.address());
  }

  @Override
  public PlantedSecrets secrets() {
    return secrets;
  }

  /** The five attempts, and time for what stands in between. */
  @Override
  public Duration patience() {
    return Duration.ofSeconds(5 * RETRY_SECONDS + 60);
  }

  @Override
  public void renew(String function) {
    functions.renew(function);
  }

  /**
   * Deletes the stacks as their owners would: the bucket has to be empty first.
   *
   * @throws AssertionError if a secret is in a function's log
   */
  @Override
  public void close() {
    try (localStack;
        x;
        s3;
        functions;
        invokedApi;
        apiClient) {
      requireNoSecretInTheLogs();
      String bucket = output("BucketName");
      s3.listObjectsV2Paginator(request -> request.bucket(bucket))
          .contents()
          .forEach(object -> s3.deleteObject(request -> request.bucket(bucket).key(object.key())));
      stack.delete();
      otherStack.delete();
      localStack.awaitNoFunctions();
    }
  }

  private void requireNoSecretInTheLogs() {
    secrets.addKeys(localStack.functionVariables());
    try (var logs = new CloudWatchLogs(awsEndpoint(), region().id())) {
      Map<String, List<String>> lines = logs.lines();
      if (lines.values().stream().allMatch(List::isEmpty)) {
        throw new AssertionError("The functions have logged nothing, so nothing is known");
      }
      lines.forEach(
          (group, said) -> secrets.requireNoneIn("the log " + group, String.join("\n", said)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
