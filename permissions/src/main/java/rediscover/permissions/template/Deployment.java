package rediscover.permissions.template;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * Where a stack is deployed.
 *
 * @param stackName the first part of every generated name
 * @param region such as {@code us-east-1}
 * @param accountId twelve digits
 * @param endpoint the start of queue URLs, such as {@code https://sqs.us-east-1.amazonaws.com}
 */
public record Deployment(String stackName, String region, String accountId, URI endpoint) {

  public Deployment {
    Objects.requireNonNull(stackName, "stackName");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(endpoint, "endpoint");
    if (!accountId.matches("[0-9]{12}")) {
      throw new IllegalArgumentException("An account id has twelve digits");
    }
  }

  /** A deployment with AWS's queue URLs. */
  public static Deployment onAws(String stackName, String region, String accountId) {
    URI endpoint = URI.create("https://sqs." + region + "." + urlSuffix(region));
    return new Deployment(stackName, region, accountId, endpoint);
  }

  /** The value of {@code AWS::Partition}. */
  public String partition() {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** The value of {@code AWS::URLSuffix}. */
  public String urlSuffix() {
    return urlSuffix(region);
  }

  /** The value of {@code AWS::StackId}, always the same for a stack name. */
  public String stackId() {
    UUID id = UUID.nameUUIDFromBytes(stackName.getBytes(StandardCharsets.UTF_8));
    return arn("cloudformation", "stack/" + stackName + "/" + id);
  }

  /** The ARN of a resource in this region and account. */
  String arn(String service, String resource) {
    return String.join(":", "arn", partition(), service, region, accountId, resource);
  }

  /** The URL of a queue, which is its {@code Ref}. */
  String queueUrl(String queueName) {
    String base = endpoint.toString();
    return (base.endsWith("/") ? base : base + "/") + accountId + "/" + queueName;
  }

  private static String urlSuffix(String region) {
    return region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  }
}
