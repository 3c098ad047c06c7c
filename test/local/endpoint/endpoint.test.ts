import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { S3Control } from '@aws-sdk/client-s3-control';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { SQS } from '@aws-sdk/client-sqs';
import { STS } from '@aws-sdk/client-sts';
import { errorAnswer, okAnswer } from '../../../lib/local/endpoint/answer.ts';
import type { After, Before, DecodedCall } from '../../../lib/local/endpoint/call.ts';
import { startEndpoint } from '../../../lib/local/endpoint/endpoint.ts';
import { endpointForTests } from './endpoint-for-tests.ts';

const seen: DecodedCall[] = [];
const outputs: unknown[] = [];
let before: Before = () => undefined;
let after: After = () => undefined;
const local = endpointForTests(() => ({
  before: [
    (call) => {
      seen.push(call);
      return undefined;
    },
    (call, forward) => before(call, forward),
  ],
  after: [
    (call, answer, output, completed) => {
      outputs.push(output);
      return after(call, answer, output, completed);
    },
  ],
}));
beforeEach(() => {
  seen.length = 0;
  outputs.length = 0;
  before = () => undefined;
  after = () => undefined;
});

const at = () => ({ ...local.settings(), maxAttempts: 3 });
const s3 = () => new S3({ ...at(), forcePathStyle: true });
const control = () =>
  new S3Control({ ...at(), endpointProvider: () => ({ url: new URL(local.url()) }) });

// One call of a service for each form in which AWS writes.
const forms: Readonly<Record<string, () => Promise<unknown>>> = {
  'query, IAM': () => new IAM(at()).getUser({ UserName: 'bob' }),
  'query, RDS': () => new RDS(at()).describeDBInstances({}),
  'query, STS': () => new STS(at()).getCallerIdentity({}),
  EC2: () => new EC2(at()).describeVpcs({}),
  'JSON 1.0, SQS': () => new SQS(at()).listQueues({}),
  'JSON 1.0, DynamoDB': () => new DynamoDB(at()).listTables({}),
  'JSON 1.1, EventBridge': () => new EventBridge(at()).listRules({}),
  'REST JSON, Security Hub': () => new SecurityHub(at()).getFindings({}),
  'REST JSON, Access Analyzer': () => new AccessAnalyzer(at()).listAnalyzers({}),
  'REST XML, S3': () => s3().getBucketPolicy({ Bucket: 'b' }),
  'REST XML, S3 Control': () => control().getPublicAccessBlock({ AccountId: '123456789012' }),
};

describe('an error in the form of the service', () => {
  test.each(Object.entries(forms))('%s', async (_, call) => {
    before = (decoded) =>
      errorAnswer(decoded, { code: 'AccessDenied', message: 'not <you> & me', status: 403 });
    const error = await call().then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toMatchObject({
      name: expect.stringMatching(/^AccessDenied/),
      message: 'not <you> & me',
      $metadata: { httpStatusCode: 403 },
    });
    expect(seen).toHaveLength(1);
  });
});

describe('an output in the form of the service', () => {
  const made = new Date('2026-01-02T03:04:05Z');
  const answers: Readonly<Record<string, readonly [() => Promise<unknown>, object]>> = {
    'query: structures, lists, times, text to escape': [
      () => new IAM(at()).getUser({ UserName: 'bob' }),
      {
        User: {
          Path: '/',
          UserName: 'a<b>&c',
          UserId: 'AIDA',
          Arn: 'arn',
          CreateDate: made,
          Tags: [{ Key: 'k', Value: 'v' }],
        },
      },
    ],
    'query: a map': [
      () => new IAM(at()).getAccountSummary({}),
      { SummaryMap: { Users: 3, AccountMFAEnabled: 1 } },
    ],
    'query: named list items': [
      () => new RDS(at()).describeDBInstances({}),
      {
        DBInstances: [
          {
            DBInstanceIdentifier: 'db',
            PubliclyAccessible: false,
            VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }],
          },
        ],
      },
    ],
    'EC2: items': [
      () => new EC2(at()).describeSecurityGroups({}),
      {
        SecurityGroups: [
          {
            GroupId: 'sg-1',
            IpPermissions: [
              { IpProtocol: 'tcp', FromPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
            ],
          },
        ],
      },
    ],
    'REST XML: the payload is the body': [
      () => s3().getPublicAccessBlock({ Bucket: 'b' }),
      { PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: false } },
    ],
    'REST XML: members in the body': [
      () => s3().listBuckets({}),
      { Buckets: [{ Name: 'b', CreationDate: made }] },
    ],
    'REST JSON': [
      () => new SecurityHub(at()).batchImportFindings({ Findings: [] }),
      { FailedCount: 0, SuccessCount: 1, FailedFindings: [] },
    ],
    'JSON: times as seconds': [
      () => new EventBridge(at()).listArchives({}),
      { Archives: [{ ArchiveName: 'a', CreationTime: made }] },
    ],
  };
  test.each(Object.entries(answers))('%s', async (_, [call, output]) => {
    before = (decoded) => okAnswer(decoded, { ...output });
    expect(await call()).toMatchObject(output);
  });
});

