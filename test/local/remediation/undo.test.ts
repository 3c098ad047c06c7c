import type { Action } from '../../../lib/engine/remediation/action.ts';
import type { RemediationRequest, UndoRequest } from '../../../lib/engine/remediation/request.ts';
import { extent } from '../../extent.ts';
import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
  undoOf,
} from '../../remediation/stack.ts';
import {
  askOn,
  bucketType,
  busy,
  control,
  deny,
  driftOf,
  isBlocked,
  mallory,
  newBucket,
  recorder,
  unblock,
} from './buckets.ts';
import { actionIn, findingIn } from './looking.ts';
import { limits, turn } from './obstacles.ts';

const tls = 'S3.5';

let stack: TestStack;
let plumbline: Plumbline;
let ahead = 0;
const { at, calls, fault, writes } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {}, [tls]: {} },
    baseline: limits({ flapping: { drifts: 10, hours: 24 } }),
    fault,
    clock: () => new Date(Date.now() + ahead),
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);
beforeEach(async () => {
  at.clear();
  ahead = 0;
  await turn(plumbline, 'on');
});

const actionOf = (id: string) => actionIn(plumbline, id);
/** A drift that was put right, and proven so. */
const fixed = async (): Promise<{ readonly id: string; readonly action: Action }> => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id);
  const [ask] = plumbline.asks;
  await plumbline.drive();
  calls.length = 0;
  return { id, action: await actionOf(ask?.id ?? '') };
};
const undoing = async (action: Action, more: Partial<UndoRequest> = {}): Promise<Action> => {
  const made = undoOf(action);
  if (made.ask !== 'undo') throw new Error('that is no undo');
  const ask = { ...made, ...more };
  expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
  return actionOf(ask.id);
};
const noteOn = async (id: string) => (await findingIn(stack, id))?.Note?.Text ?? '';

describe('an undo', () => {
  it('puts back what was there, is proven, and is no drift', async () => {
    const { id, action } = await fixed();
    const undo = await undoing(action);
    expect(undo).toMatchObject({ state: 'VERIFYING', undoes: action.id });
    await plumbline.drive();
    expect(await actionOf(undo.id)).toMatchObject({
      state: 'VERIFIED',
      wanted: { publicAccessBlock: null },
      after: { publicAccessBlock: null },
    });
    expect(await isBlocked(stack, id)).toBe(false);
    expect((await actionOf(action.id)).undoneBy).toBe(undo.id);
    expect(await noteOn(id)).toContain(`undo of ${action.id} VERIFIED`);
    const row = (await plumbline.row(bucketType, id))?.controls[control];
    expect(row).toMatchObject({ lastKnown: 'FAIL', lastAction: undo.id });
    expect(row?.drifts).toHaveLength(1);
    expect(writes()).toEqual(['s3.deletePublicAccessBlock']);
  });

  it('keeps what it took back from being put right for 24 hours, and no longer', async () => {
    const { id, action } = await fixed();
    await undoing(action);
    await plumbline.drive();
    const s3 = await stack.clients('s3');
    const redrift = async () => {
      const all = {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      };
      await s3.putPublicAccessBlock({ Bucket: id, PublicAccessBlockConfiguration: all });
      const time = plumbline.runtime.clock().toISOString();
      await driftOf(stack, plumbline, id, { time });
      const [ask] = plumbline.asks;
      await plumbline.drive();
      return actionOf(ask?.id ?? '');
    };
    ahead = 23 * 3_600_000;
    expect(await redrift()).toMatchObject({ state: 'BLOCKED', guard: 'hold' });
    ahead = 25 * 3_600_000;
    expect(await redrift()).toMatchObject({ state: 'VERIFIED' });
  });

  it('made twice is made once', async () => {
    const { action } = await fixed();
    const ask = undoOf(action);
    await plumbline.act([ask]);
    await plumbline.act([ask]);
    await plumbline.drive();
    await plumbline.act([ask]);
    expect(writes()).toEqual(['s3.deletePublicAccessBlock']);
    expect((await actionOf(ask.id)).state).toBe('VERIFIED');
  });

  it('that died after its call does not make it again, whatever somebody did since', async () => {
    const { id, action } = await fixed();
    const ask = undoOf(action);
    const { queues } = plumbline.runtime;
    const { review } = queues;
    Object.assign(queues, { review: async () => deny() });
    expect(await plumbline.act([ask])).toEqual([{ failure: expect.any(Error) }]);
    Object.assign(queues, { review });
    const s3 = await stack.clients('s3');
    const some = { BlockPublicAcls: true };
    await s3.putPublicAccessBlock({ Bucket: id, PublicAccessBlockConfiguration: some });
    await plumbline.act([ask]);
    expect(writes()).toEqual(['s3.deletePublicAccessBlock']);
  });

  it('is SUPERSEDED where somebody changed it meanwhile', async () => {
    const { id, action } = await fixed();
    const undo = await undoing(action);
    const s3 = await stack.clients('s3');
    const some = { BlockPublicAcls: true };
    await s3.putPublicAccessBlock({ Bucket: id, PublicAccessBlockConfiguration: some });
    await plumbline.evaluate([changed(bucketType, id), ...plumbline.changes.splice(0)]);
    await plumbline.conclude();
    expect(await actionOf(undo.id)).toMatchObject({
      state: 'SUPERSEDED',
      why: `changed meanwhile by ${mallory} (test:Change)`,
    });
    plumbline.asks.length = 0;
    plumbline.changes.length = 0;
  });

  it('that was stopped before its first call can be asked for again', async () => {
    const { id, action } = await fixed();
    at.set('before s3.deletePublicAccessBlock', deny);
    const stopped = await undoing(action);
    await plumbline.drive();
    expect(await actionOf(stopped.id)).toMatchObject({ state: 'PARTIAL' });
    at.clear();
    const undo = await undoing(action);
    await plumbline.drive();
    expect((await actionOf(undo.id)).state).toBe('VERIFIED');
    expect(await isBlocked(stack, id)).toBe(false);
  });
});

