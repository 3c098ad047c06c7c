import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { SQS } from '@aws-sdk/client-sqs';
import { remediating } from '../remediating.ts';

const baseline = `
operators:
  - { arn: 'arn:aws:iam::123456789012:user/alice', may: [audit] }
  - { arn: 'arn:aws:iam::123456789012:user/bob', may: [fix] }
presets: []
hosts: { areas: [ssh, firewall] }
controls: { S3.8: {} }
`;
interface Item {
  readonly id: string;
  readonly outcome: string;
  readonly before?: string;
  readonly resources: readonly {
    readonly control: string;
    readonly arn: string;
    readonly status: string;
    readonly readAt?: string;
    readonly reason?: string;
  }[];
}

describe('checklist post --audit, of a stack that changes nothing', () => {
  const { cli, settings, as, instanceId } = remediating(baseline, { hasHost: true });
  const output = async (name: string) => {
    const { Stacks = [] } = await new CloudFormation(settings()).describeStacks({
      StackName: 'Plumbline',
    });
    return Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? '';
  };
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-audit-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('has hosts audited now, and says of a host that is silent that nobody can tell', async () => {
    const TableName = await output('PostureTable');
    const wanted = { ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 };
    const { Instances } = await new EC2(settings()).runInstances(wanted);
    const silent = Instances?.[0]?.InstanceId ?? '';
    const answeredAt = { S: '2026-01-01T00:00:00.000Z' };
    const Item = { pk: { S: 'hosts' }, sk: { S: silent }, answeredAt };
    await new DynamoDB(as('host-results')).putItem({ TableName, Item });
    const kept = join(folder, 'kept.json');
    const since = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
    const asked = ['checklist', 'post', '--audit', '--format', 'json', '--keep', kept];
    const { code, stdout, stderr } = await cli(...asked);
    expect(stderr).toBe('');
    expect(code).toBe(2);
    const { items }: { items: Item[] } = JSON.parse(stdout);
    const sshd = items.find(({ id }) => id === 'server.1');
    expect(sshd).toMatchObject({ outcome: 'not done', before: expect.any(String) });
    const of = (host: string) => sshd?.resources.find(({ arn }) => arn.endsWith(`/${host}`));
    expect(of(instanceId())).toMatchObject({ control: 'PL.SSH.20', status: 'FAIL' });
    expect((of(instanceId())?.readAt ?? '') >= since).toBe(true);
    expect(of(silent)).toMatchObject({
      control: 'PL.SSH.20',
      status: 'UNKNOWN',
      reason: expect.stringMatching(/^the host has not answered the audit of \d{4}-/),
    });
    const record = JSON.parse(await readFile(kept, 'utf8'));
    expect(record.gaps).toContain(`1 host did not answer in time: ${silent}.`);
    expect(record.controls['S3.8']).toBeDefined();
  }, 240_000);

  it.each([
    ['eve', /^only operators have hosts audited, and arn:\S+:user\/eve is none\./],
    ['bob', /^arn:\S+:user\/bob may not ask for audit, but for fix/],
  ])('refuses %s with a sentence, before anything is read', async (who, sentence) => {
    process.env['AWS_ACCESS_KEY_ID'] = who;
    const { code, stdout, stderr } = await cli('checklist', 'post', '--audit');
    process.env['AWS_ACCESS_KEY_ID'] = 'alice';
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });

  it.each(['eve', 'bob'])('the queue refuses %s as well', async (accessKeyId) => {
    const credentials = { accessKeyId, secretAccessKey: 'any' };
    const sqs = new SQS({ ...settings(), credentials });
    const MessageBody = JSON.stringify({ version: 1, audit: 'asked', id: crypto.randomUUID() });
    const asked = sqs.sendMessage({ QueueUrl: await output('AuditsQueue'), MessageBody });
    await expect(asked).rejects.toMatchObject({ name: expect.stringMatching(/AccessDenied/) });
  });

  it.each([
    [['--audit', '--region', 'us-east-1'], /--audit does not go with --region/],
    [['--audit', '--wait', 'soon'], /--wait is a whole number of seconds/],
    [['--wait', '5'], /--wait is of an audit/],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const { code, stderr } = await cli('checklist', 'post', ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  });
});
