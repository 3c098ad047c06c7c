import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { SQS } from '@aws-sdk/client-sqs';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Endpoint, startEndpoint } from '../../../lib/local/endpoint/endpoint.ts';
import { enforceIam } from '../../../lib/local/iam/iam-enforcement.ts';
import { createSts, type Sts } from '../../../lib/local/iam/sts.ts';
import { motoClients } from '../../../lib/local/local-aws-clients.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';

const account = '123456789012';
const region = 'us-east-1';
const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

let moto: Moto;
let endpoint: Endpoint;
let sts: Sts;
let denied: string[] = [];

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const as = (given: string | Credentials) => {
  const credentials =
    typeof given === 'string' ? { accessKeyId: given, secretAccessKey: 'any' } : given;
  const settings = { region, endpoint: endpoint.url, credentials, maxAttempts: 1 };
  return {
    dynamodb: new DynamoDB(settings),
    ec2: new EC2(settings),
    iam: new IAM(settings),
    rds: new RDS(settings),
    s3: new S3({ ...settings, forcePathStyle: true }),
    securityHub: new SecurityHub(settings),
    sqs: new SQS(settings),
    sts: new STS(settings),
  };
};
const assume = async (
  by: string,
  role: string,
  more: { readonly Policy?: string; readonly SourceIdentity?: string } = {},
): Promise<Credentials> => {
  const { Credentials: given } = await as(by).sts.assumeRole({
    RoleArn: arn(role),
    RoleSessionName: 'session-1',
    ...more,
  });
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
};
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const role = async (name: string, trusted: object, ...statements: object[]) => {
  const { iam } = as('admin');
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: trusted,
    Action: ['sts:AssumeRole'],
  });
  await iam.createRole({ RoleName: name, AssumeRolePolicyDocument });
  if (statements.length > 0)
    await iam.putRolePolicy({
      RoleName: name,
      PolicyName: 'inline',
      PolicyDocument: policy(...statements),
    });
};
const lambda = { Service: 'lambda.amazonaws.com' };

beforeAll(async () => {
  moto = await startMoto();
  const clients = motoClients(moto.url);
  sts = createSts({ account, iam: clients.iam, sts: clients.sts });
  const iam = enforceIam({
    ...clients,
    account,
    sts,
    isOurs: (roleArn) => roleArn.includes('role/our-'),
    onDenied: (sentence) => denied.push(sentence),
  });
  endpoint = await startEndpoint({
    port: 0,
    moto,
    before: [iam.before, sts.before],
    after: [iam.after],
  });
}, 30_000);
afterAll(async () => {
  await endpoint.close();
  await moto.stop();
});
beforeEach(() => {
  denied = [];
});

describe('who somebody is', () => {
  it('is the owner of the access key', async () => {
    const { iam } = as('admin');
    await iam.createUser({ UserName: 'carol' });
    const { AccessKey } = await iam.createAccessKey({ UserName: 'carol' });
    const key = AccessKey?.AccessKeyId ?? '';
    const carol = { arn: `arn:aws:iam::${account}:user/carol`, userName: 'carol', type: 'IAMUser' };
    expect(await sts.identityOf(key)).toMatchObject(carol);
    const { Arn, Account } = await as(key).sts.getCallerIdentity({});
    expect({ Arn, Account }).toEqual({ Arn: carol.arn, Account: account });
  });

  it('is a user called like the key where IAM does not know it', async () => {
    const { Arn } = await as('bob').sts.getCallerIdentity({});
    expect(Arn).toBe(`arn:aws:iam::${account}:user/bob`);
  });

  it('is the session of an assumed role', async () => {
    await role('open', { AWS: account });
    const credentials = await assume('alice', 'open');
    const { Arn, UserId } = await as(credentials).sts.getCallerIdentity({});
    expect(Arn).toBe(`arn:aws:sts::${account}:assumed-role/open/session-1`);
    expect(UserId).toMatch(/^AROA\w+:session-1$/);
    expect(await sts.identityOf(credentials.accessKeyId)).toMatchObject({
      type: 'AssumedRole',
      principalId: UserId,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: arn('open'), userName: 'open' },
        attributes: { mfaAuthenticated: 'false', creationDate: expect.stringMatching(/:\d\dZ$/) },
      },
    });
  });
});