const s3Of = () => stack.clients('s3');
const statement = (id: string, Sid: string) => ({
  Sid,
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::123456789012:root' },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${id}/*`,
});
const putStatements = async (id: string, statements: readonly object[]) => {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  await (await s3Of()).putBucketPolicy({ Bucket: id, Policy });
};
const statementsOf = async (id: string): Promise<{ readonly Sid?: string }[]> =>
  JSON.parse((await (await s3Of()).getBucketPolicy({ Bucket: id })).Policy ?? '{}').Statement;
const sidsOf = async (id: string) => (await statementsOf(id)).map(({ Sid }) => Sid);
const addStatement = async (id: string, Sid: string) =>
  putStatements(id, [...(await statementsOf(id)), statement(id, Sid)]);
/** A bucket whose policy has one statement, and a person's ask to have it refuse what is not TLS. */
const openPolicy = async () => {
  const id = await newBucket(stack);
  await putStatements(id, [statement(id, 'First')]);
  await plumbline.evaluate([{ ...changed(bucketType, id), cause: { kind: 'sweep' } }]);
  calls.length = 0;
  return { id, ask: askOn(id, { controls: [tls], askedBy: { kind: 'person' } }) };
};
/** The next call is made, and the process ends before it knows. */
const dieAfter = async (call: string, ask: RemediationRequest) => {
  at.set(`after ${call}`, busy);
  expect(await plumbline.act([ask])).toEqual([{ failure: expect.any(Error) }]);
  at.clear();
};

