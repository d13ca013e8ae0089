package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Examples that the <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html">IAM user guide</a>
 * explains, with the outcome that it gives.
 */
class DocumentedExamplesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # role's policies | resource's policies | principal | action | resource | context | outcome
          # everything but signing in with a second factor is denied without one; IfExists also denies no access key
          aws-mfa-guard    | - | A/User | s3:GetObject           | arn:aws:s3:::docs/a            | aws:MultiFactorAuthPresent=true  | allowed
          aws-mfa-guard    | - | A/User | s3:GetObject           | arn:aws:s3:::docs/a            | aws:MultiFactorAuthPresent=false | denied
          aws-mfa-guard    | - | A/User | iam:EnableMFADevice    | arn:aws:iam::ACCOUNT-A:mfa/a   | aws:MultiFactorAuthPresent=false | allowed
          aws-mfa-guard    | - | A/User | s3:GetObject           | arn:aws:s3:::docs/a            | -                                | denied
          # NotResource: all buckets but one folder
          aws-not-resource | - | A/User | s3:GetObject           | arn:aws:s3:::HRBucket/Payroll/may | - | allowed
          aws-not-resource | - | A/User | s3:GetObject           | arn:aws:s3:::HRBucket/Payroll     | - | allowed
          aws-not-resource | - | A/User | s3:GetObject           | arn:aws:s3:::HRBucket/Other       | - | denied
          aws-not-resource | - | A/User | s3:ListBucket          | arn:aws:s3:::docs                 | - | denied
          # NotAction: everything but IAM
          aws-not-action   | - | A/User | s3:GetObject           | arn:aws:s3:::docs/a               | - | allowed
          aws-not-action   | - | A/User | iam:CreateUser         | arn:aws:iam::ACCOUNT-A:user/a     | - | no identity-based
          # A bucket that wants TLS, read from its own account and from another
          aws-read-objects | aws-bucket-tls | A/User | s3:GetObject | arn:aws:s3:::docs/a | aws:SecureTransport=true  | allowed
          aws-read-objects | aws-bucket-tls | A/User | s3:GetObject | arn:aws:s3:::docs/a | aws:SecureTransport=false | denied
          -                | aws-bucket-tls | A/User | s3:GetObject | arn:aws:s3:::docs/a | aws:SecureTransport=true  | no identity-based
          aws-read-objects | aws-bucket-tls | B/User | s3:GetObject | arn:aws:s3:::docs/a | aws:SecureTransport=true  | no resource-based
          aws-read-objects | -              | A/User | s3:GetObject | arn:aws:s3:::docs/a | aws:SecureTransport=true  | allowed
          aws-read-objects | -              | A/User | s3:PutObject | arn:aws:s3:::docs/a | aws:SecureTransport=true  | no identity-based
          # A policy variable with a default
          aws-team-folder  | - | A/User team=yellow | s3:GetObject | arn:aws:s3:::docs/yellow/a       | - | allowed
          aws-team-folder  | - | A/User team=yellow | s3:GetObject | arn:aws:s3:::docs/company-wide/a | - | no identity-based
          aws-team-folder  | - | A/User             | s3:GetObject | arn:aws:s3:::docs/company-wide/a | - | allowed
          aws-team-folder  | - | A/User             | s3:GetObject | arn:aws:s3:::docs/yellow/a       | - | no identity-based
          aws-team-folder  | - | A/User team=*      | s3:GetObject | arn:aws:s3:::docs/yellow/a       | - | no identity-based
          # ForAllValues holds when the request has none, which Null: false closes
          aws-attributes         | - | A/User | dynamodb:GetItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | dynamodb:Attributes=ID,Message         | allowed
          aws-attributes         | - | A/User | dynamodb:GetItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | dynamodb:Attributes=ID,Message,Tags    | allowed
          aws-attributes         | - | A/User | dynamodb:GetItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | dynamodb:Attributes=ID,Password        | no identity-based
          aws-attributes         | - | A/User | dynamodb:GetItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | -                                      | allowed
          aws-attributes-present | - | A/User | dynamodb:GetItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | dynamodb:Attributes=ID                 | allowed
          aws-attributes-present | - | A/User | dynamodb:GetItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | -                                      | no identity-based
          aws-attributes-present | - | A/User | dynamodb:GetItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | dynamodb:Attributes=                   | no identity-based
          # ForAnyValue: one is enough
          aws-any-attribute      | - | A/User | dynamodb:PutItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | dynamodb:Attributes=Message,ID         | denied
          aws-any-attribute      | - | A/User | dynamodb:PutItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | dynamodb:Attributes=Message            | allowed
          aws-any-attribute      | - | A/User | dynamodb:PutItem | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/Thread | -                                      | allowed
          # Between two dates
          aws-period | - | A/User | iam:CreateAccessKey | arn:aws:iam::ACCOUNT-A:user/a | aws:CurrentTime=2020-05-01T00:00:00Z | allowed
          aws-period | - | A/User | iam:CreateAccessKey | arn:aws:iam::ACCOUNT-A:user/a | aws:CurrentTime=2020-03-31T23:59:59Z | no identity-based
          aws-period | - | A/User | iam:CreateAccessKey | arn:aws:iam::ACCOUNT-A:user/a | aws:CurrentTime=2020-07-01T00:00:00Z | no identity-based
          aws-period | - | A/User | iam:CreateUser      | arn:aws:iam::ACCOUNT-A:user/a | aws:CurrentTime=2020-05-01T00:00:00Z | no identity-based
          # A number
          aws-max-keys | - | A/User | s3:ListBucket | arn:aws:s3:::docs | s3:max-keys=10 | allowed
          aws-max-keys | - | A/User | s3:ListBucket | arn:aws:s3:::docs | s3:max-keys=9  | allowed
          aws-max-keys | - | A/User | s3:ListBucket | arn:aws:s3:::docs | s3:max-keys=11 | no identity-based
          aws-max-keys | - | A/User | s3:ListBucket | arn:aws:s3:::docs | -              | no identity-based
          # A topic that sends to a queue
          - | aws-topic-to-queue | sns.amazonaws.com | sqs:SendMessage    | arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:MyTopic | allowed
          - | aws-topic-to-queue | sns.amazonaws.com | sqs:SendMessage    | arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:Other   | no resource-based
          - | aws-topic-to-queue | sns.amazonaws.com | sqs:ReceiveMessage | arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:MyTopic | no resource-based
          # The tutorial on tags
          aws-abac-resource-tag | - | A/User access-project=peg access-team=eng | secretsmanager:GetSecretValue | arn:aws:secretsmanager:us-east-1:ACCOUNT-A:secret:a | aws:ResourceTag/access-project=peg aws:ResourceTag/access-team=eng | allowed
          aws-abac-resource-tag | - | A/User access-project=peg access-team=eng | secretsmanager:GetSecretValue | arn:aws:secretsmanager:us-east-1:ACCOUNT-A:secret:a | aws:ResourceTag/access-project=uni aws:ResourceTag/access-team=eng | no identity-based
          aws-abac-resource-tag | - | A/User access-project=peg access-team=eng | secretsmanager:GetSecretValue | arn:aws:secretsmanager:us-east-1:ACCOUNT-A:secret:a | aws:ResourceTag/access-project=peg                                 | no identity-based
          aws-abac-resource-tag | - | A/User access-project=peg                 | secretsmanager:GetSecretValue | arn:aws:secretsmanager:us-east-1:ACCOUNT-A:secret:a | aws:ResourceTag/access-project=peg aws:ResourceTag/access-team=eng | no identity-based
          aws-abac-resource-tag | - | A/User access-project=peg access-team=eng | secretsmanager:TagResource    | arn:aws:secretsmanager:us-east-1:ACCOUNT-A:secret:a | aws:ResourceTag/access-project=peg aws:ResourceTag/access-team=eng aws:RequestTag/access-project=uni aws:TagKeys=access-project | no identity-based
          aws-abac-resource-tag | - | A/User access-project=peg access-team=eng | secretsmanager:TagResource    | arn:aws:secretsmanager:us-east-1:ACCOUNT-A:secret:a | aws:ResourceTag/access-project=peg aws:ResourceTag/access-team=eng aws:TagKeys=color | no identity-based
          aws-abac-resource-tag | - | A/User access-project=peg access-team=eng | secretsmanager:UntagResource  | arn:aws:secretsmanager:us-east-1:ACCOUNT-A:secret:a | aws:ResourceTag/access-project=peg aws:ResourceTag/access-team=eng aws:TagKeys=access-team | denied
          aws-abac-resource-tag | - | A/User access-project=peg access-team=eng | secretsmanager:UntagResource  | arn:aws:secretsmanager:us-east-1:ACCOUNT-A:secret:a | aws:ResourceTag/access-project=peg aws:ResourceTag/access-team=eng aws:TagKeys=cost-center | allowed
          # Only from the own network, unless AWS itself calls
          - | aws-service-only | logs.amazonaws.com | s3:PutObject | arn:aws:s3:::docs/a | -                          | allowed
          - | aws-service-only | A/User             | s3:PutObject | arn:aws:s3:::docs/a | aws:SourceVpc=vpc-111bbb22 | allowed
          - | aws-service-only | A/User             | s3:PutObject | arn:aws:s3:::docs/a | aws:SourceVpc=vpc-0        | denied
          """)
  void theOutcomeIsTheDocumentedOne(
      String identity,
      String resource,
      String principal,
      String action,
      String arn,
      String context,
      String expected) {
    Decision decision =
        Evaluator.decide(
            ownedByA(Cases.request(principal, action, arn, context)),
            Cases.policies(PolicyType.IDENTITY_BASED, identity),
            Cases.policies(PolicyType.RESOURCE_BASED, resource));
    assertThat(Cases.outcome(decision)).isEqualTo(expected);
  }

  /** What a bucket's ARN does not say. */
  private static Request ownedByA(Request request) {
    assertThat(request.resourceAccount()).isEqualTo(Cases.ACCOUNT_A);
    return request;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # A role is assumed only if it trusts: a service, a role by name, or an account whose policies allow it
          -              | lambda.amazonaws.com | allowed
          -              | sns.amazonaws.com    | no resource-based
          -              | A/Trusted            | allowed
          -              | A/Other              | no identity-based
          aws-may-assume | A/Other              | allowed
          aws-may-assume | B/Other              | no resource-based
          """)
  void aRoleIsAssumedByWhomItTrusts(String identity, String principal, String expected) {
    Decision decision =
        Evaluator.decide(
            Cases.request(principal, "sts:AssumeRole", "arn:aws:iam::ACCOUNT-A:role/Target", "-"),
            Cases.policies(PolicyType.IDENTITY_BASED, identity),
            Cases.policies(PolicyType.TRUST, "aws-role-trust"));
    assertThat(Cases.outcome(decision)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # A key of KMS is used as its policy says: that of an administrator alone leaves others out
          A/User | aws-decrypt | -               | no resource-based
          A/User | aws-decrypt | aws-key-default | allowed
          A/User | -           | aws-key-default | no identity-based
          A/User | aws-decrypt | aws-key-admin   | no resource-based
          A/Admin | -          | aws-key-admin   | allowed
          B/User | aws-decrypt | aws-key-default | no resource-based
          """)
  void aKeyOfKmsIsUsedAsItsPolicySays(
      String principal, String identity, String resource, String expected) {
    Decision decision =
        Evaluator.decide(
            Cases.request(principal, "kms:Decrypt", "arn:aws:kms:us-east-1:ACCOUNT-A:key/k", "-"),
            Cases.policies(PolicyType.IDENTITY_BASED, identity),
            Cases.policies(PolicyType.RESOURCE_BASED, resource));
    assertThat(Cases.outcome(decision)).isEqualTo(expected);
  }

  @Test
  void whoOneIsMayBeAskedByEverybody() {
    Request request = Cases.request("A/User", "sts:GetCallerIdentity", "*", "-");
    Policy nothing =
        Cases.parse(
            "nothing",
            PolicyType.IDENTITY_BASED,
            """
            {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}
            """);
    Decision decision = Evaluator.decide(request, List.of(nothing), List.of());
    assertThat(decision.isAllowed()).isTrue();
    assertThat(decision.explain(request)).endsWith("because it needs no permission");
  }

  @ParameterizedTest
  @CsvSource({"aws-may-assume", "-"})
  void aRoleThatTrustsNobodyIsNotAssumed(String identity) {
    Request request =
        Cases.request("A/Other", "sts:AssumeRole", "arn:aws:iam::ACCOUNT-A:role/Target", "-");
    assertThat(
            Evaluator.decide(
                    request, Cases.policies(PolicyType.IDENTITY_BASED, identity), List.of())
                .isAllowed())
        .isFalse();
  }
}
