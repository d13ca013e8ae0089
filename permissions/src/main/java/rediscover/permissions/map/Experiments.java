package rediscover.permissions.map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import rediscover.permissions.LambdaFunction;
import rediscover.permissions.Permissions;
import rediscover.permissions.Role;
import rediscover.permissions.map.Experiment.Stranger;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Template;

/** Makes the experiments, on the application of one account with its developers. */
final class Experiments {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An account of AWS's documentation that has nothing to do with the application. */
  private static final String STRANGER = "444455556666";

  private static final List<String> INVOKE = List.of("lambda:InvokeFunction");

  private final Template application;
  private final Permissions permissions;

  /** The same, where the functions have the tag of the developer's project. */
  private final Permissions ofTheProject;

  private final Role developer;
  private final LambdaFunction topicWriter;
  private final String account;

  private Experiments(Template application, Template applicationOfFalcon, Template developers) {
    this.application = application;
    Permissions roles = Permissions.of(developers);
    this.permissions = Permissions.of(application).and(roles);
    this.ofTheProject = Permissions.of(applicationOfFalcon).and(roles);
    this.developer = roles.role(developers.resource("FalconDeveloperRole").arn()).orElseThrow();
    this.topicWriter = permissions.function("TopicWriterFunction");
    this.account = topicWriter.account();
  }

  /**
   * Every experiment, by the name that lessons use.
   *
   * @param applicationOfFalcon the application with {@code ProjectName} set to falcon
   */
  static Map<String, Experiment> of(
      Template application, Template applicationOfFalcon, Template developers) {
    Experiments experiments = new Experiments(application, applicationOfFalcon, developers);
    Map<String, Experiment> all = new LinkedHashMap<>();
    all.put("no-source-arn", experiments.permissionWithoutSourceArn());
    all.put("no-source-account", experiments.permissionWithoutSourceAccount());
    all.put("no-delete", experiments.pollingWithoutDelete());
    all.put("wrong-parameter", experiments.parameterWithTwoSlashes());
    all.put("too-much", experiments.actionThatNobodyNeeds());
    all.put("tag-any", experiments.taggingWhateverTheFunctionsTag());
    all.put("tagged", experiments.tagOfTheDevelopersProject());
    return all;
  }

  private Experiment permissionWithoutSourceArn() {
    String arn = "arn:aws:sns:us-east-1:" + STRANGER + ":somebodys-topic";
    Target topic = new Target("SNS", "topic", "somebodys-topic", arn, STRANGER, true);
    return edited(
        topicWriter,
        "TopicWriterFunction/TopicWriterFunctionLikesPublishedPermission",
        statement -> statement.remove("Condition"),
        invokedForStranger("sns", topicWriter, arn),
        new Stranger("push", topic, INVOKE, "A stranger's topic tries to invoke it."));
  }

  private Experiment permissionWithoutSourceAccount() {
    LambdaFunction importer = permissions.function("ArchiveImporterFunction");
    String arn = application.resource("ArchiveBucket").arn();
    Target bucket = new Target("S3", "bucket", "ArchiveBucket", arn, STRANGER, true);
    return edited(
        importer,
        "ArchiveImporterFunction/ArchiveImporterBucketPermission",
        statement -> statement.withObject("/Condition").remove("StringEquals"),
        invokedForStranger("s3", importer, arn),
        new Stranger(
            "push",
            bucket,
            INVOKE,
            "You deleted your bucket, and a stranger created one with the same name."));
  }

  private Experiment pollingWithoutDelete() {
    LambdaFunction queueWriter = permissions.function("QueueWriterFunction");
    return edited(
        queueWriter,
        "QueueWriterRole/PollTheQueue",
        statement ->
            statement.putArray("Action").add("sqs:ReceiveMessage").add("sqs:GetQueueAttributes"),
        called(queueWriter, "sqs:DeleteMessage", application.resource("LikesQueue").arn()),
        null);
  }

  private Experiment parameterWithTwoSlashes() {
    LambdaFunction randomLike = permissions.function("RandomLikeFunction");
    String arn = "arn:aws:ssm:us-east-1:" + account + ":parameter/TWITTER_AUTH";
    return edited(
        randomLike,
        "RandomLikeRole/ReadTheCredentials",
        statement -> statement.put("Resource", arn.replace("parameter/", "parameter//")),
        called(randomLike, "ssm:GetParameter", arn),
        null);
  }

