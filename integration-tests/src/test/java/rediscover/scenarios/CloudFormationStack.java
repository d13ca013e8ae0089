package rediscover.scenarios;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Capability;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;

/** A stack from its creation to its end. */
final class CloudFormationStack {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final List<Capability> CAPABILITIES =
      List.of(Capability.CAPABILITY_IAM, Capability.CAPABILITY_AUTO_EXPAND);

  private final CloudFormationClient cloudFormation;
  private final String id;
  private final String template;

  private CloudFormationStack(CloudFormationClient cloudFormation, String id, String template) {
    this.cloudFormation = cloudFormation;
    this.id = id;
    this.template = template;
  }

  /** A stack that somebody else has deployed, and that stays. */
  static CloudFormationStack existing(CloudFormationClient cloudFormation, String name) {
    return new CloudFormationStack(cloudFormation, name, "");
  }

  /** Begins to create a stack. */
  static CloudFormationStack create(
      CloudFormationClient cloudFormation,
      String name,
      String template,
      Map<String, String> parameters) {
    String id =
        cloudFormation
            .createStack(
                request ->
                    request
                        .stackName(name)
                        .templateBody(template)
                        .capabilities(CAPABILITIES)
                        .parameters(list(parameters)))
            .stackId();
    return new CloudFormationStack(cloudFormation, id, template);
  }

  private static List<Parameter> list(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(
            parameter ->
                Parameter.builder()
                    .parameterKey(parameter.getKey())
                    .parameterValue(parameter.getValue())
                    .build())
        .toList();
  }

  /**
   * Waits until everything is created.
   *
   * @return the outputs
   * @throws IllegalStateException if something cannot be created; says what and why
   */
  Map<String, String> outputs() {
    return outputs(awaitStatus(StackStatus.CREATE_COMPLETE));
  }

  private static Map<String, String> outputs(Stack stack) {
    return stack.outputs().stream()
        .collect(Collectors.toMap(Output::outputKey, Output::outputValue));
  }

  /** The outputs as they are now. */
  Map<String, String> currentOutputs() {
    return outputs(describe());
  }

  /** What the stack was last deployed with, defaults too. */
  Map<String, String> parameters() {
    return describe().parameters().stream()
        .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue));
  }

  /** The template that the stack was last deployed with, as it was handed over. */
  String deployedTemplate() {
    return cloudFormation
        .getTemplate(request -> request.stackName(id).templateStage(TemplateStage.ORIGINAL))
        .templateBody();
  }

  /** The names of the functions, by their ids in the template. */
  Map<String, String> functions() {
    return cloudFormation
        .describeStackResources(request -> request.stackName(id))
        .stackResources()
        .stream()
        .filter(resource -> resource.resourceType().equals("AWS::Lambda::Function"))
        .collect(
            Collectors.toMap(StackResource::logicalResourceId, StackResource::physicalResourceId));
  }

  /**
   * Puts other parameters in the place of those it has, with the same template, and waits until
   * everything is updated.
   *
   * @throws IllegalStateException if something cannot be updated; says what and why
   */
  void update(Map<String, String> parameters) {
    cloudFormation.updateStack(
        request ->
            request
                .stackName(id)
                .templateBody(template)
                .capabilities(CAPABILITIES)
                .parameters(list(parameters)));
    awaitStatus(StackStatus.UPDATE_COMPLETE);
  }

  /**
   * Deletes the stack and waits until nothing of it is left.
   *
   * @throws IllegalStateException if something cannot be deleted; says what and why
   */
  void delete() {
    cloudFormation.deleteStack(request -> request.stackName(id));
    awaitStatus(StackStatus.DELETE_COMPLETE);
  }

  private Stack awaitStatus(StackStatus wanted) {
    Stack stack =
        Awaitility.await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(500))
            .until(this::describe, now -> now.stackStatus() == wanted || hasFailed(now));
    if (stack.stackStatus() != wanted) {
      throw new IllegalStateException(
          "the stack is %s, not %s:\n%s"
              .formatted(stack.stackStatusAsString(), wanted, failures()));
    }
    return stack;
  }

  /** Not every status that lasts: at first, a stack still has the one of before. */
  private static boolean hasFailed(Stack stack) {
    String status = stack.stackStatusAsString();
    return status.endsWith("_FAILED") || status.endsWith("ROLLBACK_COMPLETE");
  }

  private Stack describe() {
    return cloudFormation.describeStacks(request -> request.stackName(id)).stacks().getFirst();
  }

  private String failures() {
    return cloudFormation
        .describeStackEventsPaginator(request -> request.stackName(id))
        .stackEvents()
        .stream()
        .filter(event -> event.resourceStatusAsString().endsWith("_FAILED"))
        .filter(event -> event.resourceStatusReason() != null)
        .map(event -> event.logicalResourceId() + ": " + event.resourceStatusReason())
        .collect(Collectors.joining("\n"));
  }
}
