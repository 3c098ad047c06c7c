import { setTimeout as sleep } from 'node:timers/promises';
import { IAM } from '@aws-sdk/client-iam';
import { SQS } from '@aws-sdk/client-sqs';
import { STS } from '@aws-sdk/client-sts';
import { remediating } from './remediating.ts';

const ops = 'arn:aws:iam::123456789012:role/people/ops';
const { cli, settings, openBucket, environment } = remediating(`
presets: []
operators: [arn:aws:iam::123456789012:user/alice, ${ops}]
controls: { S3.8: { mode: plan } }
`);
const account = '123456789012';
const changing: readonly (readonly string[])[] = [
  ['fix', 'people-asked', 'S3.8', '--yes'],
  ['undo', 'pl-00000000000000000000', '--yes'],
  [
    'exemptions',
    'add',
    'people-asked',
    'S3.8',
    '--owner',
    'a',
    '--reason',
    'b',
    '--expires',
    '2999-01-31',
  ],
  ['exemptions', 'confirm', 'people-asked', 'S3.8', '--owner', 'a'],
  ['exemptions', 'end', 'people-asked', 'S3.8'],
  ['rollouts', 'start', 'PL.SSH.4'],
];

const as = async <T>(variables: Readonly<Record<string, string>>, act: () => Promise<T>) => {
  Object.assign(process.env, variables);
  try {
    return await act();
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
    Object.assign(process.env, environment());
  }
};
const credentials = { accessKeyId: 'root', secretAccessKey: 'any' };
const session = async (RoleArn: string) => {
  const { Credentials: given } = await new STS({ ...settings(), credentials }).assumeRole({
    RoleArn,
    RoleSessionName: 'eve@example.com',
  });
  return {
    AWS_ACCESS_KEY_ID: given?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: given?.SecretAccessKey ?? '',
    AWS_SESSION_TOKEN: given?.SessionToken ?? '',
  };
};
/** A session of a role of her own, as a person has it who signs in by single sign-on. */
const ownSession = async (RoleName: string, Path: string) => {
  const AssumeRolePolicyDocument = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }],
  });
  const iam = new IAM({ ...settings(), credentials });
  const { Role } = await iam.createRole({ RoleName, Path, AssumeRolePolicyDocument });
  return session(Role?.Arn ?? '');
};
const lines = (arn: string) => [
  `only operators change something, and ${arn} is none. Write this into the baseline, and deploy it:`,
  'operators:',
  `  - arn:aws:iam::${account}:user/alice`,
  `  - ${ops}`,
  `  - ${arn}`,
  '',
];

beforeAll(() => openBucket('people-asked'), 60_000);

describe('a person whom the baseline does not name', () => {
  it.each(changing)('is told what to write before anything else: %s %s', async (...args) => {
    const { code, stdout, stderr } = await as({ AWS_ACCESS_KEY_ID: 'eve' }, () => cli(...args));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.split('\n')).toEqual(lines(`arn:aws:iam::${account}:user/eve`));
  });

  it('in a session is told to name the role, with its path', async () => {
    const eve = await ownSession('AWSReservedSSO_Power_1', '/aws-reserved/sso.amazonaws.com/');
    const { code, stderr } = await as(eve, () => cli('fix', 'people-asked', 'S3.8', '--yes'));
    expect(code).toBe(2);
    const path = 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Power_1';
    expect(stderr.split('\n')).toEqual(lines(`arn:aws:iam::${account}:role/${path}`));
  });

  it('looks all the same', async () => {
    const { code, stderr } = await as({ AWS_ACCESS_KEY_ID: 'eve' }, () => cli('actions'));
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('an operator', () => {
  const actionIn = (text: string) => text.match(/pl-[0-9a-f]{20}/)?.[0] ?? 'none';

  it('in a session is known by the role; what the session is called is its own word', async () => {
    await openBucket('people-role');
    const fixed = await as(await session(ops), () => cli('fix', 'people-role', 'S3.8', '--yes'));
    expect([fixed.code, fixed.stderr]).toEqual([0, '']);
    const id = actionIn(fixed.stdout);
    const { askedBy } = JSON.parse((await cli('action', id, '--json')).stdout);
    expect(askedBy).toEqual({ kind: 'person', who: ops, session: 'eve@example.com' });
    expect((await cli('action', id)).stdout).toContain(
      `${ops} (who calls the session eve@example.com)`,
    );
  });

  it('asks in no other name than the own, whatever the message says', async () => {
    await openBucket('people-named');
    const id = `pl-${'0b'.repeat(10)}`;
    const sqs = new SQS({ ...settings(), credentials: { ...credentials, accessKeyId: 'alice' } });
    const { QueueUrls: [QueueUrl] = [] } = await sqs.listQueues({
      QueueNamePrefix: 'Plumbline-RemediationsQueue',
    });
    const bob = { kind: 'person', who: `arn:aws:iam::${account}:user/bob`, session: 'bob' };
    const ref = { account, region: 'us-east-1', id: 'people-named' };
    const ask = { version: 1, ask: 'remediate', id, type: 'AWS::S3::Bucket', ref };
    await sqs.sendMessage({
      QueueUrl,
      MessageBody: JSON.stringify({ ...ask, controls: ['S3.8'], askedBy: bob }),
      MessageGroupId: 'g',
      MessageDeduplicationId: 'd',
    });
    const acted = async () => JSON.parse((await cli('action', id, '--json')).stdout || '{}');
    for (let tries = 0; tries < 60 && (await acted()).state !== 'VERIFIED'; tries += 1)
      await sleep(500);
    expect(await acted()).toMatchObject({
      state: 'VERIFIED',
      askedBy: { kind: 'person', who: `arn:aws:iam::${account}:user/alice` },
    });
    expect(JSON.stringify(await acted())).not.toContain('bob');
  });
});
