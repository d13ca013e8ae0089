package rediscover.permissions.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two questions of every function, for push and pull, in one account and across two. */
class LambdaModelsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # resource-based policy | service | action | resource | context | outcome
          push-function | sns.amazonaws.com | lambda:InvokeFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:MyLambda | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:MyTopic | allowed
          push-function | sns.amazonaws.com | lambda:InvokeFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:MyLambda | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:Other   | no resource-based
          push-function | sns.amazonaws.com | lambda:InvokeFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:MyLambda | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-B:MyTopic | no resource-based
          push-function | sns.amazonaws.com | lambda:InvokeFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:MyLambda | -                                                    | no resource-based
          push-function | sns.amazonaws.com | lambda:InvokeFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:Other    | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:MyTopic | no resource-based
          push-function | s3.amazonaws.com  | lambda:InvokeFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:MyLambda | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:MyTopic | no resource-based
          push-function | sns.amazonaws.com | lambda:DeleteFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:MyLambda | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:MyTopic | no resource-based
          -             | sns.amazonaws.com | lambda:InvokeFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:MyLambda | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:MyTopic | no resource-based
          push-function-cross-account | sns.amazonaws.com | lambda:InvokeFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:MyLambda | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-B:MyTopic | allowed
          push-function-cross-account | sns.amazonaws.com | lambda:InvokeFunction | arn:aws:lambda:us-east-1:ACCOUNT-A:function:MyLambda | aws:SourceArn=arn:aws:sns:us-east-1:ACCOUNT-A:MyTopic | no resource-based
          bucket-function | s3.amazonaws.com  | lambda:InvokeFunction | arn:aws:lambda:us-east-2:123456789012:function:my-function | aws:SourceAccount=123456789012 aws:SourceArn=arn:aws:s3:::my-bucket | allowed
          bucket-function | s3.amazonaws.com  | lambda:InvokeFunction | arn:aws:lambda:us-east-2:123456789012:function:my-function | aws:SourceAccount=ACCOUNT-B aws:SourceArn=arn:aws:s3:::my-bucket    | no resource-based
          bucket-function | s3.amazonaws.com  | lambda:InvokeFunction | arn:aws:lambda:us-east-2:123456789012:function:my-function | aws:SourceAccount=123456789012 aws:SourceArn=arn:aws:s3:::other     | no resource-based
          bucket-function | s3.amazonaws.com  | lambda:InvokeFunction | arn:aws:lambda:us-east-2:123456789012:function:my-function | aws:SourceArn=arn:aws:s3:::my-bucket                                | no resource-based
          bucket-function | s3.amazonaws.com  | lambda:InvokeFunction | arn:aws:lambda:us-east-2:123456789012:function:my-function | aws:SourceAccount=123456789012                                      | no resource-based
          bucket-function | sns.amazonaws.com | lambda:InvokeFunction | arn:aws:lambda:us-east-2:123456789012:function:my-function | aws:SourceAccount=123456789012 aws:SourceArn=arn:aws:s3:::my-bucket | no resource-based
          """)
  void whoMayInvokeAFunction(
      String policy,
      String service,
      String action,
      String function,
      String context,
      String expected) {
    Decision decision =
        Evaluator.decide(
            Cases.request(service, action, function, context),
            Cases.policies(PolicyType.IDENTITY_BASED, "-"),
            Cases.policies(PolicyType.RESOURCE_BASED, policy));
    assertThat(Cases.outcome(decision)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # role's policies | resource's policies | role | action | resource | outcome
          push-execution-role | - | A/MyLambdaRole | dynamodb:PutItem     | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/MyTable          | allowed
          push-execution-role | - | A/MyLambdaRole | dynamodb:PutItem     | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/MyTable/index/i  | allowed
          push-execution-role | - | A/MyLambdaRole | dynamodb:PutItem     | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/MyTable2         | no identity-based
          push-execution-role | - | A/MyLambdaRole | dynamodb:PutItem     | arn:aws:dynamodb:eu-west-1:ACCOUNT-A:table/MyTable          | no identity-based
          push-execution-role | - | A/MyLambdaRole | dynamodb:PutItem     | arn:aws:dynamodb:us-east-1:ACCOUNT-B:table/MyTable          | no identity-based
          push-execution-role | - | A/MyLambdaRole | dynamodb:GetItem     | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/MyTable          | no identity-based
          push-execution-role | - | A/MyLambdaRole | logs:CreateLogGroup  | arn:aws:logs:us-east-1:ACCOUNT-A:log-group:g                | allowed
          push-execution-role | - | A/MyLambdaRole | logs:CreateLogStream | arn:aws:logs:us-east-1:ACCOUNT-A:log-group:g                | allowed
          push-execution-role | - | A/MyLambdaRole | logs:PutLogEvents    | arn:aws:logs:us-east-1:ACCOUNT-A:log-group:g:log-stream:s   | allowed
          push-execution-role | - | A/MyLambdaRole | logs:DeleteLogGroup  | arn:aws:logs:us-east-1:ACCOUNT-A:log-group:g                | no identity-based
          push-execution-role | - | A/MyLambdaRole | sqs:ReceiveMessage   | arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue                     | no identity-based
          -                   | - | A/MyLambdaRole | dynamodb:PutItem     | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/MyTable          | no identity-based
          pull-execution-role | - | A/MyLambdaRole | sqs:GetQueueAttributes | arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue                   | allowed
          pull-execution-role | - | A/MyLambdaRole | sqs:ReceiveMessage   | arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue                     | allowed
          pull-execution-role | - | A/MyLambdaRole | sqs:DeleteMessage    | arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue                     | allowed
          pull-execution-role | - | A/MyLambdaRole | sqs:SendMessage      | arn:aws:sqs:us-east-1:ACCOUNT-A:MyQueue                     | no identity-based
          pull-execution-role | - | A/MyLambdaRole | sqs:ReceiveMessage   | arn:aws:sqs:us-east-1:ACCOUNT-A:Other                       | no identity-based
          pull-execution-role | - | A/MyLambdaRole | dynamodb:PutItem     | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/MyTable          | allowed
          pull-execution-role | - | A/MyLambdaRole | logs:PutLogEvents    | arn:aws:logs:us-east-1:ACCOUNT-A:log-group:g                | allowed
          pull-execution-role | pull-queue-cross-account | A/service-role/LambdaCrossAccountSQSRole | sqs:ReceiveMessage | arn:aws:sqs:us-east-1:ACCOUNT-B:MyQueue | no identity-based
          pull-execution-role-cross-account | pull-queue-cross-account | A/service-role/LambdaCrossAccountSQSRole | sqs:ReceiveMessage          | arn:aws:sqs:us-east-1:ACCOUNT-B:MyQueue | allowed
          pull-execution-role-cross-account | pull-queue-cross-account | A/service-role/LambdaCrossAccountSQSRole | sqs:DeleteMessage           | arn:aws:sqs:us-east-1:ACCOUNT-B:MyQueue | allowed
          pull-execution-role-cross-account | pull-queue-cross-account | A/service-role/LambdaCrossAccountSQSRole | sqs:GetQueueAttributes      | arn:aws:sqs:us-east-1:ACCOUNT-B:MyQueue | allowed
          pull-execution-role-cross-account | pull-queue-cross-account | A/service-role/LambdaCrossAccountSQSRole | sqs:ChangeMessageVisibility | arn:aws:sqs:us-east-1:ACCOUNT-B:MyQueue | no identity-based
          pull-execution-role-cross-account | pull-queue-cross-account | A/LambdaCrossAccountSQSRole              | sqs:ReceiveMessage          | arn:aws:sqs:us-east-1:ACCOUNT-B:MyQueue | no resource-based
          pull-execution-role-cross-account | pull-queue-cross-account | A/service-role/AnotherRole               | sqs:ReceiveMessage          | arn:aws:sqs:us-east-1:ACCOUNT-B:MyQueue | no resource-based
          pull-execution-role-cross-account | -                        | A/service-role/LambdaCrossAccountSQSRole | sqs:ReceiveMessage          | arn:aws:sqs:us-east-1:ACCOUNT-B:MyQueue | no resource-based
          -                                 | pull-queue-cross-account | A/service-role/LambdaCrossAccountSQSRole | sqs:ReceiveMessage          | arn:aws:sqs:us-east-1:ACCOUNT-B:MyQueue | no identity-based
          pull-execution-role-cross-account | pull-queue-cross-account | A/service-role/LambdaCrossAccountSQSRole | dynamodb:PutItem            | arn:aws:dynamodb:us-east-1:ACCOUNT-A:table/MyTable | allowed
          topic-subscriber | push-topic-cross-account | A/Deployer | sns:Subscribe                | arn:aws:sns:us-east-1:ACCOUNT-B:MyTopic | allowed
          topic-subscriber | push-topic-cross-account | A/Deployer | sns:ListSubscriptionsByTopic | arn:aws:sns:us-east-1:ACCOUNT-B:MyTopic | allowed
          topic-subscriber | push-topic-cross-account | A/Deployer | sns:Receive                  | arn:aws:sns:us-east-1:ACCOUNT-B:MyTopic | allowed
          topic-subscriber | push-topic-cross-account | A/Deployer | sns:Publish                  | arn:aws:sns:us-east-1:ACCOUNT-B:MyTopic | no resource-based
          topic-subscriber | -                        | A/Deployer | sns:Subscribe                | arn:aws:sns:us-east-1:ACCOUNT-B:MyTopic | no resource-based
          -              | push-topic-cross-account | A/Deployer | sns:Subscribe                | arn:aws:sns:us-east-1:ACCOUNT-B:MyTopic | no identity-based
          topic-subscriber | push-topic-cross-account | A/Deployer | sns:Subscribe                | arn:aws:sns:us-east-1:ACCOUNT-B:Other   | no resource-based
          """)
  void whatAFunctionMayCall(
      String identity, String resource, String role, String action, String arn, String expected) {
    Decision decision =
        Evaluator.decide(
            Cases.request(role, action, arn, "-"),
            Cases.policies(PolicyType.IDENTITY_BASED, identity),
            Cases.policies(PolicyType.RESOURCE_BASED, resource));
    assertThat(Cases.outcome(decision)).isEqualTo(expected);
  }
}
