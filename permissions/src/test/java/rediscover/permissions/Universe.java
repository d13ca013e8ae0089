package rediscover.permissions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rediscover.permissions.policy.Principal;
import rediscover.permissions.policy.Request;
import rediscover.permissions.template.Resource;
import rediscover.permissions.template.Template;

/** All who might ask for something, and all that they might ask for, by name. */
final class Universe {

  private final Map<String, Caller> callers;

  private final Map<String, Target> resources = new LinkedHashMap<>();

  private Universe(Map<String, Caller> callers, Map<String, String> arns) {
    this.callers = callers;
    arns.forEach((name, arn) -> resources.put(name, Target.of(arn)));
  }

  static Universe of(Template application, Template otherAccount) {
    return new Universe(callers(application, otherAccount), resources(application, otherAccount));
  }

  Set<String> callers() {
    return callers.keySet();
  }

  Set<String> resources() {
    return resources.keySet();
  }

  Request request(Access access) {
    Target target = resources.get(access.resource());
    return callers.get(access.who()).request(access.action(), target);
  }

  /**
   * Somebody who may ask for something.
   *
   * @param context what every request of theirs says
   */
  private record Caller(Principal principal, Map<String, List<String>> context) {

    Request request(String action, Target target) {
      return new Request(principal, action, target.arn(), target.owner(), context);
    }
  }

  /** A resource and its account. */
  private record Target(String arn, String owner) {

    /** A bucket's ARN names no account; every bucket here is account A's. */
    static Target of(String arn) {
      return new Target(arn, arn.contains(Stacks.ACCOUNT_B) ? Stacks.ACCOUNT_B : Stacks.ACCOUNT_A);
    }
  }

  private static Map<String, Caller> callers(Template application, Template otherAccount) {
    Map<String, Caller> callers = new LinkedHashMap<>();
    Permissions permissions = Permissions.of(application);
    for (LambdaFunction function : permissions.functions()) {
      Caller caller = new Caller(permissions.session(function), Map.of());
      callers.put(function.logicalId(), caller);
    }
    String route = application.resource("LikesHttpApi").arn() + "/$default/GET/u/someone";
    String topic = application.resource("LikesTopic").arn();
    String otherTopic = otherAccount.resource("LikesTopic").arn();
    String bucket = application.resource("ArchiveBucket").arn();
    String own = Stacks.ACCOUNT_A;
    String other = Stacks.ACCOUNT_B;
    callers.put("API Gateway, the route", service("apigateway", own, route));
    String authorizer = application.resource("LikesHttpApi").arn() + "/authorizers/a1b2c3";
    callers.put("API Gateway, the authorizer", service("apigateway", own, authorizer));
    String elsewhere = "arn:aws:execute-api:us-east-1:" + own + ":0123456789/authorizers/a1b2c3";
    callers.put("API Gateway, another API's authorizer", service("apigateway", own, elsewhere));
    callers.put("SNS, LikesTopic", service("sns", own, topic));
    callers.put("SNS, B's LikesTopic", service("sns", other, otherTopic));
    callers.put("S3, ArchiveBucket", service("s3", own, bucket));
    callers.put("Lambda", new Caller(new Principal.Service("lambda.amazonaws.com"), Map.of()));

    callers.put("API Gateway, a route", service("apigateway", own, route.replace("GET", "POST")));
    callers.put("SNS, another topic", service("sns", own, topic + "2"));
    callers.put("S3, another bucket", service("s3", own, bucket + "2"));
    callers.put("S3, a bucket of B", service("s3", other, bucket));
    callers.put("SNS, no topic", new Caller(new Principal.Service("sns.amazonaws.com"), Map.of()));
    for (String account : List.of(own, other)) {
      String role = "arn:aws:iam::" + account + ":role/somebody";
      Principal somebody = new Principal.RoleSession(role, "session", Map.of());
      callers.put("a role of " + account, new Caller(somebody, Map.of()));
    }
    return callers;
  }

  private static Caller service(String name, String sourceAccount, String sourceArn) {
    return new Caller(
        new Principal.Service(name + ".amazonaws.com"),
        Map.of("aws:SourceAccount", List.of(sourceAccount), "aws:SourceArn", List.of(sourceArn)));
  }

  /** ARNs by name: what the stacks have, what lies in it, and what is in neither. */
  private static Map<String, String> resources(Template application, Template otherAccount) {
    Map<String, String> arns = new LinkedHashMap<>();
    add(arns, "", application);
    add(arns, "B's ", otherAccount);
    String ours = "us-east-1:" + Stacks.ACCOUNT_A + ":";
    arns.put("TWITTER_AUTH", "arn:aws:ssm:" + ours + "parameter/TWITTER_AUTH");
    arns.put("ACCESS_KEY", "arn:aws:ssm:" + ours + "parameter/ACCESS_KEY");
    arns.put("no resource", "*");
    arns.put("another bucket", "arn:aws:s3:::rediscover-archives");
    arns.put("another object", "arn:aws:s3:::rediscover-archives/someone/like.js");
    for (String account : List.of(Stacks.ACCOUNT_A, Stacks.ACCOUNT_B)) {
      for (String another :
          List.of(
              "dynamodb:us-east-1:%s:table/rediscover-LikesTable2",
              "iam::%s:role/rediscover-Another",
              "iam::%s:user/somebody",
              "lambda:us-east-1:%s:function:rediscover-Another",
              "logs:us-east-1:%s:log-group:/rediscover/another:log-stream:s",
              "sns:us-east-1:%s:rediscover-LikesTopic2",
              "sqs:us-east-1:%s:rediscover-LikesQueue2",
              "sqs:eu-west-1:%s:rediscover-LikesQueue",
              "ssm:us-east-1:%s:parameter/TWITTER_AUTH/2")) {
        String arn = "arn:aws:" + another.formatted(account);
        arns.put(arn, arn);
      }
    }
    return arns;
  }

  private static void add(Map<String, String> arns, String whose, Template template) {
    for (Resource resource : template.resources().values()) {
      String name = whose + resource.logicalId();
      resource
          .physicalId()
          .map(id -> id.arn())
          .filter(arn -> !arn.isEmpty())
          .ifPresent(
              arn -> {
                arns.put(name, arn);
                switch (resource.type()) {
                  case "AWS::DynamoDB::Table" -> arns.put(name + ", an index", arn + "/index/i");
                  case "AWS::Serverless::Function" -> {
                    arns.put(name + ", a version", arn + ":1");
                    resource
                        .properties()
                        .optional("AutoPublishAlias")
                        .ifPresent(alias -> arns.put(name + ", its alias", arn + ":" + alias));
                  }
                  case "AWS::Logs::LogGroup" ->
                      arns.put(name + ", a stream", arn.replaceAll("\\*$", "log-stream:s"));
                  case "AWS::S3::Bucket" ->
                      arns.put(name + ", an object", arn + "/someone/like.js");
                  default -> {
                    // Nothing lies in it that has an ARN of its own.
                  }
                }
              });
    }
  }
}
