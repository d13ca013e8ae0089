package rediscover.permissions.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import rediscover.permissions.LambdaFunction;
import rediscover.permissions.Permissions;
import rediscover.permissions.Role;
import rediscover.permissions.policy.Policy;
import rediscover.permissions.policy.PolicyType;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.policy.Statement;
import rediscover.permissions.template.Template;

/**
 * Something that people get wrong in a policy, tried out for a lesson beside the map: one request,
 * decided as the policies are and as somebody might have written them.
 *
 * @param id what lessons call it
 * @param function the function that it is about
 * @param statement the id of the statement that is written otherwise
 * @param type of the policy that it stands in
 * @param was the statement as it is; empty if there is none of that id
 * @param document the statement as somebody might have written it; empty where it stays as it is
 * @param arrow the arrow of whoever makes the request, where the map has none
 * @param action what is asked for
 * @param before why it is denied as the policies are, nothing if it is allowed
 * @param after the same with the statement as somebody might have written it
 */
record Experiment(
    String id,
    LambdaFunction function,
    String statement,
    PolicyType type,
    Map<String, Object> was,
    Map<String, Object> document,
    Optional<PermissionMap.Arrow> arrow,
    String action,
    String before,
    String after) {

  /** An account of AWS's documentation that has nothing to do with the application. */
  private static final String STRANGER = "444455556666";

  private static final PermissionMap.Without NOTHING = new PermissionMap.Without(List.of(), "");

  /** Every experiment, on the application of one account with its developers. */
  static List<Experiment> all(Template application, Template developerAccess) {
    return new Laboratory(application, developerAccess).experiments();
  }

  private record Laboratory(
      Template application, Template developerAccess, Permissions permissions) {

    Laboratory(Template application, Template developerAccess) {
      this(
          application,
          developerAccess,
          Permissions.of(application).and(Permissions.of(developerAccess)));
    }

    List<Experiment> experiments() {
      LambdaFunction topicWriter = function("TopicWriterFunction");
      LambdaFunction queueWriter = function("QueueWriterFunction");
      LambdaFunction importer = function("ArchiveImporterFunction");
      LambdaFunction randomLike = function("RandomLikeFunction");
      String account = topicWriter.arn().split(":")[4];
      String foreignTopic = "arn:aws:sns:us-east-1:" + STRANGER + ":somebodys-topic";
      String bucket = application.resource("ArchiveBucket").arn();
      String queue = application.resource("LikesQueue").arn();
      String table = application.resource("LikesTable").arn();
      Principal developer = developer();
      String permitted = topicWriter.logicalId() + "/TopicWriterFunctionLikesPublishedPermission";
      String notified = importer.logicalId() + "/ArchiveImporterBucketPermission";
      String polled = "QueueWriterRole/PollTheQueue";
      String credentials = "RandomLikeRole/ReadTheCredentials";
      String tagging = "FalconDeveloperRole/DeveloperPolicy/AllowLambdaTagOnCreate";
      String changing = "FalconDeveloperRole/DeveloperPolicy/AllActionsLambdaSameProject";

      Request publish =
          Request.of(service("sns"), "lambda:InvokeFunction", topicWriter.invokedArn(), account)
              .with("aws:SourceArn", foreignTopic)
              .with("aws:SourceAccount", STRANGER);
      Request upload =
          Request.of(service("s3"), "lambda:InvokeFunction", importer.invokedArn(), account)
              .with("aws:SourceArn", bucket)
              .with("aws:SourceAccount", STRANGER);
      Request delete =
          Request.of(permissions.session(queueWriter), "sqs:DeleteMessage", queue, account);
      Request read =
          Request.of(
              permissions.session(randomLike),
              "ssm:GetParameter",
              "arn:aws:ssm:us-east-1:" + account + ":parameter/TWITTER_AUTH",
              account);
      Request forget =
          Request.of(permissions.session(randomLike), "dynamodb:DeleteItem", table, account);
      Request tag =
          Request.of(developer, "lambda:TagResource", topicWriter.arn(), account)
              .with("aws:RequestTag/project-name", "falcon")
              .with("aws:TagKeys", "project-name");
      Request change =
          Request.of(developer, "lambda:UpdateFunctionCode", topicWriter.arn(), account);
      Target topic = new Target(foreignTopic, "SNS", "topic", "somebodys-topic", STRANGER, true);
      Target lostBucket = new Target(bucket, "S3", "bucket", "ArchiveBucket", STRANGER, true);
      Target falcon =
          new Target(
              role("FalconDeveloperRole").arn(),
              "IAM",
              "role",
              "FalconDeveloperRole",
              account,
              false);

      return List.of(
          of(
              "no-source-arn",
              topicWriter,
              permitted,
              without(document(permitted), "Condition"),
              publish,
              stranger("push", topic, publish, "A topic of somebody else wants to push to it.")),
          of(
              "no-source-account",
              importer,
              notified,
              within(document(notified), "Condition", c -> without(c, "StringEquals")),
              upload,
              stranger(
                  "push",
                  lostBucket,
                  upload,
                  "Somebody else has a bucket of the same name, once yours is deleted.")),
          of(
              "no-delete",
              queueWriter,
              polled,
              with(
                  document(polled),
                  "Action",
                  List.of("sqs:ReceiveMessage", "sqs:GetQueueAttributes")),
              delete,
              Optional.empty()),
          of(
              "wrong-parameter",
              randomLike,
              credentials,
              with(
                  document(credentials),
                  "Resource",
                  read.resource().replace("parameter/", "parameter//")),
              read,
              Optional.empty()),
          of(
              "too-much",
              randomLike,
              "RandomLikeRole/TidyUp",
              with(
                  with(document("RandomLikeRole/PickALike"), "Sid", "TidyUp"),
                  "Action",
                  forget.action()),
              forget,
              Optional.of(
                  new PermissionMap.Arrow(
                      "call",
                      Target.of(table, List.of(application), account),
                      List.of(forget.action()),
                      "No code of random-like deletes likes. Whoever gets to run other code in it"
                          + " may.",
                      List.of(),
                      NOTHING))),
          of(
              "tag-any",
              topicWriter,
              tagging,
              within(
                  document(tagging),
                  "Condition",
                  condition ->
                      within(
                          condition,
                          "StringEquals",
                          tags -> without(tags, "aws:ResourceTag/project-name"))),
              tag,
              stranger("person", falcon, tag, "A developer of another project wants to tag it.")),
          tagged(
              topicWriter,
              changing,
              change,
              stranger(
                  "person", falcon, change, "A developer of another project wants to change it.")));
    }

    private Experiment of(
        String id,
        LambdaFunction function,
        String statement,
        Map<String, Object> edited,
        Request request,
        Optional<PermissionMap.Arrow> arrow) {
      boolean ofARole = !statement.startsWith(function.logicalId() + "/");
      return new Experiment(
          id,
          function,
          statement,
          ofARole ? PolicyType.IDENTITY_BASED : PolicyType.RESOURCE_BASED,
          document(statement),
          edited,
          arrow,
          request.action(),
          why(request, permissions),
          why(request, withEdited(statement, edited)));
    }

    /** Not a statement but the function changes: it carries the developer's own tag. */
    private Experiment tagged(
        LambdaFunction function,
        String statement,
        Request request,
        Optional<PermissionMap.Arrow> arrow) {
      List<LambdaFunction> functions =
          permissions.functions().stream()
              .map(
                  other ->
                      other.equals(function)
                          ? new LambdaFunction(
                              function.logicalId(),
                              function.name(),
                              function.arn(),
                              function.invokedArn(),
                              Map.of("project-name", "falcon"),
                              function.roleArn(),
                              function.eventSources())
                          : other)
              .toList();
      Permissions after =
          new Permissions(functions, permissions.roles(), permissions.resourcePolicies());
      return new Experiment(
          "tagged",
          function,
          statement,
          PolicyType.IDENTITY_BASED,
          Map.of(),
          Map.of(),
          arrow,
          request.action(),
          why(request, permissions),
          why(request, after));
    }

    /** The policies with a statement written otherwise, or added to its policy. */
    private Permissions withEdited(String id, Map<String, Object> edited) {
      String itsPolicy = id.substring(0, id.lastIndexOf('/'));
      return permissions.edited(
          policy -> {
            if (!policy.name().equals(itsPolicy)) {
              return policy;
            }
            List<Object> documents = new ArrayList<>();
            policy.statements().stream()
                .filter(statement -> !statement.id().equals(id))
                .forEach(statement -> documents.add(statement.document()));
            documents.add(edited);
            return Policy.of(
                itsPolicy, policy.type(), Map.of("Version", "2012-10-17", "Statement", documents));
          });
    }

    private static String why(Request request, Permissions permissions) {
      return permissions.decide(request).reason(request);
    }

    private static Optional<PermissionMap.Arrow> stranger(
        String mode, Target target, Request request, String sentence) {
      return Optional.of(
          new PermissionMap.Arrow(
              mode, target, List.of(request.action()), sentence, List.of(), NOTHING));
    }

    private Map<String, Object> document(String statement) {
      return permissions.statements().stream()
          .filter(candidate -> candidate.id().equals(statement))
          .findFirst()
          .map(Statement::document)
          .orElse(Map.of());
    }

    private Principal developer() {
      Role role = role("FalconDeveloperRole");
      return new Principal.RoleSession(role.arn(), "developer", role.tags());
    }

    private Role role(String logicalId) {
      return permissions.role(developerAccess.resource(logicalId).arn()).orElseThrow();
    }

    private LambdaFunction function(String logicalId) {
      return permissions.functions().stream()
          .filter(function -> function.logicalId().equals(logicalId))
          .findFirst()
          .orElseThrow();
    }

    private static Principal service(String name) {
      return new Principal.Service(name + ".amazonaws.com");
    }

    private static Map<String, Object> with(
        Map<String, Object> document, String key, Object value) {
      Map<String, Object> edited = new LinkedHashMap<>(document);
      edited.put(key, value);
      return edited;
    }

    private static Map<String, Object> without(Map<String, Object> document, String key) {
      Map<String, Object> edited = new LinkedHashMap<>(document);
      edited.remove(key);
      return edited;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> within(
        Map<String, Object> document, String key, UnaryOperator<Map<String, Object>> edit) {
      return with(document, key, edit.apply((Map<String, Object>) document.get(key)));
    }
  }
}