describe('hooks', () => {
  test('one that answers is the last to be asked, and moto is not', async () => {
    before = (call) => okAnswer(call, { Account: '999999999999' });
    expect(await new STS(at()).getCallerIdentity({})).toMatchObject({ Account: '999999999999' });
  });

  test('one may change what moto answers', async () => {
    before = async (call, forward) => ({ ...(await forward(call)), status: 418 });
    await expect(new IAM(at()).listUsers({})).rejects.toMatchObject({
      $metadata: { httpStatusCode: 418 },
    });
  });

  test('those after see the output as the SDK does', async () => {
    await new IAM(at()).createUser({ UserName: 'seen' });
    await new IAM(at()).getUser({ UserName: 'nobody' }).catch(() => undefined);
    expect(outputs).toEqual([
      { User: expect.objectContaining({ UserName: 'seen', CreateDate: expect.any(Date) }) },
      undefined,
    ]);
  });

  test('those after don’t hold the answer back', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    after = () => held;
    const client = new IAM(at());
    await client.listUsers({});
    await client.listUsers({});
    expect(outputs).toHaveLength(2);
    release();
  });
});

describe('what passes through', () => {
  test('objects, byte by byte', async () => {
    const client = s3();
    const Body = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 256));
    await client.createBucket({ Bucket: 'bytes' });
    await client.putObject({ Bucket: 'bytes', Key: 'a b/c+d', Body });
    const { Body: got } = await client.getObject({ Bucket: 'bytes', Key: 'a b/c+d' });
    expect(Buffer.from((await got?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
    const head = await client.headObject({ Bucket: 'bytes', Key: 'a b/c+d' });
    expect(head.ContentLength).toBe(300_000);
    await client.deleteObject({ Bucket: 'bytes', Key: 'a b/c+d' });
  });

  test('a bucket in the host name', async () => {
    await s3().createBucket({ Bucket: 'hosted' });
    const answer = await fetchAs('s3', '/?location', { host: 'hosted.s3.us-east-1.amazonaws.com' });
    expect(answer.status).toBe(200);
    expect(seen.at(-1)).toMatchObject({
      operation: 'GetBucketLocation',
      input: { Bucket: 'hosted' },
    });
  });

  test('a service that no schema knows', async () => {
    const answer = await fetchAs('ses', '/?Action=ListIdentities&Version=2010-12-01');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<ListIdentitiesResponse');
    expect(seen).toEqual([]);
  });

  test('what moto lacks is refused once, in the form of the service, and says so', async () => {
    const lacking = [
      () => new EC2(at()).getInstanceMetadataDefaults({}),
      () => new AccessAnalyzer(at()).listFindings({ analyzerArn: 'arn' }),
      () => new SecurityHub(at()).listConfigurationPolicies({}),
      () => new RDS(at()).describePendingMaintenanceActions({}),
    ];
    for (const call of lacking)
      await expect(call()).rejects.toMatchObject({
        name: 'NotImplemented',
        message: expect.stringMatching(/^the local AWS cannot do \w+ \w+: /),
        $metadata: { httpStatusCode: 501, attempts: 1 },
      });
  });
});

const fetchAs = (service: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    import('node:http').then(({ request }) => {
      const sent = request(local.url() + path, {
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
          ...headers,
        },
      });
      sent.on('error', reject);
      sent.on('response', async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        resolve({ status: response.statusCode ?? 0, body });
      });
      sent.end();
    }, reject);
  });

test('a port that is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  try {
    await expect(startEndpoint({ port, moto: { url: local.url() } })).rejects.toMatchObject({
      name: 'UserError',
      message: `port ${port} is taken; choose another with --port`,
    });
  } finally {
    other.close();
  }
});
