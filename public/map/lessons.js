/**
 * The lessons of the map. A lesson shows its steps one by one: the text `say`, and a `button` that runs `act` and goes to
 * the next step. On a live map, `live` replaces `say`.
 *
 * act.off, act.on   statements to switch
 * act.stage         an experiment of permissions.json to show with the real policies
 * act.write         an experiment to show with the lesson's policy; `then` is its result
 * act.clear         ends every experiment
 * show              the statement or the experiment whose arrow to highlight
 */
export const LESSONS = [
  {
    id: 'put-item',
    title: 'A writer without PutItem',
    accounts: 1,
    source: ['Execution roles', 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html'],
    steps: [
      {
        say: 'topic-writer stores each like with dynamodb:PutItem. One statement of its execution role allows that: StoreLikes. Remove it.',
        show: 'TopicWriterRole/StoreLikes',
        button: 'Remove StoreLikes',
        act: { off: ['TopicWriterRole/StoreLikes'] },
      },
      {
        say: 'SNS still invokes the function, because its resource-based policy is unchanged. The call inside the function is denied. Lambda retries twice, then sends the message to the dead-letter queue.',
        live: 'This map is live: publish a like with the aws command that the run printed. SNS still invokes the function, but the call inside it is denied. The message ends in the dead-letter queue.',
        show: 'TopicWriterRole/StoreLikes',
        button: 'Restore StoreLikes',
        act: { on: ['TopicWriterRole/StoreLikes'] },
      },
      {
        say: 'Fixed. The message is still in the dead-letter queue: redrive it to store the like. “May be invoked” and “may call” are two policies, so check both.',
        show: 'TopicWriterRole/StoreLikes',
      },
    ],
  },
  {
    id: 'source-arn',
    title: 'A permission for every topic',
    accounts: 1,
    source: ['The confused deputy problem', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html'],
    begin: { stage: 'no-source-arn' },
    steps: [
      {
        say: 'SNS may invoke topic-writer, but only for one topic: the condition names aws:SourceArn. A stranger’s topic is denied, as intended.',
        show: 'no-source-arn',
        button: 'Remove SourceArn',
        act: {
          write: 'no-source-arn',
          then: 'topic-writer stores the stranger’s message like one of yours.',
        },
      },
      {
        say: 'Now only the principal counts, and sns.amazonaws.com covers every topic in every account. Anyone who knows the function’s ARN can push to it.',
        show: 'no-source-arn',
        button: 'Restore SourceArn',
        act: { stage: 'no-source-arn' },
      },
      {
        say: 'Fixed. Name the source in every permission for a service. SAM does this for a function’s events. In your own AWS::Lambda::Permission, you must do it.',
        show: 'no-source-arn',
      },
    ],
  },
  {
    id: 'source-account',
    title: 'A bucket that changed hands',
    accounts: 1,
    source: ['AddPermission, SourceAccount', 'https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html'],
    begin: { stage: 'no-source-account' },
    steps: [
      {
        say: 'A bucket’s ARN contains no account. Suppose you delete the bucket and a stranger takes its name. The permission also names the owner’s account, so the stranger’s uploads are denied.',
        show: 'no-source-account',
        button: 'Remove SourceAccount',
        act: {
          write: 'no-source-account',
          then: 'The stranger’s upload invokes archive-importer.',
        },
      },
      {
        say: 'SourceArn still matches, because the name is the same. Nothing distinguishes the two owners.',
        show: 'no-source-account',
        button: 'Restore SourceAccount',
        act: { stage: 'no-source-account' },
      },
      {
        say: 'Fixed. For S3, set both: SourceArn for the bucket, SourceAccount for its owner.',
        show: 'no-source-account',
      },
    ],
  },
  {
    id: 'delete-message',
    title: 'Polled, but never deleted',
    accounts: 1,
    source: ['Permissions of an SQS event source', 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html'],
    steps: [
      {
        say: 'Lambda polls the queue with queue-writer’s role. It receives messages, and deletes them after the function succeeds. The role must allow both.',
        show: 'QueueWriterRole/PollTheQueue',
        button: 'Remove DeleteMessage',
        act: {
          write: 'no-delete',
          then: 'queue-writer stores the likes, but the message returns after the visibility timeout. After 3 receives, SQS moves it to DeadLetterQueue.',
        },
      },
      {
        say: 'The function processes each message three times, and then it looks like a failure. Here a duplicate like is stored once; a duplicate payment would not be.',
        show: 'QueueWriterRole/PollTheQueue',
        button: 'Restore DeleteMessage',
        act: { clear: true },
      },
      {
        say: 'Fixed. To poll a queue, an execution role needs three actions: ReceiveMessage, DeleteMessage and GetQueueAttributes.',
        show: 'QueueWriterRole/PollTheQueue',
      },
    ],
  },
  {
    id: 'parameter-arn',
    title: 'One slash too many',
    accounts: 1,
    source: ['How Parameter Store authorizes retrieval', 'https://docs.aws.amazon.com/systems-manager/latest/userguide/ps-retrieval-authorization.html'],
    steps: [
      {
        say: 'random-like reads X’s credentials from one SSM parameter. Its role names the parameter’s ARN, which ends in parameter/TWITTER_AUTH.',
        show: 'RandomLikeRole/ReadTheCredentials',
        button: 'Write parameter//TWITTER_AUTH',
        act: {
          write: 'wrong-parameter',
          then: 'A name without stored likes gets status 500. Stored likes still appear, so you notice late.',
        },
      },
      {
        say: 'This ARN names nothing, and no error says so: IAM does not check that a resource exists. The deployment succeeds, and the call fails.',
        show: 'RandomLikeRole/ReadTheCredentials',
        button: 'Correct the ARN',
        act: { clear: true },
      },
      {
        say: 'Fixed. The ARN of a parameter called /rediscover/x ends in parameter/rediscover/x, with a single slash. template.yaml removes a double slash.',
        show: 'RandomLikeRole/ReadTheCredentials',
      },
    ],
  },
  {
    id: 'both-sides',
    title: 'One side of two accounts',
    accounts: 2,
    source: ['Cross-account policy evaluation', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html'],
    steps: [
      {
        say: 'Push: a topic in account 210987654321 invokes your function. Remove your side, the function’s permission.',
        show: 'TopicWriterFunction/OtherTopicPermission',
        button: 'Remove OtherTopicPermission',
        act: { off: ['TopicWriterFunction/OtherTopicPermission'] },
      },
      {
        say: 'The function refuses the topic, whatever the topic’s own policy says.',
        live: 'Publish a like to the other account’s topic. The function refuses it, whatever the topic’s own policy says.',
        show: 'TopicWriterFunction/OtherTopicPermission',
        button: 'Remove the other side instead',
        act: { on: ['TopicWriterFunction/OtherTopicPermission'], off: ['LikesTopicPolicy/LetAccountASubscribe'] },
      },
      {
        say: 'The topic’s policy does not let your account subscribe. The function’s permission does not help: SNS never pushes to it.',
        live: 'Publish a like to the other account’s topic. The topic’s policy does not let your account subscribe, and the function’s permission does not help.',
        show: 'LikesTopicPolicy/LetAccountASubscribe',
        button: 'Now pull: remove your side',
        act: { on: ['LikesTopicPolicy/LetAccountASubscribe'], off: ['QueueWriterRole/PollTheOtherQueue'] },
      },
      {
        say: 'Lambda polls the other account’s queue with your role, and the role does not allow it. AWS says “no identity-based policy”: that is your side.',
        show: 'QueueWriterRole/PollTheOtherQueue',
        button: 'Remove the other side instead',
        act: { on: ['QueueWriterRole/PollTheOtherQueue'], off: ['LikesQueuePolicy/LetTheQueueWriterPoll'] },
      },
      {
        say: 'Now AWS says “no resource-based policy”: the queue’s owner must allow it. Within one account, the role alone is enough.',
        show: 'QueueWriterRole/PollTheOtherQueue',
        button: 'Restore everything',
        act: { on: ['LikesQueuePolicy/LetTheQueueWriterPoll'] },
      },
      {
        say: 'Fixed. Across accounts, both sides must allow a request. The error message names the side that did not.',
        show: 'QueueWriterRole/PollTheOtherQueue',
      },
    ],
  },
  {
    id: 'least-privilege',
    title: 'One statement too many',
    accounts: 1,
    source: ['Apply least-privilege permissions', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
    begin: { stage: 'too-much' },
    steps: [
      {
        say: 'random-like reads likes and never deletes one. Its role does not allow deletion either.',
        show: 'too-much',
        button: 'Add a statement, TidyUp',
        act: {
          write: 'too-much',
          then: 'Nothing fails. Any code that gets into random-like can now delete every like.',
        },
      },
      {
        say: 'No call fails, so nobody notices. That is why an unneeded statement stays for years.',
        show: 'too-much',
        button: 'Remove TidyUp',
        act: { stage: 'too-much' },
      },
      {
        say: 'Fixed. Ask what fails without each statement. If nothing fails, remove it. LeastPrivilegeTest asks this for every statement here, and lists everything else as denied.',
        show: 'too-much',
      },
    ],
  },
  {
    id: 'tag',
    title: 'A tag that lets a developer in',
    accounts: 1,
    source: ['Attribute-based access control in Lambda', 'https://docs.aws.amazon.com/lambda/latest/dg/attribute-based-access-control-example.html'],
    begin: { stage: 'tag-any' },
    steps: [
      {
        say: 'templates/developer-access.yaml lets developers work on functions with their project’s tag. topic-writer has the tag rediscover. A developer of Project Falcon may not change it, because the statement checks the existing tag.',
        show: 'tag-any',
        button: 'Remove aws:ResourceTag',
        act: {
          write: 'tag-any',
          then: 'The developer tags topic-writer with project-name=falcon.',
        },
      },
      {
        say: 'Now the statement checks only the new tag, and the developer chooses it.',
        show: 'tag-any',
        button: 'Tag it as falcon',
        act: {
          write: 'tagged',
          then: 'The tags match, so the developer may replace the code, and the code runs with topic-writer’s role.',
        },
      },
      {
        say: 'If you can set a tag, you can satisfy every condition on it. One missing line gave the function away.',
        show: 'tagged',
        button: 'Restore aws:ResourceTag',
        act: { clear: true, stage: 'tag-any' },
      },
      {
        say: 'Fixed. To control tag changes, check both: the tag in the request and the tag on the resource.',
        show: 'tag-any',
      },
    ],
  },
];