describe('assuming a role', () => {
  beforeAll(() => role('our-service', lambda, allow('s3:*')));

  it('is for whom its trust policy names', async () => {
    await expect(assume('alice', 'our-service')).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:user/alice is not authorized to perform: sts:AssumeRole on resource: ${arn('our-service')}`,
    });
    const credentials = await assume(sts.serviceKey('lambda.amazonaws.com'), 'our-service');
    expect(credentials.accessKeyId).toMatch(/^ASIA/);
    await expect(assume(sts.serviceKey('ec2.amazonaws.com'), 'our-service')).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('is denied where there is no such role', async () => {
    await expect(assume('alice', 'absent')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('sets a source identity only where that is trusted too', async () => {
    await role('plain', { AWS: account });
    await expect(assume('alice', 'plain', { SourceIdentity: 'ticket-9' })).rejects.toMatchObject({
      message: expect.stringContaining('sts:SetSourceIdentity'),
    });
    await as('admin').iam.updateAssumeRolePolicy({
      RoleName: 'plain',
      PolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: account },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      }),
    });
    const { accessKeyId } = await assume('alice', 'plain', { SourceIdentity: 'ticket-9' });
    expect((await sts.identityOf(accessKeyId)).sessionContext?.sourceIdentity).toBe('ticket-9');
  });

  it.each([
    ['a name with a space', { RoleSessionName: 'a b' }, 'ValidationError'],
    ['a policy of more than 2,048 characters', { Policy: ' '.repeat(2049) }, 'ValidationError'],
    ['a policy that is no JSON', { Policy: '{' }, 'MalformedPolicyDocument'],
  ])('is refused with %s', async (_title, more, code) => {
    const request = { RoleArn: arn('plain'), RoleSessionName: 'ok', ...more };
    await expect(as('alice').sts.assumeRole(request)).rejects.toMatchObject({
      name: expect.stringContaining(code),
    });
  });
});

describe('a role of ours', () => {
  let mine: ReturnType<typeof as>;
  const session = `arn:aws:sts::${account}:assumed-role/our-reader/session-1`;

  beforeAll(async () => {
    await as('admin').s3.createBucket({ Bucket: 'ours' });
    await as('admin').s3.createBucket({ Bucket: 'secret' });
    await role(
      'our-reader',
      lambda,
      allow(['s3:GetEncryptionConfiguration', 's3:GetBucketPolicy'], 'arn:aws:s3:::*'),
      { ...allow('s3:GetBucketPolicy', 'arn:aws:s3:::secret'), Effect: 'Deny' },
      allow(['ec2:DescribeSecurityGroups', 's3:ListAllMyBuckets']),
      {
        ...allow(['dynamodb:GetItem'], `arn:aws:dynamodb:${region}:${account}:table/*`),
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['mine'] } },
      },
    );
    mine = as(await assume(sts.serviceKey('lambda.amazonaws.com'), 'our-reader'));
  });

  it('may do what its policy allows', async () => {
    await expect(mine.s3.getBucketPolicy({ Bucket: 'ours' })).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
    expect((await mine.s3.listBuckets({})).Buckets?.length).toBeGreaterThan(1);
    expect((await mine.ec2.describeSecurityGroups({})).SecurityGroups).toHaveLength(1);
    expect((await mine.sts.getCallerIdentity({})).Arn).toBe(session);
    expect(denied).toEqual([]);
  });

  it('is denied all else, in the form of each service', async () => {
    const refused = (action: string, resource: string) =>
      `User: ${session} is not authorized to perform: ${action}${resource} because no identity-based policy allows the ${action} action`;
    await expect(mine.s3.getBucketAcl({ Bucket: 'ours' })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: refused('s3:GetBucketAcl', ' on resource: arn:aws:s3:::ours'),
      $metadata: { httpStatusCode: 403 },
    });
    await expect(mine.ec2.describeVpcs({})).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
      message: `You are not authorized to perform this operation. ${refused('ec2:DescribeVpcs', '')}`,
    });
    await expect(mine.iam.getUser({ UserName: 'carol' })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: refused('iam:GetUser', ` on resource: arn:aws:iam::${account}:user/carol`),
    });
    await expect(mine.rds.describeDBInstances({})).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(mine.sqs.listQueues({})).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(mine.securityHub.describeHub({})).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 403 },
    });
    expect(denied).toHaveLength(6);
  });

  it('is told of an explicit deny', async () => {
    await expect(mine.s3.getBucketPolicy({ Bucket: 'secret' })).rejects.toMatchObject({
      message: expect.stringContaining('with an explicit deny in an identity-based policy'),
    });
  });

  it('is held to its conditions', async () => {
    const get = (pk: string) =>
      mine.dynamodb.getItem({ TableName: 'absent', Key: { pk: { S: pk } } });
    await expect(get('mine')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(get('yours')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('has in a session what role and session policy both allow', async () => {
    const Policy = policy(allow(['s3:GetBucketPolicy', 'iam:*']));
    const key = sts.serviceKey('lambda.amazonaws.com');
    const narrowed = as(await assume(key, 'our-reader', { Policy }));
    await expect(narrowed.s3.getBucketPolicy({ Bucket: 'ours' })).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
    await expect(narrowed.s3.listBuckets({})).rejects.toMatchObject({
      message: expect.stringContaining('because no session policy allows'),
    });
    await expect(narrowed.iam.listUsers({})).rejects.toMatchObject({
      message: expect.stringContaining('because no identity-based policy allows'),
    });
  });

  it('gains and loses by a change of its policies at once', async () => {
    const { iam } = as('admin');
    await expect(mine.ec2.describeVpcs({})).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
    const managed = 'arn:aws:iam::aws:policy/AmazonEC2ReadOnlyAccess';
    await iam.attachRolePolicy({ RoleName: 'our-reader', PolicyArn: managed });
    expect((await mine.ec2.describeVpcs({})).Vpcs).toHaveLength(1);
    await iam.detachRolePolicy({ RoleName: 'our-reader', PolicyArn: managed });
    await expect(mine.ec2.describeVpcs({})).rejects.toMatchObject({
      name: 'UnauthorizedOperation',
    });
  });
});

describe('everybody else', () => {
  it('may do everything, role or user', async () => {
    await role('others', { AWS: account });
    const theirs = as(await assume('alice', 'others'));
    expect((await theirs.ec2.describeVpcs({})).Vpcs).toHaveLength(1);
    expect((await as('alice').ec2.describeVpcs({})).Vpcs).toHaveLength(1);
  });
});
