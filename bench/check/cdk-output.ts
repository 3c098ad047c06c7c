import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';

const handler = 'exports.handler = async () => undefined;';

/** One of the parts that a stack repeats. */
const addPart = (stack: Stack, n: number): void => {
  const key = new Key(stack, `Key${n}`, { enableKeyRotation: n % 2 === 0 });
  const bucket = new Bucket(stack, `Bucket${n}`, {
    versioned: n % 3 === 0,
    enforceSSL: n % 2 === 0,
    encryptionKey: key,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const dead = new Queue(stack, `Dead${n}`);
  const queue = new Queue(stack, `Queue${n}`, {
    deadLetterQueue: { queue: dead, maxReceiveCount: 3 },
  });
  const topic = new Topic(stack, `Topic${n}`, { masterKey: key });
  const cidrIp = n % 4 === 0 ? '0.0.0.0/0' : '10.0.0.0/8';
  new CfnSecurityGroup(stack, `Group${n}`, {
    groupDescription: 'of the benchmark',
    securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp }],
  });
  const role = new Role(stack, `Role${n}`, {
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
  });
  role.addToPolicy(new PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['*'] }));
  const code = Code.fromInline(handler);
  const made = new LambdaFunction(stack, `Function${n}`, {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code,
    environment: { QUEUE: queue.queueUrl, TOPIC: topic.topicArn },
  });
  bucket.grantReadWrite(made);
  queue.grantSendMessages(made);
  topic.grantPublish(made);
};

/** An output of the CDK: as many stacks as are asked for, each of some hundred resources. */
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
    for (let part = 0; part < parts; part += 1) addPart(stack, part);
  }
  app.synth();
};