describe('what others changed while an action was carried out', () => {
  it('before its next delivery is not overwritten by its undo', async () => {
    const { id, ask } = await openPolicy();
    await dieAfter('s3.putBucketPolicy', ask);
    await addStatement(id, 'Second');
    await plumbline.act([ask]);
    await plumbline.drive();
    const action = await actionOf(ask.id);
    expect(action).toMatchObject({ state: 'VERIFIED', meanwhile: 'somebody (policy)' });
    const undo = await undoing(action);
    expect(undo).toMatchObject({ state: 'BLOCKED', guard: 'undo' });
    expect(undo.why).toMatch(
      /changed meanwhile by somebody \(policy\).*policy was .*First.* after/,
    );
    expect(await sidsOf(id)).toContain('Second');
  });

  it('is nothing where its own call is all that is different', async () => {
    const { id, ask } = await openPolicy();
    await dieAfter('s3.putBucketPolicy', ask);
    await plumbline.act([ask]);
    await plumbline.drive();
    expect((await undoing(await actionOf(ask.id))).state).toBe('VERIFYING');
    await plumbline.drive();
    expect(await sidsOf(id)).toEqual(['First']);
  });

  it('after its calls is not overwritten though it passes', async () => {
    const { id, ask } = await openPolicy();
    await plumbline.act([ask]);
    await addStatement(id, 'Second');
    await plumbline.evaluate([changed(bucketType, id), ...plumbline.changes.splice(0)]);
    await plumbline.conclude();
    const action = await actionOf(ask.id);
    expect(action).toMatchObject({ state: 'VERIFIED', meanwhile: `${mallory} (test:Change)` });
    expect((await undoing(action)).why).toContain('would overwrite that');
    expect(await sidsOf(id)).toContain('Second');
  });

  it('since stays: the statement of ours goes by its Sid, and the undo is proven', async () => {
    const { id, ask } = await openPolicy();
    await plumbline.act([ask]);
    await plumbline.drive();
    await addStatement(id, 'Second');
    const undo = await undoing(await actionOf(ask.id));
    expect(undo.plan).toMatchObject({
      summary: `takes out what ${ask.id} added, and leaves what others have changed since`,
    });
    await plumbline.drive();
    expect((await actionOf(undo.id)).state).toBe('VERIFIED');
    expect(await sidsOf(id)).toEqual(['First', 'Second']);
  });

  it('of the statement itself is theirs, and nothing is taken back', async () => {
    const { id, ask } = await openPolicy();
    await plumbline.act([ask]);
    await plumbline.drive();
    const [first, ours] = await statementsOf(id);
    if (!first || !ours) throw new Error('there are no two statements');
    await putStatements(id, [
      first,
      { ...ours, Condition: { Bool: { 'aws:ViaAWSService': 'false' } } },
    ]);
    const undo = await undoing(await actionOf(ask.id));
    expect(undo).toMatchObject({ state: 'BLOCKED', guard: 'undo' });
    expect(undo.why).toContain('the resource has changed since');
  });

  it('stops an undo that died before its call', async () => {
    const { id, ask } = await openPolicy();
    await plumbline.act([ask]);
    await plumbline.drive();
    const undo = undoOf(await actionOf(ask.id));
    at.set('before s3.putBucketPolicy', busy);
    expect(await plumbline.act([undo])).toEqual([{ failure: expect.any(Error) }]);
    at.clear();
    await addStatement(id, 'Second');
    await plumbline.act([undo]);
    await plumbline.drive();
    expect(await actionOf(undo.id)).toMatchObject({
      state: 'PARTIAL',
      why: 's3:putBucketPolicy failed after 0 calls: somebody has changed it meanwhile: policy',
    });
    expect(await sidsOf(id)).toContain('Second');
  });

  it('is nothing to an undo that died after its call, which is not made again', async () => {
    const { id, ask } = await openPolicy();
    await plumbline.act([ask]);
    await plumbline.drive();
    calls.length = 0;
    const undo = undoOf(await actionOf(ask.id));
    await dieAfter('s3.putBucketPolicy', undo);
    await plumbline.act([undo]);
    await plumbline.drive();
    expect((await actionOf(undo.id)).state).toBe('VERIFIED');
    expect(writes()).toEqual(['s3.putBucketPolicy']);
    expect(await sidsOf(id)).toEqual(['First']);
  });
});

interface Refusal {
  readonly why: RegExp;
  readonly ask?: Partial<UndoRequest>;
  /** What happens before it is asked changes the resource, so that no other can be tried on it. */
  readonly changes?: true;
  /** Another case shows the same, here or on the command line (test/cli/fix.local.test.ts). */
  readonly atNight?: true;
  /** What is to be undone, and what happens before it is asked. */
  readonly arrange?: (fixed: { readonly id: string; readonly action: Action }) => Promise<Action>;
}
const kept = async (action: Action, more: Partial<Action>): Promise<Action> => {
  const made = { ...action, id: askOn(action.ref.id).id, ...more };
  await plumbline.remediation.ledger.add(made);
  return made;
};

