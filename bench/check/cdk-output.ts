import { App, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';

const handler = 'exports.handler = async () => undefined;';

/** Numbers that look like chance, and are the same in each run. */
interface Chance {
  /** From 0 to `most - 1`. */
  below(most: number): number;
  of<T>(all: readonly T[]): T;
}
/** The generator of Park and Miller, whose first numbers are alike for seeds that are. */
const chanceFrom = (seed: number): Chance => {
  let state = (seed * 7919 + 104_729) % 2_147_483_647;
  const below = (most: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
  return { below, of: (all) => all[below(all.length)] as (typeof all)[number] };
};

const runtimes = [
  Runtime.NODEJS_22_X,
  Runtime.NODEJS_18_X,
  Runtime.PYTHON_3_13,
  Runtime.PYTHON_3_9,
];
const actions = [
  'sts:AssumeRole',
  'ec2:DescribeInstances',
  'dynamodb:GetItem',
  'logs:PutLogEvents',
  'ssm:GetParameter',
  's3:*',
  'iam:PassRole',
  'kms:Decrypt',
];
const services = ['ec2', 'ecs-tasks', 'lambda', 'states', 'events'];

const addBucket = (stack: Stack, n: number, key: Key, { below, of }: Chance): Bucket => {
  const isOwnKey = below(3) > 0;
  return new Bucket(stack, `${stack.stackName}Bucket${n}`, {
    versioned: below(3) === 0,
    enforceSSL: below(2) === 0,
    encryption: of([BucketEncryption.S3_MANAGED, BucketEncryption.KMS_MANAGED]),
    ...(isOwnKey ? { encryption: BucketEncryption.KMS, encryptionKey: key } : {}),
    ...(below(3) === 0 ? { blockPublicAccess: BlockPublicAccess.BLOCK_ALL } : {}),
    ...(below(4) === 0 ? { lifecycleRules: [{ expiration: Duration.days(30 + below(300)) }] } : {}),
    eventBridgeEnabled: below(8) === 0,
    bucketKeyEnabled: isOwnKey && below(2) === 0,
    removalPolicy: RemovalPolicy.RETAIN,
  });
};

const addGroup = (stack: Stack, n: number, { below, of }: Chance): void => {
  const ingress = (port: number) => ({
    ipProtocol: of(['tcp', 'tcp', 'udp']),
    fromPort: port,
    toPort: port + of([0, 0, 0, 10]),
    cidrIp: of([
      '0.0.0.0/0',
      '10.0.0.0/8',
      `10.${below(200)}.0.0/16`,
      `192.168.${below(200)}.0/24`,
    ]),
    description: `rule ${below(1000)}`,
  });
  new CfnSecurityGroup(stack, `${stack.stackName}Group${n}`, {
    groupDescription: `of the benchmark, ${below(1000)}`,
    securityGroupIngress: Array.from({ length: 1 + below(4) }, () =>
      ingress(of([22, 80, 443, 3306, 5432, 8080, 1024 + below(40_000)])),
    ),
  });
};

const addRole = (stack: Stack, n: number, { below, of }: Chance): void => {
  const role = new Role(stack, `${stack.stackName}Role${n}`, {
    assumedBy: new ServicePrincipal(`${of(services)}.amazonaws.com`),
    ...(below(2) === 0
      ? {
          managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
        }
      : {}),
    ...(below(4) === 0 ? { description: `of ${below(1000)}` } : {}),
  });
  const asked = [...new Set(Array.from({ length: 1 + below(4) }, () => of(actions)))];
  const resources = [of(['*', `arn:aws:s3:::data-${below(500)}/*`])];
  role.addToPolicy(new PolicyStatement({ actions: asked, resources }));
};

const addFunction = (
  stack: Stack,
  n: number,
  environment: Readonly<Record<string, string>>,
  { below, of }: Chance,
): LambdaFunction =>
  new LambdaFunction(stack, `${stack.stackName}Function${n}`, {
    runtime: of(runtimes),
    handler: 'index.handler',
    code: Code.fromInline(handler),
    environment: { ...environment, STAGE: of(['dev', 'test', 'prod']), SIZE: `${below(1000)}` },
    timeout: Duration.seconds(3 + below(300)),
    memorySize: of([128, 256, 512, 1024]),
    ...(below(4) === 0 ? { reservedConcurrentExecutions: 1 + below(20) } : {}),
  });

/** One of the parts that a stack repeats, no two of which are alike. */
const addPart = (stack: Stack, n: number, chance: Chance): void => {
  const { below } = chance;
  const key = new Key(stack, `${stack.stackName}Key${n}`, {
    enableKeyRotation: below(2) === 0,
    description: `of ${below(1000)}`,
  });
  const bucket = addBucket(stack, n, key, chance);
  const dead = new Queue(stack, `${stack.stackName}Dead${n}`, {
    retentionPeriod: Duration.days(1 + below(14)),
  });
  const queue = new Queue(stack, `${stack.stackName}Queue${n}`, {
    visibilityTimeout: Duration.seconds(30 + below(900)),
    enforceSSL: below(3) === 0,
    ...(below(3) > 0 ? { deadLetterQueue: { queue: dead, maxReceiveCount: 1 + below(9) } } : {}),
    ...(below(3) === 0 ? { encryptionMasterKey: key } : {}),
  });
  const topic = new Topic(stack, `${stack.stackName}Topic${n}`, {
    displayName: `topic ${below(1000)}`,
    enforceSSL: below(3) === 0,
    ...(below(2) === 0 ? { masterKey: key } : {}),
  });
  addGroup(stack, n, chance);
  addRole(stack, n, chance);
  const environment = { QUEUE: queue.queueUrl, TOPIC: topic.topicArn };
  const made = addFunction(stack, n, environment, chance);
  if (below(3) > 0) bucket.grantReadWrite(made);
  else bucket.grantRead(made);
  if (below(4) > 0) queue.grantSendMessages(made);
  if (below(4) > 0) topic.grantPublish(made);
};

/**
 * An output of the CDK: as many stacks as are asked for, each of some hundred resources. The names, properties, policies and tags
 * of no two stacks are alike, as those of real apps are not: what is known of one says little of the next.
 */
export const synthesize = (outdir: string, stacks: number, parts: number): void => {
  const app = new App({
    outdir,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  for (let n = 0; n < stacks; n += 1) {
    const stack = new Stack(app, `Stack${n}`, {
      env: { account: '111122223333', region: 'eu-central-1' },
      analyticsReporting: false,
    });
    const chance = chanceFrom(n);
    Tags.of(stack).add('team', `team-${chance.below(12)}`);
    for (let part = 0; part < parts; part += 1) addPart(stack, part, chance);
  }
  app.synth();
};
