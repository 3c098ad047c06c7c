import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import { STS } from '@aws-sdk/client-sts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { cloudTrail } from '../../../lib/local/cloudtrail/cloudtrail.ts';
import { enforceIam } from '../../../lib/local/iam/iam-enforcement.ts';
import { createSts, type Sts } from '../../../lib/local/iam/sts.ts';
import { motoClients } from '../../../lib/local/local-aws-clients.ts';
import { endpointForTests } from '../endpoint/endpoint-for-tests.ts';

const account = '123456789012';
const region = 'us-east-1';
const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const action = 'a-0123456789abcdef';

let sts: Sts;
const local = endpointForTests(({ bus, motoUrl }) => {
  const clients = motoClients(motoUrl);
  sts = createSts({ account, iam: clients.iam, sts: clients.sts });
  const iam = enforceIam({
    ...clients,
    account,
    sts,
    isOurs: (roleArn) => roleArn.includes('role/our-'),
  });
  return {
    before: [iam.before, sts.before],
    after: [iam.after, cloudTrail({ account, bus, identityOf: sts.identityOf })],
  };
});

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}
const as = (credentials: Credentials) => {
  const settings = { ...local.settings(), credentials, maxAttempts: 1 };
  return {
    ec2: new EC2(settings),
    iam: new IAM(settings),
    s3: new S3({ ...settings, forcePathStyle: true }),
    ssm: new SSM(settings),
    sts: new STS(settings),
  };
};
const named = (accessKeyId: string) => as({ accessKeyId, secretAccessKey: 'any' });

const assume = async (by: ReturnType<typeof as>, role: string, more: object = {}) => {
  const request = { RoleArn: arn(role), RoleSessionName: action, ...more };
  const { Credentials: given } = await by.sts.assumeRole(request);
  return as({
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  });
};
const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const makeRole = async (RoleName: string, trust: string, ...statements: object[]) => {
  const { iam } = named('admin');
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust });
  if (statements.length > 0)
    await iam.putRolePolicy({
      RoleName,
      PolicyName: 'inline',
      PolicyDocument: policy(...statements),
    });
};
const lambdaTrust = policy({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});
// As the stack writes it.
const remediatorTrust = policy(
  ...['sts:AssumeRole', 'sts:SetSourceIdentity'].map((Action) => ({
    Effect: 'Allow',
    Principal: { AWS: arn('our-remediate') },
    Action,
    Condition: { StringLike: { 'sts:SourceIdentity': '*' } },
  })),
);

const bucket = 'arn:aws:s3:::drifted';
const session = {
  SourceIdentity: action,
  Policy: policy(allow(['s3:PutBucketPublicAccessBlock'], bucket)),
};
const block = {
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  },
};
const parameters = `arn:aws:ssm:${region}:${account}:parameter/plumbline`;

let remediate: ReturnType<typeof as>;
let evaluate: ReturnType<typeof as>;
beforeAll(async () => {
  const assuming = ['sts:AssumeRole', 'sts:SetSourceIdentity'];
  await makeRole(
    'our-remediate',
    lambdaTrust,
    allow(assuming, arn('our-remediator')),
    allow('ssm:GetParameter', `${parameters}/remediation`),
    allow(
      ['ssm:GetParameter', 'ssm:GetParametersByPath', 'ssm:PutParameter', 'ssm:DeleteParameter'],
      [`${parameters}/breakers`, `${parameters}/breakers/*`],
    ),
  );
  await makeRole('our-evaluate', lambdaTrust, allow(assuming, arn('our-remediator')));
  await makeRole(
    'our-remediator',
    remediatorTrust,
    allow(['s3:PutBucketPublicAccessBlock', 's3:PutBucketPolicy'], 'arn:aws:s3:::*'),
  );
  const lambda = () => named(sts.serviceKey('lambda.amazonaws.com'));
  remediate = await assume(lambda(), 'our-remediate');
  evaluate = await assume(lambda(), 'our-evaluate');
  for (const Bucket of ['drifted', 'another']) await named('admin').s3.createBucket({ Bucket });
});

