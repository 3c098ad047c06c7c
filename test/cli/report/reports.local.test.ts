import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { reportHour } from '../../../lib/engine/baseline/report-hour.ts';
import { remediating } from '../remediating.ts';

const account = '123456789012';
const baseline = `
presets: []
controls: { S3.8: { mode: plan }, S3.5: {} }
history: true
reports: [{ standard: fsbp-1.0.0, every: week, to: bucket }, { standard: soc2-2017, every: month }, { standard: house.yaml, every: day }]
`;
const house = `{ id: house, title: House rules, date: 2026-11-30, requirements: [{ id: a, controls: [S3.8] }] }`;

describe('reports of an installation', () => {
  const { cli, as, s3, settings, openBucket } = remediating(baseline, {
    files: { 'house.yaml': house },
  });
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-reports-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const reported = async () => {
    const out = join(folder, 'report.json');
    const ran = await cli(
      ...['report', '--standard', 'fsbp-1.0.0', '--stack', 'Plumbline'],
      ...['--format', 'json', '--out', out],
    );
    expect(ran.stderr).toBe('');
    return JSON.parse(await readFile(out, 'utf8'));
  };
  /** A command as it is printed, run as it stands. */
  const run = (command: string, ...more: readonly string[]) => {
    expect(command).toMatch(/^npx --no-install plumbline [\w .:/=,+@-]+$/);
    return cli(...command.split(' ').slice(3), ...more);
  };
  const lambda = () => new Lambda(settings());
  const functionName = async () => {
    const { Functions = [] } = await lambda().listFunctions({});
    return Functions.find(({ Handler }) => Handler === 'report.handler')?.FunctionName ?? '';
  };
  const invoked = async (event: unknown) => {
    const { FunctionError, Payload } = await lambda().invoke({
      FunctionName: await functionName(),
      Payload: Buffer.from(JSON.stringify(event)),
    });
    return [FunctionError, Buffer.from(Payload ?? []).toString()] as const;
  };
  const files = async () => {
    const { Buckets = [] } = await s3().listBuckets({});
    const bucket = Buckets.find(({ Name = '' }) => /reports/i.test(Name))?.Name ?? '';
    const { Contents = [] } = await s3().listObjectsV2({ Bucket: bucket });
    return { bucket, keys: Contents.flatMap(({ Key }) => Key ?? []).sort() };
  };

  it('print commands that run: what puts right, and what shows how', async () => {
    await openBucket('reported');
    const { first } = await reported();
    const commandOf = (control: string) =>
      first.find(
        (one: { control: string; arn: string }) =>
          one.control === control && one.arn === 'arn:aws:s3:::reported',
      )?.command;
    expect(commandOf('S3.8')).toBe('npx --no-install plumbline fix arn:aws:s3:::reported S3.8');
    expect(commandOf('S3.5')).toBe(
      'npx --no-install plumbline plan --resource arn:aws:s3:::reported --control S3.5 --region us-east-1',
    );
    const shown = await run(commandOf('S3.5'));
    expect([shown.code, shown.stderr]).toEqual([1, '']);
    expect(shown.stdout).toContain('S3.5');
    const fixed = await run(commandOf('S3.8'), '--yes');
    expect([fixed.code, fixed.stderr]).toEqual([0, '']);
  });

  it('tell of actions that were done and undone, with how long they took', async () => {
    const { actions } = await reported();
    expect(actions.list).toMatchObject([
      {
        account,
        state: 'VERIFIED',
        controls: ['S3.8'],
        resource: 'arn:aws:s3:::reported',
        askedBy: 'person',
        toDetectSeconds: expect.any(Number),
        toRepairSeconds: expect.any(Number),
      },
    ]);
    expect(actions.toRepair.count).toBe(1);
    const [{ id }] = actions.list;
    const undone = await cli('undo', id, '--confirm', id);
    expect([undone.code, undone.stderr]).toEqual([0, '']);
    const after = await reported();
    expect(after.actions.list).toHaveLength(2);
    const [undo, action] = after.actions.list;
    expect(undo).toMatchObject({ undoes: id });
    expect(action).toMatchObject({ id, undoneBy: undo.id });
    expect(JSON.stringify(after.actions)).not.toContain('alice');
  });

  it('are written by the clock into a bucket of their own, and told to the topic', async () => {
    const [sns, sqs] = [new SNS(settings()), new SQS(settings())];
    const { Topics = [] } = await sns.listTopics({});
    const TopicArn = Topics.find(({ TopicArn: arn = '' }) => /Alarms/.test(arn))?.TopicArn ?? '';
    const { QueueUrl = '' } = await sqs.createQueue({ QueueName: 'told' });
    const Endpoint = `arn:aws:sqs:us-east-1:${account}:told`;
    await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint });
    expect(await invoked({ every: 'week' })).toEqual([undefined, 'null']);
    const { bucket, keys } = await files();
    const today = new Date(Date.now() - reportHour * 3_600_000).toISOString().slice(0, 10);
    expect(keys).toEqual([
      `reports/fsbp-1.0.0/${today}-week.html`,
      `reports/fsbp-1.0.0/${today}-week.json`,
      `reports/made-from/${today}-week-${account}.json`,
    ]);
    const textOf = async (Key: string) =>
      (await s3().getObject({ Bucket: bucket, Key })).Body?.transformToString() ?? '';
    const report = JSON.parse(await textOf(keys[1] ?? ''));
    expect(report.scans).toMatchObject([{ source: 'posture', account }]);
    expect(report.failures).toContainEqual(
      expect.objectContaining({ control: 'S3.8', arn: 'arn:aws:s3:::reported' }),
    );
    expect(report.gaps.join('\n')).toContain('has not written any day of its history yet');
    expect(report.actions.list.length).toBeGreaterThanOrEqual(0);
    expect(await textOf(keys[0] ?? '')).toMatch(/^<!doctype html>/);
    const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 5 });
    const { Subject, Message } = JSON.parse(Messages[0]?.Body ?? '{}');
    expect(Subject).toBe('Plumbline: fsbp-1.0.0, every week');
    expect(Message).toContain(`aws s3 cp s3://${bucket}/${keys[0]} .`);
    expect(Message).toMatch(/Coverage \d+ %/);
    expect(Message).not.toContain('reported');

    // Whoever may invoke the function has nothing written or told again.
    const versions = async () => (await s3().listObjectVersions({ Bucket: bucket })).Versions;
    const before = await versions();
    expect(before).toHaveLength(3);
    expect(await invoked({ every: 'week' })).toEqual([undefined, 'null']);
    expect(await versions()).toEqual(before);
    await sqs.deleteMessage({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle });
    expect((await sqs.receiveMessage({ QueueUrl, WaitTimeSeconds: 2 })).Messages ?? []).toEqual([]);
  });

  it('are written by one role alone, which may not read them, nor write elsewhere', async () => {
    const { bucket, keys } = await files();
    const [Key = ''] = keys;
    const writer = new S3({ ...as('report'), forcePathStyle: true });
    const denied = /denied|not auth/i;
    await expect(writer.getObject({ Bucket: bucket, Key })).rejects.toThrow(denied);
    await expect(writer.deleteObject({ Bucket: bucket, Key })).rejects.toThrow(denied);
    await expect(writer.putObject({ Bucket: bucket, Key: 'elsewhere', Body: 'x' })).rejects.toThrow(
      denied,
    );
    await expect(s3().putObject({ Bucket: bucket, Key, Body: 'forged' })).rejects.toThrow(denied);
  });

  it('are not written for another word than the rules have', async () => {
    const [error, payload] = await invoked({ every: 'second' });
    expect(error).toBe('Unhandled');
    expect(payload).toContain('was asked for reports every second; allowed: day, week, month');
    expect((await files()).keys).toHaveLength(3);
  });

  it('are of a framework of one’s own too, as its file was when the stack was deployed', async () => {
    expect(await invoked({ every: 'day' })).toEqual([undefined, 'null']);
    const { bucket, keys } = await files();
    const Key = keys.find((key) => /^reports\/house\/.*-day\.json$/.test(key));
    const { Body } = await s3().getObject({ Bucket: bucket, Key });
    const report = JSON.parse((await Body?.transformToString()) ?? '');
    expect(report.frameworks).toMatchObject([
      { id: 'house', title: 'House rules', requirements: [{ id: 'a' }] },
    ]);
    // What was done today the report of tomorrow tells.
    expect(report.actions.list).toEqual([]);
  });

  it('stay when the stack is removed, and uninstall says so', async () => {
    const { bucket } = await files();
    const { stdout } = await cli('uninstall', '--dry-run');
    expect(stdout).toContain(`${bucket}  bucket of reports`);
  });
});