  private Experiment actionThatNobodyNeeds() {
    LambdaFunction randomLike = permissions.function("RandomLikeFunction");
    String table = application.resource("LikesTable").arn();
    ObjectNode tidyUp =
        JSON.valueToTree(
            permissions.statement("RandomLikeRole/PickALike").orElseThrow().document());
    tidyUp.put("Sid", "TidyUp").put("Action", "dynamodb:DeleteItem");
    return edited(
        randomLike,
        "RandomLikeRole/TidyUp",
        statement -> statement.setAll(tidyUp),
        called(randomLike, "dynamodb:DeleteItem", table),
        new Stranger(
            "call",
            Target.of(table, List.of(application), account),
            List.of("dynamodb:DeleteItem"),
            "The code of random-like never deletes likes. Code that an attacker runs in it could."));
  }

  private Experiment taggingWhateverTheFunctionsTag() {
    Request tag =
        changed("lambda:TagResource")
            .with("aws:RequestTag/project-name", "falcon")
            .with("aws:TagKeys", "project-name");
    return edited(
        topicWriter,
        "FalconDeveloperRole/DeveloperPolicy/AllowLambdaTagOnCreate",
        statement ->
            statement.withObject("/Condition/StringEquals").remove("aws:ResourceTag/project-name"),
        tag,
        developer(tag.action(), "A developer of another project tries to tag it."));
  }

  /** Changes no statement, but the function: it has the tag of the developer's project. */
  private Experiment tagOfTheDevelopersProject() {
    Request change = changed("lambda:UpdateFunctionCode");
    return new Experiment(
        topicWriter.logicalId(),
        "FalconDeveloperRole/DeveloperPolicy/AllActionsLambdaSameProject",
        PermissionMap.typeName(PolicyType.IDENTITY_BASED),
        Map.of(),
        Map.of(),
        developer(change.action(), "A developer of another project tries to change it."),
        change.action(),
        permissions.decide(change).reason(change),
        ofTheProject.decide(change).reason(change));
  }

  /** A statement with a mistake in it; one of an id that is not there yet is added. */
  private Experiment edited(
      LambdaFunction function,
      String id,
      Consumer<ObjectNode> mistake,
      Request request,
      Stranger stranger) {
    Map<String, Object> was = permissions.statement(id).map(Statement::document).orElse(Map.of());
    ObjectNode edited = JSON.valueToTree(was);
    mistake.accept(edited);
    Map<String, Object> document = JSON.convertValue(edited, new TypeReference<>() {});
    String policyName = id.substring(0, id.lastIndexOf('/'));
    Permissions after =
        permissions.edited(
            policy -> policy.name().equals(policyName) ? with(policy, id, document) : policy);
    boolean ofTheFunction = policyName.equals(function.logicalId());
    return new Experiment(
        function.logicalId(),
        id,
        PermissionMap.typeName(
            ofTheFunction ? PolicyType.RESOURCE_BASED : PolicyType.IDENTITY_BASED),
        was,
        document,
        stranger,
        request.action(),
        permissions.decide(request).reason(request),
        after.decide(request).reason(request));
  }

  private static Policy with(Policy policy, String id, Map<String, Object> document) {
    List<Object> documents = new ArrayList<>();
    policy.statements().stream()
        .filter(statement -> !statement.id().equals(id))
        .forEach(statement -> documents.add(statement.document()));
    documents.add(document);
    return Policy.ofStatements(policy.name(), policy.type(), documents);
  }

  private Request invokedForStranger(String service, LambdaFunction function, String sourceArn) {
    Principal principal = new Principal.Service(service + ".amazonaws.com");
    return Request.of(principal, "lambda:InvokeFunction", function.invokedArn(), account)
        .with("aws:SourceArn", sourceArn)
        .with("aws:SourceAccount", STRANGER);
  }

  private Request called(LambdaFunction function, String action, String resource) {
    return Request.of(permissions.session(function), action, resource, account);
  }

  private Request changed(String action) {
    Principal session = new Principal.RoleSession(developer.arn(), "developer", developer.tags());
    return Request.of(session, action, topicWriter.arn(), account);
  }

  private Stranger developer(String action, String sentence) {
    String name = developer.logicalId();
    Target role = new Target("IAM", "role", name, developer.arn(), account, false);
    return new Stranger("person", role, List.of(action), sentence);
  }
}
