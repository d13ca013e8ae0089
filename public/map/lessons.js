/**
 * The lessons beside the map. A lesson shows its steps one by one: `say`, and a `button` that does what `act` names and
 * leads to the next step. `live` is said instead of `say` where the map is live.
 *
 * act.off, act.on   statements to switch
 * act.stage         an experiment of permissions.json to show as the policies are
 * act.write         an experiment to show as a lesson writes it, and `then` what comes of it
 * act.clear         ends every experiment
 * show              the statement or the experiment whose arrow the reader should look at
 */
export const LESSONS = [
  {
    id: 'put-item',
    title: 'A writer without PutItem',
    accounts: 1,
    source: ['Execution roles', 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html'],
    steps: [
      {
        say: 'topic-writer stores each like with dynamodb:PutItem. One statement of its execution role allows that: StoreLikes. Take it away.',
        show: 'TopicWriterRole/StoreLikes',
        button: 'Take StoreLikes away',
        act: { off: ['TopicWriterRole/StoreLikes'] },
      },
      {
        say: 'SNS still invokes the function: that is another policy, and it is untouched. The call inside the function is denied. Lambda retries twice, and the message ends in the dead-letter queue.',
        live: 'This map is live: publish a like with the aws command that the run printed. SNS still invokes the function, the call inside it is denied, and the message ends in the dead-letter queue.',
        show: 'TopicWriterRole/StoreLikes',
        button: 'Give StoreLikes back',
        act: { on: ['TopicWriterRole/StoreLikes'] },
      },
      {
        say: 'Fixed. The message is still in the dead-letter queue: redrive it, and the like is stored. “May be invoked” and “may call” are two policies, so check both.',
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
        say: 'SNS may invoke topic-writer, but only for one topic: the condition names aws:SourceArn. A stranger’s topic is denied, as it should be.',
        show: 'no-source-arn',
        button: 'Leave SourceArn out',
        act: {
          write: 'no-source-arn',
          then: 'The stranger’s message is stored like one of yours.',
        },
      },
      {
        say: 'Now only the principal counts, and sns.amazonaws.com is every topic of every account. Whoever knows the function’s ARN can push to it.',
        show: 'no-source-arn',
        button: 'Put SourceArn back',
        act: { stage: 'no-source-arn' },
      },
      {
        say: 'Fixed. Name the source in each permission for a service. SAM does it for a function’s events; in your own AWS::Lambda::Permission you do.',
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
        say: 'A bucket’s ARN names no account. Suppose you delete the bucket and a stranger takes its name. The permission also names the account that owns the bucket, so the stranger’s uploads are denied.',
        show: 'no-source-account',
        button: 'Leave SourceAccount out',
        act: {
          write: 'no-source-account',
          then: 'The stranger’s upload invokes archive-importer.',
        },
      },
      {
        say: 'SourceArn still matches, because the name is the same. Nothing tells the two owners apart.',
        show: 'no-source-account',
        button: 'Put SourceAccount back',
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
        say: 'Lambda polls the queue with queue-writer’s role. It receives messages, and deletes them after the function has succeeded. The role has to allow both.',
        show: 'QueueWriterRole/PollTheQueue',
        button: 'Leave DeleteMessage out',
        act: {
          write: 'no-delete',
          then: 'The likes are stored, but the message comes back after the visibility timeout. After 3 receives SQS moves it to DeadLetterQueue.',
        },
      },
      {
        say: 'Each message is processed three times and then looks like a failure, although nothing failed. Here a like that comes twice is stored once; a payment would not be.',
        show: 'QueueWriterRole/PollTheQueue',
        button: 'Put DeleteMessage back',
        act: { clear: true },
      },
      {
        say: 'Fixed. To be polled, a queue takes three actions in the execution role: ReceiveMessage, DeleteMessage and GetQueueAttributes.',
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
        say: 'random-like reads X’s credentials from one SSM parameter. Its role names that parameter by its ARN, which ends in parameter/TWITTER_AUTH.',
        show: 'RandomLikeRole/ReadTheCredentials',
        button: 'Write parameter//TWITTER_AUTH',
        act: {
          write: 'wrong-parameter',
          then: 'Who asks for a name without stored likes gets status 500. Stored likes are shown, so you notice late.',
        },
      },
      {
        say: 'This ARN names nothing, and nobody says so: IAM does not check that a resource exists. The deployment succeeds, and the call fails.',
        show: 'RandomLikeRole/ReadTheCredentials',
        button: 'Correct the ARN',
        act: { clear: true },
      },
      {
        say: 'Fixed. A parameter called /rediscover/x has an ARN that ends in parameter/rediscover/x: the leading slash is not doubled. template.yaml takes a double slash out.',
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
        say: 'Push: a topic of account 210987654321 invokes a function of yours. Take your side away, the function’s permission.',
        show: 'TopicWriterFunction/OtherTopicPermission',
        button: 'Take OtherTopicPermission away',
        act: { off: ['TopicWriterFunction/OtherTopicPermission'] },
      },
      {
        say: 'The function refuses the topic, whatever the topic’s own policy says.',
        live: 'Publish a like to the other account’s topic. The function refuses it, whatever the topic’s own policy says.',
        show: 'TopicWriterFunction/OtherTopicPermission',
        button: 'Take the other side away instead',
        act: { on: ['TopicWriterFunction/OtherTopicPermission'], off: ['LikesTopicPolicy/LetAccountASubscribe'] },
      },
      {
        say: 'The topic does not let your account subscribe. The function’s permission does not help: nothing is ever pushed to it.',
        live: 'Publish a like to the other account’s topic. It does not let your account subscribe, and the function’s permission does not help.',
        show: 'LikesTopicPolicy/LetAccountASubscribe',
        button: 'Now the pull: take your side away',
        act: { on: ['LikesTopicPolicy/LetAccountASubscribe'], off: ['QueueWriterRole/PollTheOtherQueue'] },
      },
      {
        say: 'Lambda polls the other account’s queue with your role, and the role does not allow it. AWS says “no identity-based policy”: that is your side.',
        show: 'QueueWriterRole/PollTheOtherQueue',
        button: 'Take the other side away instead',
        act: { on: ['QueueWriterRole/PollTheOtherQueue'], off: ['LikesQueuePolicy/LetTheQueueWriterPoll'] },
      },
      {
        say: 'Now AWS says “no resource-based policy”: the queue’s owner has to allow it. Within one account the role alone would be enough.',
        show: 'QueueWriterRole/PollTheOtherQueue',
        button: 'Give everything back',
        act: { on: ['LikesQueuePolicy/LetTheQueueWriterPoll'] },
      },
      {
        say: 'Fixed. Across accounts both sides have to allow a request, and the reason in the error says which one did not.',
        show: 'QueueWriterRole/PollTheOtherQueue',
      },
    ],
  },
  {
    id: 'least-privilege',
    title: 'A statement too many',
    accounts: 1,
    source: ['Apply least-privilege permissions', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
    begin: { stage: 'too-much' },
    steps: [
      {
        say: 'random-like reads likes and never deletes one. Its role does not allow it either.',
        show: 'too-much',
        button: 'Add a statement, TidyUp',
        act: {
          write: 'too-much',
          then: 'Nothing fails. Any code that gets into random-like can delete every like.',
        },
      },
      {
        say: 'No call fails, so nobody misses anything, and that is why a statement too many stays for years.',
        show: 'too-much',
        button: 'Take TidyUp away',
        act: { stage: 'too-much' },
      },
      {
        say: 'Fixed. Ask of each statement what fails without it; if nothing does, remove it. LeastPrivilegeTest asks that of every statement here, and lists everything else as denied.',
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
        say: 'templates/developer-access.yaml lets developers work on functions with their project’s tag. topic-writer is tagged rediscover. A developer of Project Falcon may not tag it anew, because the statement asks for the tag that it has.',
        show: 'tag-any',
        button: 'Leave aws:ResourceTag out',
        act: {
          write: 'tag-any',
          then: 'The developer tags topic-writer with project-name=falcon.',
        },
      },
      {
        say: 'Only the new tag is asked for now, and the developer chooses it.',
        show: 'tag-any',
        button: 'Tag it as falcon’s',
        act: {
          write: 'tagged',
          then: 'The tags match, so the developer may replace the code, and the code runs with topic-writer’s role.',
        },
      },
      {
        say: 'Whoever can set a tag can pass every condition on it. One missing line has given the function away.',
        show: 'tagged',
        button: 'Put aws:ResourceTag back',
        act: { clear: true, stage: 'tag-any' },
      },
      {
        say: 'Fixed. For a change of tags, ask for both: the tag in the request and the tag that the resource has.',
        show: 'tag-any',
      },
    ],
  },
];