const refusals: Record<string, Refusal> = {
  'there is no such action': { why: /no such action/, ask: { undoes: `pl-${'0'.repeat(20)}` } },
  'it was blocked': {
    why: /was blocked by the guard hold: nothing was done/,
    arrange: ({ action }) => kept(action, { state: 'BLOCKED', guard: 'hold' }),
  },
  'its verdict is still awaited': {
    why: /still awaited \(VERIFYING\)/,
    arrange: ({ action }) => kept(action, { state: 'VERIFYING' }),
  },
  'it is under way': {
    atNight: true,
    why: /still awaited \(ACTING\)/,
    arrange: ({ action }) => kept(action, { state: 'ACTING' }),
  },
  'it was taken back already': {
    why: /was taken back already, by pl-/,
    changes: true,
    atNight: true,
    arrange: async ({ action }) => {
      await undoing(action);
      await plumbline.drive();
      calls.length = 0;
      return action;
    },
  },
  'it was superseded': {
    why: /was not left to pl-.* alone \(changed meanwhile by .*mallory/,
    arrange: ({ action }) =>
      kept(action, { state: 'SUPERSEDED', why: `changed meanwhile by ${mallory}` }),
  },
  'what is different since it was begun could not be read after its calls': {
    why: /publicAccessBlock.* could not be read after the calls/,
    arrange: ({ action }) => kept(action, { after: {} }),
  },
  'it is an undo itself': {
    why: /is itself an undo, of pl-/,
    changes: true,
    atNight: true,
    arrange: async ({ action }) => {
      const undo = await undoing(action);
      await plumbline.drive();
      calls.length = 0;
      return actionOf(undo.id);
    },
  },
  'it cannot be taken back': {
    why: /cannot be taken back: the backups are deleted/,
    arrange: ({ action }) => {
      if (action.plan?.kind !== 'calls') throw new Error('it made no calls');
      return kept(action, {
        plan: { ...action.plan, undo: { impossible: 'the backups are deleted' } },
      });
    },
  },
  'nobody has confirmed it': {
    why: /^nobody has confirmed that pl-\w+ is taken back, .* ask for it with npx --no-install plumbline undo pl-\w+$/,
    ask: { confirms: '' },
  },
  'another one was confirmed': {
    atNight: true,
    why: /^nobody has confirmed that pl-/,
    ask: { confirms: `pl-${'0'.repeat(20)}` },
  },
  'it was asked for as an earlier release did': {
    why: /^nobody has confirmed that pl-/,
    ask: { confirms: '', ...{ mayWiden: true } },
  },
  'the resource has changed since': {
    why: /changed since: publicAccessBlock was .*"BlockPublicPolicy":true.*, is .*"BlockPublicPolicy":false/,
    changes: true,
    atNight: true,
    arrange: async ({ id, action }) => {
      const some = { BlockPublicAcls: true };
      await (await s3Of()).putPublicAccessBlock({
        Bucket: id,
        PublicAccessBlockConfiguration: some,
      });
      return action;
    },
  },
  'the resource is as it was before the action': {
    why: /changed since: publicAccessBlock was .*, is null/,
    changes: true,
    atNight: true,
    arrange: async ({ id, action }) => {
      await unblock(stack, id);
      return action;
    },
  },
  'the resource is gone': {
    why: /the resource is gone/,
    changes: true,
    arrange: async ({ id, action }) => {
      await (await s3Of()).deleteBucket({ Bucket: id });
      return action;
    },
  },
  'the resource may not be read': {
    why: /publicAccessBlock could not be read/,
    arrange: async ({ action }) => {
      at.set('before s3.getPublicAccessBlock', deny);
      return action;
    },
  },
  'remediation is switched off': {
    why: /switched off/,
    arrange: async ({ action }) => {
      await turn(plumbline, 'off');
      return action;
    },
  },
  'the switch cannot be read': {
    why: /not found/i,
    arrange: async ({ action }) => {
      await plumbline.ssm.deleteParameter({ Name: plumbline.switchName });
      return action;
    },
  },
};

describe('an undo is refused, and says why, where', () => {
  let unchanged: Awaited<ReturnType<typeof fixed>>;
  beforeAll(async () => {
    at.clear();
    unchanged = await fixed();
  });
  const refusalsTried = Object.entries(refusals).filter(
    ([, { atNight }]) => extent === 'exhaustive' || !atNight,
  );
  it.each(refusalsTried)('%s', async (_, { why, ask, arrange, changes }) => {
    const made = changes ? await fixed() : unchanged;
    calls.length = 0;
    const action = (await arrange?.(made)) ?? made.action;
    const undo = await undoing(action, ask);
    expect(undo).toMatchObject({ state: 'BLOCKED', guard: 'undo', calls: [] });
    expect(undo.why).toMatch(why);
    expect(writes()).toEqual([]);
  });

  it('and what the others were tried on is still put right', async () => {
    expect(await isBlocked(stack, unchanged.id)).toBe(true);
  });

  it('and the finding tells whoever clicked', async () => {
    const { id, action } = await fixed();
    await undoing(action, { confirms: '' });
    expect(await noteOn(id)).toContain(`plumbline undo ${action.id}`);
  });
});
