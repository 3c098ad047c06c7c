import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { Provenance } from '../../lib/engine/changes/sender.ts';
import type { Delivered } from '../../lib/engine/remediation/delivery.ts';
import { takeStep } from '../../lib/pipeline/hosts/audit/audit-steps.ts';
import { parseHostMessage } from '../../lib/pipeline/hosts/audit/host-message.ts';
import { parseRequests } from '../../lib/pipeline/remediate/parse-requests.ts';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../../lib/pipeline/runtime/batch.ts';
import type { Remediation } from '../../lib/pipeline/runtime/runtime.ts';
import { takeSweep } from '../../lib/pipeline/sweep/sweep.ts';
import { account, createWorld, region, start } from '../fakes/fake-resource.ts';
import { awsSender, ownRole } from '../fakes/heard.ts';
import { operatorArn, operatorId, operators } from '../fakes/operator.ts';

const at = new Date(start).toISOString();
const now = new Date(start);
const ours: Provenance = { sender: { kind: 'own', role: ownRole }, now };
const others: readonly Provenance[] = [
  { sender: { kind: 'principal', id: awsSender }, now },
  { sender: { kind: 'principal', id: 'AROAMALLORY000000000A', session: 'Plumbline' }, now },
];
const place = { account, homeRegion: region, regions: [region] };
const action = `pl-${'0a'.repeat(10)}`;
const ref = { account, region, id: 'home' };
const type = 'Plumbline::House';
const asked = { version: 1, id: action, type, ref, askedBy: { kind: 'person' } };
const remediate = { ...asked, ask: 'remediate', controls: ['T.1'] };
const drifted = { ...remediate, askedBy: { kind: 'drift' } };

type Take = (body: unknown, provenance: Provenance) => Promise<{ readonly dropped?: string }>;
const pages: Take = async (body, provenance) =>
  takeSweep(body, createWorld().runtime, { provenance });
const audits: Take = async (body, provenance) => takeStep(body, place, provenance);
const results: Take = async (body, provenance) => parseHostMessage(body, place, provenance);
const notices: string[] = [];
const remediation = {
  operators,
  notify: async (subject: string) => void notices.push(subject),
} as unknown as Remediation;
const parse = (body: unknown, provenance: Provenance, isOurs = true) =>
  parseRequests(
    body,
    { ...createWorld().runtime, remediation },
    { provenance, delivery: { message: 'm', receive: 1 }, isOurs: Promise.resolve(isOurs) },
  );
const remediations: Take = parse;
const operator: Provenance = { sender: { kind: 'principal', id: operatorId, session: 'bob' }, now };

describe('only our own roles say', () => {
  it.each<[string, Take, object]>([
    ['that everything is to be swept', pages, { version: 1, sweep: 'all' }],
    [
      'what is to be swept',
      pages,
      { version: 1, sweep: type, account, region, facets: 'all', cause: { kind: 'sweep' } },
    ],
    ['that all hosts are to be audited', audits, { version: 1, audit: 'all' }],
    ['that one is', audits, { version: 1, audit: 'again', host: 'i-1', areas: ['ssh'] }],
    ['that one has started', audits, { version: 1, audit: 'started', host: 'i-1', since: at }],
    ['that a host is silent', results, { version: 1, type: 'silent', host: 'i-1', since: at }],
    ['that it is to be reviewed', results, { version: 1, type: 'review', host: 'i-1' }],
    [
      'that it is changed',
      results,
      { version: 1, type: 'awaited', host: 'i-1', action, since: at },
    ],
    ['that its answer is late', results, { version: 1, type: 'overdue', host: 'i-1', action }],
    ['that it has answered', remediations, { ...asked, ask: 'answer', command: 'c-1' }],
    ['that a verdict is in', remediations, { ...asked, ask: 'conclude', row: 1 }],
    ['that something has waited', remediations, { ...drifted, waited: { since: at, tries: 1 } }],
  ])('%s', async (_, take, body) => {
    expect((await take(body, ours)).dropped).toBeUndefined();
    for (const provenance of others)
      expect((await take(body, provenance)).dropped).toBe('outsider');
  });
});

describe('anybody who may send at all says', () => {
  it.each<[string, Take, object]>([
    ['that it may be time for a sweep', pages, { version: 1, sweep: 'due' }],
    ['that it may be time for audits', audits, { version: 1, audit: 'due' }],
  ])('%s', async (_, take, body) => {
    for (const provenance of [ours, ...others])
      expect((await take(body, provenance)).dropped).toBeUndefined();
  });
});

