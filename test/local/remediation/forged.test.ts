import { createHmac } from 'node:crypto';
import { KMS } from '@aws-sdk/client-kms';
import type { Action } from '../../../lib/engine/remediation/action.ts';
import { call, type Plan } from '../../../lib/model/control.ts';
import { encode } from '../../../lib/support/wire.ts';
import {
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
  undoOf,
} from '../../remediation/stack.ts';
import { askOn, control, driftOf, isBlocked, newBucket, recorder } from './buckets.ts';
import { actionIn } from './looking.ts';
import { limits, turn } from './obstacles.ts';

// Somebody writes to the ledger, and as well as can be: with a seal. What is carried out must not be what they wrote.

let stack: TestStack;
let plumbline: Plumbline;
const { calls, fault, writes } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {} },
    baseline: limits({ flapping: { drifts: 10, hours: 24 } }),
    fault,
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);
beforeEach(() => turn(plumbline, 'on'));

const actionOf = (id: string) => actionIn(plumbline, id);
const toldOf = () => plumbline.notices.filter((one) => one.includes('what the ledger says'));

/** A drift that was put right, and proven so. */
const fixed = async (): Promise<Action> => {
  await driftOf(stack, plumbline, await newBucket(stack));
  const [ask] = plumbline.asks;
  await plumbline.drive();
  calls.length = 0;
  plumbline.notices.length = 0;
  return actionOf(ask?.id ?? '');
};
const rewritten = async (id: string, more: Partial<Action>): Promise<void> => {
  const entry = await plumbline.remediation.ledger.get(id);
  if (!entry) throw new Error(`there is no ${id}`);
  await plumbline.remediation.ledger.put(entry, { ...entry.action, ...more });
};

const itemOf = async (id: string): Promise<Record<string, unknown>> => {
  const Key = { pk: `action#${id}`, sk: 'action' };
  const { Item } = await plumbline.dynamoDb.get({ TableName: plumbline.ledgerTable, Key });
  return Item ?? {};
};
const putItem = (Item: Record<string, unknown>) =>
  plumbline.dynamoDb.put({ TableName: plumbline.ledgerTable, Item });
/** One action for all tests of a block, kept before each as it was. */
const keptAsItWas = (): (() => Action) => {
  let action: Action;
  let item: Record<string, unknown>;
  beforeAll(async () => {
    action = await fixed();
    item = await itemOf(action.id);
  });
  beforeEach(async () => {
    calls.length = 0;
    plumbline.notices.length = 0;
    await putItem(item);
  });
  return () => action;
};

type Calls = Extract<Plan, { kind: 'calls' }>;
const planIn = ({ plan }: Action): Calls => {
  if (plan?.kind !== 'calls') throw new Error('it has no calls');
  return plan;
};
const taking = (action: Action, undo: Calls['undo']): Plan => ({ ...planIn(action), undo });
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess';
const attach = call('iam', 'attachRolePolicy', { RoleName: 'eve', PolicyArn: administrator });
const trust = call('iam', 'updateAssumeRolePolicy', {
  RoleName: 'admin',
  PolicyDocument: '{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}',
});
const ssh = call('ec2', 'authorizeSecurityGroupIngress', {
  GroupId: 'sg-1',
  IpPermissions: [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ],
});
const everything = { actions: ['iam:*', 'ec2:*', 's3:*'], resources: ['*'] };

interface Forgery {
  readonly why: RegExp;
  readonly how: (action: Action) => Partial<Action>;
}
const undoing = (action: Action, made: ReturnType<typeof call>): Partial<Action> => ({
  plan: taking(action, { calls: [made], widensAccess: true }),
  grants: [everything],
});
const notPlanned = /^the undo of pl-\w+ is not what S3\.8 plans for what was there before$/;

