package rediscover.permissions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import rediscover.permissions.template.Deployment;
import rediscover.permissions.template.Template;

/** Small templates that the tests write. */
final class TestTemplates {

  /** A role that Lambda may assume and that may do nothing, for templates that start a block. */
  private static final String ROLE =
      """

        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: '2012-10-17'
              Statement:
                Effect: Allow
                Principal: {Service: lambda.amazonaws.com}
                Action: sts:AssumeRole
      """;

  /** The same in one line, for templates that are written in one. */
  private static final String ROLE_IN_LINE =
      "Resources: {Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {"
          + "Version: '2012-10-17', Statement: {Effect: Allow, Principal:"
          + " {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}}}}, ";

  private TestTemplates() {}

  /** Reads a template, to whose resources a role called Role is added. */
  static Template readWithRole(Path directory, String account, String text) throws IOException {
    return read(
        directory,
        account,
        text.startsWith("Resources: {")
            ? ROLE_IN_LINE + text.substring("Resources: {".length())
            : text.replace("Resources:\n", "Resources:" + ROLE));
  }

  /** Reads a template of one role, called Role, with a policy of one statement. */
  static Template readRoleWith(Path directory, String account, String statement)
      throws IOException {
    String policy =
        """
              Policies:
                - PolicyName: policy
                  PolicyDocument: {Version: '2012-10-17', Statement: {%s}}
        """;
    return read(directory, account, "Resources:" + ROLE + policy.formatted(statement));
  }

  static Template read(Path directory, String account, String text) throws IOException {
    Path file = Files.writeString(directory.resolve("template.yaml"), text);
    Deployment deployment = Deployment.onAws("stack", "us-east-1", account);
    return Template.read(file, deployment, Map.of());
  }
}