describe('an operator alone says', () => {
  const asks: readonly (readonly [string, object])[] = [
    ['what a person wants', remediate],
    ['what a person wants taken back', { ...asked, ask: 'undo', undoes: action }],
    [
      'what a person has said of a resource',
      {
        ...{ ...asked, ask: 'exempt', control: 'S3.8' },
        granted: { owner: 'dave', reason: 'a party', expires: '2026-07-01T00:00:00.000Z' },
      },
    ],
    ['that an exemption ends', { ...asked, ask: 'exempt', control: 'S3.8' }],
    ['that a rollout begins anew', { ...asked, ask: 'restart', control: 'PL.SSH.4' }],
    ['that remediation is on', { ...asked, ask: 'turnOn' }],
    ['that a breaker is closed', { ...asked, ask: 'close', control: 'S3.8' }],
  ];
  it.each(asks)('%s, and as who AWS says, whatever the message does', async (_, body) => {
    const forged = { kind: 'drift', who: 'arn:aws:iam::123456789012:user/alice', session: 'eve' };
    for (const askedBy of [{ kind: 'person' }, { ...forged, kind: 'person' }, forged]) {
      const { items, dropped } = await parse({ ...body, askedBy }, operator);
      expect(dropped).toBeUndefined();
      expect(items).toMatchObject([
        { askedBy: { kind: 'person', who: operatorArn, session: 'bob' } },
      ]);
    }
    for (const provenance of [ours, ...others])
      expect((await parse(body, provenance)).dropped).toBe('outsider');
  });

  it('neither that a host has answered, that a verdict is in, nor that something has waited', async () => {
    for (const body of [
      { ...asked, ask: 'answer', command: 'c-1' },
      { ...asked, ask: 'conclude', row: 1 },
      { ...drifted, waited: { since: at, tries: 1 } },
    ])
      expect((await parse(body, operator)).dropped).toBe('outsider');
  });

  it.each(asks)(
    '%s: of a stranger who says it people are told, and of which ask',
    async (_, body) => {
      const id = `AROAEVE${Math.random().toString(36).slice(2)}`;
      notices.length = 0;
      await parse(body, { sender: { kind: 'principal', id, session: 'ops' }, now });
      expect(notices).toEqual([`Plumbline: refused a request of ${id}`]);
    },
  );

  it('and of a stranger who asked people are told, once, and only if it was a message', async () => {
    const id = 'AROAEVE0000000000000A';
    const eve: Provenance = { sender: { kind: 'principal', id, session: 'ops' }, now };
    notices.length = 0;
    await parse(remediate, eve, false);
    expect(notices).toEqual([]);
    await parse(remediate, eve);
    await parse(remediate, eve);
    expect(notices).toEqual([`Plumbline: refused a request of ${id}`]);
  });
});

describe('a batch of asks that a stranger has put on the queue', () => {
  const asks = [
    { ...asked, ask: 'turnOn' },
    { ...asked, ask: 'close', control: 'S3.8' },
    { ...asked, ask: 'restart', control: 'PL.SSH.4' },
    { ...asked, ask: 'exempt', control: 'S3.8' },
    { ...asked, ask: 'undo', undoes: action },
    remediate,
  ];
  /** As lambdas/remediate.ts takes them: what it does, gives back and logs. */
  const deliver = async (senderId: string) => {
    const lines: unknown[] = [];
    const logger = { info: (...said: unknown[]) => void lines.push(said[1]), error: () => {} };
    const done: unknown[] = [];
    const runtime = { ...createWorld().runtime, remediation };
    const handler = middy<BatchEvent<Delivered>, BatchAnswer>()
      .use(queueBatch(logger, parseRequests, async () => runtime))
      .handler(async ({ proven }) => (await proven).map((one) => ({ done: done.push(one) })));
    const Records = asks.map((body, index) => ({
      messageId: `${index}`,
      receiptHandle: `handle of ${index}`,
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: '1', SenderId: senderId },
      eventSourceARN: `arn:aws:sqs:${region}:${account}:Remediations.fifo`,
    }));
    const answer = await handler({ Records } as BatchEvent<Delivered>, {} as Context);
    return { answer, done, lines };
  };

  it('is dropped, counted and told of, and none comes again', async () => {
    notices.length = 0;
    const { answer, done, lines } = await deliver('AROAMALLORY000000000B:ops');
    expect(done).toEqual([]);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(lines).toMatchObject([{ records: 6, failed: 0, dropped: { outsider: 6 } }]);
    expect(notices).toEqual(['Plumbline: refused a request of AROAMALLORY000000000B']);
  });

  it('is done where it is an operator', async () => {
    const { done } = await deliver(`${operatorId}:bob`);
    expect(done).toHaveLength(6);
  });
});

describe('of our own too is refused', () => {
  const far = '2099-01-01T00:00:00.000Z';
  const past = '2020-01-01T00:00:00.000Z';
  it.each<[string, Take, object, string]>([
    [
      'a host that will start',
      audits,
      { version: 1, audit: 'started', host: 'i-1', since: far },
      'future',
    ],
    [
      'one that started long ago',
      audits,
      { version: 1, audit: 'started', host: 'i-1', since: past },
      'stale',
    ],
    [
      'one that will be silent',
      results,
      { version: 1, type: 'silent', host: 'i-1', since: far },
      'future',
    ],
    [
      'an action that will come',
      results,
      { version: 1, type: 'awaited', host: 'i-1', action, since: far },
      'future',
    ],
    [
      'what waits since it will',
      remediations,
      { ...drifted, waited: { since: far, tries: 1 } },
      'future',
    ],
    [
      'what waits for ever',
      remediations,
      { ...drifted, waited: { since: past, tries: 1 } },
      'stale',
    ],
    [
      'what is asked of another account',
      remediations,
      { ...remediate, ref: { ...ref, account: '210987654321' } },
      'foreign',
    ],
    [
      'of another region',
      remediations,
      { ...remediate, ref: { ...ref, region: 'eu-west-1' } },
      'ungoverned',
    ],
    [
      'a sweep of another account',
      pages,
      {
        version: 1,
        sweep: type,
        account: '210987654321',
        region,
        facets: 'all',
        cause: { kind: 'sweep' },
      },
      'foreign',
    ],
  ])('%s', async (_, take, body, reason) => {
    expect((await take(body, ours)).dropped).toBe(reason);
  });

  it('never a host that has been silent for long', async () => {
    const silent = { version: 1, type: 'silent', host: 'i-1', since: past };
    expect((await results(silent, ours)).dropped).toBeUndefined();
  });
});