const forgeries: Record<string, Forgery> = {
  'the undo attaches AdministratorAccess': { why: notPlanned, how: (one) => undoing(one, attach) },
  'the undo rewrites the trust of a role': { why: notPlanned, how: (one) => undoing(one, trust) },
  'the undo opens port 22': { why: notPlanned, how: (one) => undoing(one, ssh) },
  'one call is added to the undo': {
    why: notPlanned,
    how: (one) => {
      const { undo } = planIn(one);
      const own = 'calls' in undo ? undo.calls : [];
      return { plan: taking(one, { calls: [...own, attach], widensAccess: true }) };
    },
  },
  'its grants are widened': {
    why: /^what pl-\w+ may do is not what S3\.8 plans/,
    how: ({ grants = [] }) => ({ grants: [...grants, everything] }),
  },
  'what it called is another': {
    why: /^what pl-\w+ calls is not what S3\.8 plans/,
    how: (one) => ({ plan: { ...planIn(one), calls: [attach] } }),
  },
  'its before-image is exchanged': {
    why: notPlanned,
    how: ({ before }) => ({
      before: { ...before, publicAccessBlock: { BlockPublicAcls: true } },
    }),
  },
  'its before-image is of no facet': {
    why: /keeps nonsense, which is no facet of AWS::S3::Bucket/,
    how: () => ({ before: { nonsense: 1 }, after: { nonsense: 1 } }),
  },
  'its controls are others': {
    why: /cannot be derived again/,
    how: () => ({ controls: ['PL.IAM.1'] }),
  },
  'it is about the bucket of another': {
    why: /is about arn:aws:s3:::another, and its resource is arn:aws:s3:::guarded/,
    how: (one) => ({
      arn: 'arn:aws:s3:::another',
      grants: (one.grants ?? []).map(({ actions }) => ({
        actions,
        resources: ['arn:aws:s3:::another'],
      })),
    }),
  },
  'it is of another resource': {
    why: /is of .*another, not of .*guarded/,
    how: ({ ref }) => ({ ref: { ...ref, id: 'another' } }),
  },
  'it is of another account': {
    why: /is of 999999999999#/,
    how: ({ ref }) => ({ ref: { ...ref, account: '999999999999' } }),
  },
  'it is of another region': {
    why: /is of 123456789012#eu-west-1#/,
    how: ({ ref }) => ({ ref: { ...ref, region: 'eu-west-1' } }),
  },
};

describe('an undo is refused, nothing is called and people are told, where in the ledger', () => {
  const kept = keptAsItWas();
  it.each(Object.entries(forgeries))('%s', async (_, { why, how }) => {
    const action = kept();
    await rewritten(action.id, how(action));
    const ask = undoOf(action);
    expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
    const undo = await actionOf(ask.id);
    expect(undo).toMatchObject({ state: 'BLOCKED', guard: 'ledger', calls: [] });
    expect(undo.why).toMatch(why);
    expect(writes()).toEqual([]);
    expect(toldOf()).toHaveLength(1);
    expect(await isBlocked(stack, action.ref.id)).toBe(true);
  });

  it('another action stands under its id', async () => {
    const [action, other] = [await fixed(), await fixed()];
    await plumbline.dynamoDb.put({
      TableName: plumbline.ledgerTable,
      Item: {
        ...(
          await plumbline.dynamoDb.get({
            TableName: plumbline.ledgerTable,
            Key: { pk: `action#${other.id}`, sk: 'action' },
          })
        ).Item,
        pk: `action#${action.id}`,
      },
    });
    const ask = undoOf(action);
    await plumbline.act([ask]);
    expect(await actionOf(ask.id)).toMatchObject({ state: 'BLOCKED', guard: 'ledger' });
    expect(writes()).toEqual([]);
  });

  it('an undo was begun that asks for something else', async () => {
    const action = await fixed();
    const ask = undoOf(action);
    if (ask.ask !== 'undo') throw new Error('that is no undo');
    const { id, type, ref, askedBy, undoes } = ask;
    const { arn, controls, grants, before, plan } = action;
    const begun = { type, ref, askedBy, undoes, arn, controls, driftedBy: [], calls: [] };
    await plumbline.remediation.ledger.add({
      ...begun,
      id,
      state: 'ACTING',
      startedAt: new Date().toISOString(),
      ...(plan?.kind === 'calls' ? { plan: { ...plan, calls: [attach] } } : {}),
      ...(grants ? { grants } : {}),
      ...(before ? { wanted: before, before: {} } : {}),
    });
    await plumbline.act([ask]);
    expect(await actionOf(id)).toMatchObject({
      state: 'BLOCKED',
      guard: 'ledger',
      why: `${id} is not the undo of ${action.id}`,
    });
    expect(writes()).toEqual([]);
    expect(toldOf()).toHaveLength(1);
  });
});

