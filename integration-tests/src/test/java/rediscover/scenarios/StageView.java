package rediscover.scenarios;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/** A stage of which something is seen otherwise. Closing it does not close the stage. */
abstract class StageView implements Stage {

  private final Stage stage;

  StageView(Stage stage) {
    this.stage = stage;
  }

  @Override
  public URI awsEndpoint() {
    return stage.awsEndpoint();
  }

  @Override
  public Region region() {
    return stage.region();
  }

  @Override
  public <C> C client(AwsClientBuilder<?, C> client) {
    return stage.client(client);
  }

  @Override
  public String output(String name) {
    return stage.output(name);
  }

  @Override
  public XStub x() {
    return stage.x();
  }

  @Override
  public boolean isForTests() {
    return stage.isForTests();
  }

  @Override
  public Map<String, String> commandEnvironment() {
    return stage.commandEnvironment();
  }

  @Override
  public PlantedSecrets secrets() {
    return stage.secrets();
  }

  @Override
  public Duration patience() {
    return stage.patience();
  }

  @Override
  public void renew(String function) {
    stage.renew(function);
  }
}
