package rediscover.support.aws;

import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** SSM with one encrypted parameter, or none. It refuses all calls but GetParameter. */
public final class InMemoryParameter implements SsmClient {

  private final String name;
  private String value;
  private RuntimeException failure;
  private int reads;

  /** Not there, until it is put there. */
  public InMemoryParameter(String name) {
    this.name = name;
  }

  /** From now on it holds this; null deletes it. */
  public void is(String value) {
    this.value = value;
    this.failure = null;
  }

  /** From now on nobody can read it. */
  public void fails(RuntimeException failure) {
    this.failure = failure;
  }

  /** How often it was asked for. */
  public int reads() {
    return reads;
  }

  @Override
  public GetParameterResponse getParameter(GetParameterRequest request) {
    reads++;
    if (failure != null) {
      throw failure;
    }
    if (value == null || !request.name().equals(name)) {
      throw ParameterNotFoundException.builder().message("ParameterNotFound").build();
    }
    String answer = request.withDecryption() ? value : "AQICAHh-encrypted";
    return GetParameterResponse.builder()
        .parameter(parameter -> parameter.type(ParameterType.SECURE_STRING).value(answer))
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {
    // Holds nothing open.
  }
}