const bodyOf = (action: Action) => encode({ ...action });
/** As a whole consistent: the bucket was open to the world before, and is to be so again. */
const asIfOpen = (action: Action): Action => {
  const open = {
    BlockPublicAcls: false,
    BlockPublicPolicy: false,
    IgnorePublicAcls: false,
    RestrictPublicBuckets: false,
  };
  const back = call('s3', 'putPublicAccessBlock', {
    Bucket: action.ref.id,
    PublicAccessBlockConfiguration: open,
  });
  const undo = { calls: [back], widensAccess: true };
  return {
    ...action,
    before: { ...action.before, publicAccessBlock: open },
    plan: taking(action, undo),
  };
};

const unsealed: Record<
  string,
  (item: Record<string, unknown>, action: Action) => Promise<unknown>
> = {
  'a whole action that the catalogue would plan': (item, action) =>
    putItem({ ...item, action: bodyOf(asIfOpen(action)) }),
  'the same without a seal': ({ seal: _, ...item }, action) =>
    putItem({ ...item, action: bodyOf(asIfOpen(action)) }),
  'the same with a seal of their own': (item, action) =>
    putItem({
      ...item,
      action: bodyOf(asIfOpen(action)),
      seal: createHmac('sha256', 'guessed')
        .update(bodyOf(asIfOpen(action)))
        .digest('base64'),
    }),
  'a later version with the seal of an earlier one': (item) =>
    putItem({ ...item, sealedVersion: Number(item['sealedVersion']) + 1 }),
  'an outcome beside the seal': (item, { after, concludedAt }) =>
    putItem({ ...item, concluded: encode({ state: 'VERIFIED', concludedAt, after }) }),
  'the body of another action, sealed as that': async (item) => {
    const other = await itemOf((await fixed()).id);
    calls.length = 0;
    plumbline.notices.length = 0;
    await putItem({ ...other, pk: item['pk'] });
  },
};

describe('an undo is refused, nothing is called and people are told, where somebody put into the table', () => {
  const kept = keptAsItWas();
  it.each(Object.entries(unsealed))('%s', async (_, put) => {
    const action = kept();
    await put(await itemOf(action.id), action);
    const ask = undoOf(action);
    expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
    expect(await actionOf(ask.id)).toMatchObject({
      state: 'BLOCKED',
      guard: 'ledger',
      why: `nothing proves that Plumbline wrote what is kept as ${action.id}`,
      calls: [],
    });
    expect(writes()).toEqual([]);
    expect(toldOf()).toHaveLength(1);
    expect(await isBlocked(stack, action.ref.id)).toBe(true);
  });

  it('an earlier version of an action that was taken back: what is there is not what it left', async () => {
    const action = await fixed();
    const before = await itemOf(action.id);
    await plumbline.act([undoOf(action)]);
    await plumbline.drive();
    expect(await isBlocked(stack, action.ref.id)).toBe(false);
    await putItem(before);
    calls.length = 0;
    const again = undoOf(action);
    await plumbline.act([again]);
    expect(await actionOf(again.id)).toMatchObject({ state: 'BLOCKED', guard: 'undo' });
    expect((await actionOf(again.id)).why).toMatch(/has changed since/);
    expect(writes()).toEqual([]);
  });

  it('an earlier version of a fix that was under way: what is so already is not called again', async () => {
    const { ledger } = plumbline.remediation;
    const { put } = ledger;
    let begun: Record<string, unknown> = {};
    const keeping: typeof put = async (before, action) => {
      if (before.version === 1) begun = await itemOf(action.id);
      return put(before, action);
    };
    Object.assign(ledger, { put: keeping });
    const action = await fixed();
    Object.assign(ledger, { put });
    expect(begun).toMatchObject({ state: 'ACTING', seal: expect.any(String) });
    await putItem(begun);
    const { id, type, ref, controls, askedBy } = action;
    await plumbline.act([{ version: 1, ask: 'remediate', id, type, ref, controls, askedBy }]);
    await plumbline.drive();
    expect(writes()).toEqual([]);
    expect(await actionOf(id)).toMatchObject({ state: 'VERIFIED' });
    expect(await isBlocked(stack, ref.id)).toBe(true);
  });

  it('nothing at all, of an action whose image is in the bucket, it is taken back', async () => {
    const action = await fixed();
    const entry = await plumbline.remediation.ledger.get(action.id);
    if (!entry) throw new Error('there is none');
    const driftEvents = [...(action.driftEvents ?? []), 'x'.repeat(310_000)];
    const long = { ...action, driftEvents };
    await plumbline.remediation.ledger.put(entry, long);
    calls.length = 0;
    const item = await itemOf(action.id);
    expect(item['action']).toBeUndefined();
    const s3 = await stack.clients('s3');
    const Bucket = stack.started.environment['IMAGES_BUCKET'] ?? '';
    const Key = String(item['image']);
    await s3.putObject({ Bucket, Key, Body: bodyOf(asIfOpen(long)) });
    const refused = undoOf(action);
    await plumbline.act([refused]);
    expect(await actionOf(refused.id)).toMatchObject({ state: 'BLOCKED', guard: 'ledger' });
    expect(writes()).toEqual([]);
    await s3.putObject({ Bucket, Key, Body: bodyOf(long) });
    const undo = undoOf(action);
    await plumbline.act([undo]);
    expect(await actionOf(undo.id)).toMatchObject({ state: 'VERIFYING' });
    await plumbline.drive();
  });
});