describe('the remediator’s role', () => {
  it('is assumed by the function’s role alone', async () => {
    expect(
      (await (await assume(remediate, 'our-remediator', session)).sts.getCallerIdentity({})).Arn,
    ).toBe(`arn:aws:sts::${account}:assumed-role/our-remediator/${action}`);
    const outsiders = [evaluate, named('admin'), named(sts.serviceKey('lambda.amazonaws.com'))];
    for (const outsider of outsiders)
      await expect(assume(outsider, 'our-remediator', session)).rejects.toMatchObject({
        name: 'AccessDenied',
        message: expect.stringContaining('sts:AssumeRole'),
      });
  });

  it('is not assumed from a session of its own', async () => {
    const remediator = await assume(remediate, 'our-remediator', session);
    await expect(assume(remediator, 'our-remediator', session)).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('is not assumed without the id of an action', async () => {
    const { Policy } = session;
    await expect(assume(remediate, 'our-remediator', { Policy })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it('is not assumed by a role that may not set a source identity', async () => {
    await named('admin').iam.putRolePolicy({
      RoleName: 'our-evaluate',
      PolicyName: 'inline',
      PolicyDocument: policy(allow('sts:AssumeRole', arn('our-remediator'))),
    });
    await expect(assume(evaluate, 'our-remediator', session)).rejects.toMatchObject({
      message: expect.stringContaining('sts:SetSourceIdentity'),
    });
  });
});

describe('a session of an action', () => {
  it('may do what its plan takes, on the resource of its plan', async () => {
    const { s3 } = await assume(remediate, 'our-remediator', session);
    await s3.putPublicAccessBlock({ Bucket: 'drifted', ...block });
    await expect(s3.putPublicAccessBlock({ Bucket: 'another', ...block })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('because no session policy allows'),
    });
    const Policy = policy({ ...allow('s3:GetObject', `${bucket}/*`), Principal: '*' });
    await expect(s3.putBucketPolicy({ Bucket: 'drifted', Policy })).rejects.toMatchObject({
      message: expect.stringContaining('because no session policy allows'),
    });
  });

  it('may not do what the role may not, whatever its policy says', async () => {
    const wide = { ...session, Policy: policy(allow('ec2:*'), allow('iam:*')) };
    const { ec2, iam } = await assume(remediate, 'our-remediator', wide);
    await expect(ec2.describeVpcs({})).rejects.toMatchObject({ name: 'UnauthorizedOperation' });
    await expect(iam.deleteRole({ RoleName: 'our-remediator' })).rejects.toMatchObject({
      message: expect.stringContaining('because no identity-based policy allows'),
    });
  });

  it('names its action in the event of each call', async () => {
    const queue = await local.queue();
    const { s3 } = await assume(remediate, 'our-remediator', session);
    await s3.putPublicAccessBlock({ Bucket: 'drifted', ...block });
    const [event] = await queue.next(1);
    expect(event?.detail).toMatchObject({
      eventName: 'PutBucketPublicAccessBlock',
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${account}:assumed-role/our-remediator/${action}`,
        sessionContext: {
          sessionIssuer: { arn: arn('our-remediator') },
          sourceIdentity: action,
        },
      },
    });
  });
});

describe('parameters', () => {
  const breaker = '/plumbline/breakers/S3.8';

  it('of breakers are written, read, listed and deleted by the function, of the switch read', async () => {
    const admin = named('admin').ssm;
    await admin.putParameter({ Name: '/plumbline/remediation', Value: 'on', Type: 'String' });
    const { ssm } = remediate;
    expect((await ssm.getParameter({ Name: '/plumbline/remediation' })).Parameter?.Value).toBe(
      'on',
    );
    const off = { Name: '/plumbline/remediation', Value: 'off', Overwrite: true };
    await expect(ssm.putParameter(off)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const queue = await local.queue();
    while ((await queue.take()).length > 0);
    await ssm.putParameter({ Name: breaker, Value: '{"actions":20}', Type: 'String' });
    await expect(
      ssm.putParameter({ Name: breaker, Value: 'again', Type: 'String' }),
    ).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
    const { Parameters } = await ssm.getParametersByPath({ Path: '/plumbline/breakers' });
    expect(Parameters).toMatchObject([{ Name: breaker, Value: '{"actions":20}' }]);
    await ssm.deleteParameter({ Name: breaker });
    await expect(ssm.getParameter({ Name: breaker })).rejects.toMatchObject({
      name: 'ParameterNotFound',
    });
    await expect(ssm.getParametersByPath({ Path: '/' })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    const events = await queue.next(3);
    expect(
      events.map(({ source, detail }) => [source, detail['eventName'], detail['errorCode']]),
    ).toEqual([
      ['aws.ssm', 'PutParameter', undefined],
      ['aws.ssm', 'PutParameter', 'ParameterAlreadyExists'],
      ['aws.ssm', 'DeleteParameter', undefined],
    ]);
    expect(events[0]?.detail).toMatchObject({ requestParameters: { name: breaker } });
    expect(JSON.stringify(events)).not.toContain('actions');
  });
});
