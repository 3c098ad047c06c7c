import { setTimeout as sleep } from 'node:timers/promises';
import { IAM } from '@aws-sdk/client-iam';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
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
  ['undo', 'pl-00000000000000000000', '--confirm', 'pl-00000000000000000000'],
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
  ['breakers', 'close', 'S3.8'],
  ['remediation', 'on', '--yes'],
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

describe('what lets go again', () => {
  const eve = () => new SSM({ ...settings(), credentials: { ...credentials, accessKeyId: 'eve' } });
  const Name = '/plumbline/remediation';
  const until = '2999-01-01T00:00:00.000Z';
  const status = async () => JSON.parse((await cli('remediation', '--json')).stdout);
  const blocked = async (id: string) => {
    await openBucket(id);
    return (await cli('fix', id, 'S3.8', '--yes')).stdout;
  };

  it('anybody may stop; that alone the parameter can do', async () => {
    expect(await status()).toMatchObject({ isOn: true, by: `arn:aws:iam::${account}:user/alice` });
    const off = await as({ AWS_ACCESS_KEY_ID: 'eve' }, () => cli('remediation', 'off'));
    expect(off.stdout).toMatch(/^remediation is off since/);
    await eve().putParameter({ Name, Value: 'on', Overwrite: true });
    expect(await status()).toMatchObject({ isOn: false, value: 'on' });
    expect((await cli('remediation')).stdout).toMatch(
      /^remediation is off \(its parameter says on, which no operator has asked for\)/,
    );
    expect(await blocked('people-off')).toMatch(/killSwitch says: remediation is switched off/);
  });

  it('stays off where the parameter is made anew, as often as it was written', async () => {
    const { Parameter } = await eve().getParameter({ Name });
    await eve().deleteParameter({ Name });
    for (let version = 0; version < (Parameter?.Version ?? 1); version += 1)
      await eve().putParameter({ Name, Value: 'on', Type: 'String', Overwrite: version > 0 });
    expect(await status()).toMatchObject({ isOn: false });
  });

  it('an operator turns on, and any write turns off again', async () => {
    const on = await cli('remediation', 'on', '--yes');
    expect([on.code, on.stderr]).toEqual([0, '']);
    expect(on.stdout).toMatch(/^remediation is on since \S+ by arn:aws:iam::\d+:user\/alice\n$/);
    await eve().putParameter({ Name, Value: 'on', Overwrite: true });
    expect(await status()).toMatchObject({ isOn: false, value: 'on' });
    expect((await cli('remediation', 'on', '--yes')).code).toBe(0);
    expect(await status()).toMatchObject({ isOn: true });
  });

  it('of breakers an operator closes, who writes to the ledger by asking for it', async () => {
    const trip = { Name: '/plumbline/breakers/S3.8', Type: 'String' as const, Overwrite: true };
    await eve().putParameter({ ...trip, Value: JSON.stringify({ until, actions: 20 }) });
    expect(await blocked('people-tripped')).toMatch(/the breaker of S3\.8 is open until 2999/);
    const closed = await cli('breakers', 'close', 'S3.8');
    expect([closed.code, closed.stderr]).toEqual([0, '']);
    expect((await cli('fix', 'people-tripped', 'S3.8', '--yes')).code).toBe(0);
  });
});
