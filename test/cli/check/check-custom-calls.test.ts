import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AwsCustomResource, AwsCustomResourcePolicy } from 'aws-cdk-lib/custom-resources';
import { quietApp } from '../../infrastructure/quiet-app.ts';
import { planOf } from '../../templates/terraform/plans.ts';
import { inProcess } from '../run.ts';

let file = '';
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'plumbline-custom-')), 'stack.json');
});
afterEach(() => {
  rmSync(join(file, '..'), { recursive: true });
});

const check = async (document: unknown, control = 'S3.2,KMS.5') => {
  writeFileSync(file, JSON.stringify(document));
  const asked = ['check', file, '--control', control, '--fail-on', 'critical', '--strict-unknown'];
  const { code, stderr } = await inProcess(asked);
  return { code, told: stderr.replaceAll(file, '').replace(/^:\d+: /gm, '') };
};

/** What the CDK makes of calls of its custom resource, each by its type. */
const calling = (
  calls: Readonly<Record<string, readonly [service: string, action: string]>>,
): unknown => {
  const stack = new Stack(quietApp(), 'S', { analyticsReporting: false });
  const bucket = new Bucket(stack, 'B', {
    autoDeleteObjects: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  for (const [id, [service, action]] of Object.entries(calls))
    new AwsCustomResource(stack, id, {
      resourceType: `Custom::${id}`,
      installLatestAwsSdk: false,
      onUpdate: {
        service,
        action,
        parameters: { Bucket: bucket.bucketName, Policy: '{}' },
        physicalResourceId: { id },
      },
      policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
    });
  return Template.fromStack(stack).toJSON();
};

describe('what a custom resource of the CDK calls', () => {
  it.each<[string, string]>([
    ['S3', 'putBucketPolicy'],
    ['s3', 'PutBucketPolicy'],
    ['@aws-sdk/client-s3', 'PutBucketPolicyCommand'],
    ['S3', 'deletePublicAccessBlock'],
    ['@aws-sdk/client-kms', 'putKeyPolicy'],
  ])('is told, as %s %s', async (service, action) => {
    const { code, told } = await check(calling({ AWS: [service, action], Own: [service, action] }));
    expect(code).toBe(2);
    expect(
      told.match(/^\w+ is not evaluated: it calls \w+ of \S+ during the deployment$/gm),
    ).toHaveLength(2);
  });
  it.each<[string, string]>([
    ['CloudFormation', 'createStack'],
    ['@aws-sdk/client-cloudformation', 'ExecuteChangeSetCommand'],
    ['CloudFormation', 'createStackInstances'],
    ['ServiceCatalog', 'provisionProduct'],
    ['CloudControl', 'createResource'],
  ])('is told where it makes what nobody reads, as %s %s', async (service, action) => {
    const { code, told } = await check(calling({ AWS: [service, action] }));
    expect(code).toBe(2);
    expect(told).toMatch(/ during the deployment, and what that makes is not read$/m);
  });
  it.each<[service: string, action: string]>([
    ['S3', 'getBucketPolicy'],
    ['ssm', 'GetParameter'],
    ['Lambda', 'invoke'],
    ['CloudWatchLogs', 'putResourcePolicy'],
    ['@aws-sdk/client-cloudwatch-logs', 'PutResourcePolicy'],
    ['SNS', 'setTopicAttributes'],
  ])('is not told where no control that is asked for looks at it, as %s %s', async (...call) => {
    const { told } = await check(calling({ AWS: call }), 'S3.14,PL.POLICY.3,SQS.1');
    expect(told).toBe('');
  });
  const call = JSON.stringify({ service: 'S3', action: 'putBucketPolicy' });
  const ofRegion = { 'Fn::Join': ['', ['{"service":"S3","action":"', { Ref: 'Action' }, '"}']] };
  it.each<[string, string, unknown]>([
    ['Fn::Sub', 'Custom::Own', { Create: { 'Fn::Sub': call } }],
    ['Fn::Base64', 'Custom::Own', { Create: { 'Fn::Base64': call } }],
    ['Fn::Select', 'Custom::Own', { Update: { 'Fn::Select': [0, [call]] } }],
    [
      'a join in a join',
      'Custom::Own',
      { Create: { 'Fn::Join': ['', [{ 'Fn::Join': ['', [call]] }]] } },
    ],
    [
      'a join by commas',
      'AWS::CloudFormation::CustomResource',
      { Create: { 'Fn::Join': [',', call.split(',')] } },
    ],
    ['Fn::If around all', 'Custom::Own', { 'Fn::If': ['C', { Create: call }, {}] }],
    ['an action that is open', 'Custom::AWS', { Create: ofRegion }],
  ])('is told where %s writes it', async (_, Type, Properties) => {
    const { code, told } = await check({
      Parameters: { Action: { Type: 'String' } },
      Resources: { R: { Type, Properties } },
    });
    expect(code).toBe(2);
    expect(told).toMatch(/^R is not evaluated: its calls during the deployment cannot be read/);
  });
  it('is told where it cannot be made out', async () => {
    const Properties = { ServiceToken: 'arn', Create: { Ref: 'Call' } };
    const { told } = await check({
      Parameters: { Call: { Type: 'String' } },
      Resources: {
        A: { Type: 'Custom::AWS', Properties },
        Old: {
          Type: 'Custom::Old',
          Properties: { ServiceToken: 'arn', Create: { service: 'S3', action: 'putBucketAcl' } },
        },
        // Code of somebody's own, of which nobody knows what it reads here.
        Own: { Type: 'Custom::Own', Properties },
        Plain: { Type: 'AWS::CloudFormation::CustomResource', Properties: { ServiceToken: 'arn' } },
        B: { Type: 'AWS::S3::Bucket' },
      },
    });
    expect(told).toBe(
      'A is not evaluated: its calls during the deployment cannot be read\n' +
        'Old is not evaluated: it calls PutBucketAcl of S3 during the deployment\n',
    );
  });
});

describe('what a local-exec of a plan runs', () => {
  const running = (command: object) => {
    const plan = planOf([{ address: 'null_resource.a', values: {} }]);
    const resource = {
      address: 'null_resource.a',
      mode: 'managed',
      type: 'null_resource',
      name: 'a',
    };
    const provisioners = [{ type: 'local-exec', expressions: { command } }];
    return {
      ...plan,
      configuration: { root_module: { resources: [{ ...resource, provisioners }] } },
    };
  };
  it.each<[string, object, boolean]>([
    ['a call that opens', { constant_value: 'aws s3api put-bucket-policy --bucket b' }, true],
    [
      'a call with options before it',
      { constant_value: 'aws --region x ec2 authorize-security-group-ingress' },
      true,
    ],
    ['what is put into it', { references: ['aws_s3_bucket.b.id', 'aws_s3_bucket.b'] }, true],
    ['a call that reads', { constant_value: 'aws s3api get-bucket-policy --bucket b' }, false],
    ['something else', { constant_value: 'docker build -t a .' }, false],
    ['what is put into something else', { references: ['path.module'] }, false],
  ])('is told by %s', async (_, command, isTold) => {
    const { told } = await check(running(command));
    expect(told.includes('null_resource.a is not evaluated: its local-exec may call AWS')).toBe(
      isTold,
    );
  });
});
