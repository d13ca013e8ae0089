package rediscover.scenarios;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack in a container; those of the functions that it runs stand beside it. */
final class LocalStack implements AutoCloseable {

  private static final String IMAGE = System.getProperty("localstack.image");
  private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

  /** Waits that AWS makes long, and of which nobody learns anything. */
  private static final Map<String, String> SHORT_WAITS =
      Map.of(
          "LAMBDA_RETRY_BASE_DELAY", "1",
          "LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC", "1");

  private final DockerClient docker;
  private final LocalStackContainer container;

  private LocalStack(DockerClient docker, LocalStackContainer container) {
    this.docker = docker;
    this.container = container;
  }

  /**
   * Starts LocalStack and waits until it is ready.
   *
   * @throws IllegalStateException if there is no Docker, or its image cannot be pulled
   */
  static LocalStack start() throws InterruptedException {
    DockerClient docker = DockerClientFactory.instance().client();
    pullIfMissing(docker);
    var container =
        new LocalStackContainer(
                DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("localstack/localstack"))
            .withEnv(SHORT_WAITS);
    // With a token, an image that has more than the free one.
    Optional.ofNullable(System.getenv("LOCALSTACK_AUTH_TOKEN"))
        .ifPresent(token -> container.addEnv("LOCALSTACK_AUTH_TOKEN", token));
    container.start();
    return new LocalStack(docker, container);
  }

  /** Testcontainers would pull as well, and try again for minutes when that fails. */
  private static void pullIfMissing(DockerClient docker) throws InterruptedException {
    try {
      docker.inspectImageCmd(IMAGE).exec();
    } catch (NotFoundException missing) {
      try {
        docker.pullImageCmd(IMAGE).start().awaitCompletion();
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "the image %s is not here and cannot be pulled: %s".formatted(IMAGE, e.getMessage()),
            e);
      }
    }
  }

  URI endpoint() {
    return container.getEndpoint();
  }

  /** Whether this LocalStack has a service; the free one lacks some. */
  boolean has(String service) throws IOException {
    try (InputStream health = endpoint().resolve("/_localstack/health").toURL().openStream()) {
      return new ObjectMapper().readTree(health).path("services").has(service);
    }
  }

  /**
   * The machine's address on the containers' network. A server that is bound to it answers the
   * functions and the machine itself, and nobody else. Empty where Docker runs in a virtual machine
   * and the network is that machine's.
   */
  Optional<String> hostAddress() throws IOException {
    String gateway =
        container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
            .map(network -> network.getGateway())
            .findFirst()
            .orElseThrow();
    boolean isHere = NetworkInterface.getByInetAddress(InetAddress.getByName(gateway)) != null;
    return isHere ? Optional.of(gateway) : Optional.empty();
  }

  /**
   * Waits until no function has a container any more.
   *
   * @throws org.awaitility.core.ConditionTimeoutException if one stays
   */
  void awaitNoFunctions() {
    Awaitility.await("no container of a function is left")
        .atMost(STOP_LIMIT)
        .until(() -> functionContainers().map(left -> left.getNames()[0]).toList(), List::isEmpty);
  }

  /** The environment variables of the functions that run now, as {@code NAME=value}. */
  Stream<String> functionVariables() {
    return functionContainers()
        .map(function -> docker.inspectContainerCmd(function.getId()).exec())
        .flatMap(function -> Stream.of(function.getConfig().getEnv()));
  }

  /** Testcontainers has LocalStack put its own label on them. */
  private Stream<Container> functionContainers() {
    var label =
        Map.of(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
    return docker.listContainersCmd().withShowAll(true).withLabelFilter(label).exec().stream()
        .filter(other -> !other.getId().equals(container.getContainerId()));
  }

  /** Removes the container, and those of functions that nobody has deleted. */
  @Override
  public void close() {
    container.stop();
    functionContainers()
        .forEach(left -> docker.removeContainerCmd(left.getId()).withForce(true).exec());
  }
}