describe('the key of the ledger', () => {
  const message = { Message: Buffer.from('any'), MacAlgorithm: 'HMAC_SHA_256' as const };
  it.each(['alice', 'AKIAMALLORY', 'evaluator'])('seals nothing for %s', async (accessKeyId) => {
    const KeyId = stack.started.environment['LEDGER_KEY_ARN'] ?? '';
    const credentials =
      accessKeyId === 'evaluator' ? stack.evaluator : { accessKeyId, secretAccessKey: 'any' };
    const kms = new KMS({ region: 'us-east-1', endpoint: stack.url, credentials });
    const denied = { name: 'AccessDeniedException' };
    await expect(kms.generateMac({ KeyId, ...message })).rejects.toMatchObject(denied);
    await expect(kms.generateMac({ KeyId: KeyId.split('/')[1], ...message })).rejects.toMatchObject(
      denied,
    );
    const Mac = Buffer.alloc(32);
    await expect(kms.verifyMac({ KeyId, ...message, Mac })).rejects.toMatchObject(denied);
  });
});

describe('a fix that the ledger says was begun', () => {
  it.each([
    ['with other controls, past every guard', { controls: ['S3.5'] }],
    ['without what it was planned from', {}],
  ])('%s, is refused', async (_, more) => {
    const bucket = await newBucket(stack);
    await driftOf(stack, plumbline, bucket);
    plumbline.asks.length = 0;
    const ask = askOn(bucket);
    const { id, type, ref, controls, askedBy } = ask;
    calls.length = 0;
    plumbline.notices.length = 0;
    await plumbline.remediation.ledger.add({
      ...{ id, type, ref, controls, askedBy, arn: `arn:aws:s3:::${bucket}`, ...more },
      state: 'ACTING',
      driftedBy: [],
      startedAt: new Date().toISOString(),
      calls: [],
      before: { publicAccessBlock: null },
      grants: [everything],
      plan: {
        kind: 'calls',
        risk: 'safe',
        summary: 'x',
        calls: [attach],
        undo: { calls: [ssh], widensAccess: true },
      },
    });
    expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
    expect(await actionOf(id)).toMatchObject({ state: 'BLOCKED', guard: 'ledger', calls: [] });
    expect(writes()).toEqual([]);
    expect(toldOf()).toHaveLength(1);
  });
});
