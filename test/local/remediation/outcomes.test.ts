import { keyOf } from '../../../lib/engine/changes/change.ts';
import { nightTest } from '../../extent.ts';
import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
  undoOf,
} from '../../remediation/stack.ts';
import { refOf } from '../../resources/aws.ts';
import {
  block,
  bucketType,
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
import { limits } from './obstacles.ts';

let stack: TestStack;
let plumbline: Plumbline;
const { at, calls, fault, writes } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {} },
    baseline: limits({}),
    fault,
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);
beforeEach(() => {
  at.clear();
  calls.length = 0;
  plumbline.notices.length = 0;
});

/** A drift that was acted on: the verdict on it is awaited. */
const acted = async (): Promise<{ readonly id: string; readonly action: string }> => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id);
  const [ask, more] = plumbline.asks.splice(0);
  if (!ask || more) throw new Error('there is not one ask');
  expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
  return { id, action: ask.id };
};
const actionOf = (id: string) => actionIn(plumbline, id);
const findingOn = (id: string) => findingIn(stack, id);
const swept = (id: string) => ({ ...changed(bucketType, id), cause: { kind: 'sweep' as const } });
const noteOn = async (id: string) => (await findingOn(id))?.Note?.Text ?? '';

describe('a fix is', () => {
  it('VERIFIED by the verdict, with a note of who did it, what was done and how to take it back', async () => {
    const { id, action } = await acted();
    expect(await actionOf(action)).toMatchObject({ state: 'VERIFYING' });
    await plumbline.drive();
    expect(await actionOf(action)).toMatchObject({
      state: 'VERIFIED',
      driftedBy: [mallory],
      before: { publicAccessBlock: null },
      after: { publicAccessBlock: { BlockPublicAcls: true } },
      calls: [{ service: 's3', operation: 'putPublicAccessBlock', result: 'done' }],
    });
    const note = await noteOn(id);
    expect(note.length).toBeLessThanOrEqual(512);
    for (const part of [
      'VERIFIED',
      mallory,
      'turns on the four blocks',
      `npx --no-install plumbline undo ${action}`,
    ]) {
      expect(note).toContain(part);
    }
    expect(await findingOn(id)).toMatchObject({
      Compliance: { Status: 'PASSED' },
      Workflow: { Status: 'RESOLVED' },
    });
    expect(plumbline.notices).toEqual([]);
  });

  it('PARTIAL where a call fails: which one is named, people are told, the row stays FAIL', async () => {
    at.set('before s3.putPublicAccessBlock', deny);
    const { id, action } = await acted();
    await plumbline.drive();
    const why = 's3:putPublicAccessBlock failed after 0 calls: AccessDeniedException: not for you';
    expect(await actionOf(action)).toMatchObject({ state: 'PARTIAL', why });
    expect(await noteOn(id)).toContain(why);
    expect(plumbline.notices).toEqual([`Plumbline: PARTIAL, S3.8 on ${id}`.slice(0, 99)]);
    expect((await findingOn(id))?.Compliance?.Status).toBe('FAILED');
  });

  it('INEFFECTIVE where every call was made and it still fails', async () => {
    // The call is answered 200, and its effect is lost before anybody reads.
    at.set('after s3.putPublicAccessBlock', async () => {
      const [bucket] = lost;
      if (bucket) await unblock(stack, bucket);
    });
    const lost: string[] = [];
    const id = await newBucket(stack);
    lost.push(id);
    await driftOf(stack, plumbline, id);
    const action = plumbline.asks[0]?.id ?? '';
    await plumbline.drive();
    expect(await actionOf(action)).toMatchObject({
      state: 'INEFFECTIVE',
      why: 'every call was made, and it still fails',
    });
    expect(plumbline.notices).toEqual([`Plumbline: INEFFECTIVE, S3.8 on ${id}`.slice(0, 99)]);
    expect(await noteOn(id)).toContain('INEFFECTIVE');
    // People decide: it is not tried again by itself.
    await plumbline.evaluate([changed(bucketType, id)]);
    expect(plumbline.asks).toEqual([]);
  });

  it('SUPERSEDED where somebody changed it meanwhile, and that is a drift of its own', async () => {
    const { id, action } = await acted();
    await unblock(stack, id);
    await plumbline.evaluate([changed(bucketType, id), ...plumbline.changes.splice(0)]);
    await plumbline.conclude();
    expect(await actionOf(action)).toMatchObject({
      state: 'SUPERSEDED',
      why: `changed meanwhile by ${mallory} (test:Change)`,
    });
    expect(plumbline.notices).toEqual([]);
    await plumbline.evaluate(plumbline.changes.splice(0));
    expect(plumbline.asks).toHaveLength(1);
    expect(plumbline.asks[0]?.id).not.toBe(action);
    await plumbline.drive();
    expect(await isBlocked(stack, id)).toBe(true);
  });

  // With each change, that of what is gone is said after all: conclude.test.ts.
  nightTest('SUPERSEDED where the resource is gone', async () => {
    const { id, action } = await acted();
    await (await stack.clients('s3')).deleteBucket({ Bucket: id });
    await plumbline.drive();
    expect(await actionOf(action)).toMatchObject({
      state: 'SUPERSEDED',
      why: 'the resource is gone',
    });
    expect(plumbline.notices).toEqual([]);
  });

  it('awaited while it cannot be read, and said once it can be', async () => {
    const { id, action } = await acted();
    at.set('before s3.getPublicAccessBlock', deny);
    await plumbline.drive();
    expect((await actionOf(action)).state).toBe('VERIFYING');
    at.clear();
    await plumbline.evaluate([{ ...changed(bucketType, id), cause: { kind: 'sweep' } }]);
    await plumbline.conclude();
    expect((await actionOf(action)).state).toBe('VERIFIED');
  });
});

describe('what cannot be read for a day is UNVERIFIED, and people are told, of', () => {
  let ahead = 0;
  let late: Plumbline;
  beforeAll(async () => {
    late = await plumblineOn(stack, {
      controls: { [control]: {} },
      fault,
      clock: () => new Date(Date.now() + ahead),
    });
  });
  beforeEach(() => {
    ahead = 0;
    late.notices.length = 0;
  });
  const look = async (id: string) => {
    await late.evaluate([{ ...changed(bucketType, id), cause: { kind: 'sweep' } }]);
    await late.drive();
  };
  const stateOf = async (action: string) =>
    (await late.remediation.ledger.get(action))?.action.state;
  const isDue = async (id: string, hours: number) => {
    const key = keyOf({ type: bucketType, ref: refOf(id) });
    const row = (await late.runtime.posture.read([key])).get(key);
    return row?.awaits?.some(({ since }) => Date.parse(since) + hours * 3_600_000 > Date.now());
  };

  it('a fix', async () => {
    const id = await newBucket(stack);
    await driftOf(stack, late, id);
    const action = late.asks[0]?.id ?? '';
    await late.act(late.asks.splice(0));
    at.set('before s3.getPublicAccessBlock', deny);
    await late.drive();
    ahead = 23 * 3_600_000;
    await look(id);
    expect([await stateOf(action), await isDue(id, 24), late.notices]).toEqual([
      'VERIFYING',
      true,
      [],
    ]);
    ahead = 25 * 3_600_000;
    await look(id);
    expect(await stateOf(action)).toBe('UNVERIFIED');
    expect(late.notices).toEqual([`Plumbline: UNVERIFIED, S3.8 on ${id}`.slice(0, 99)]);
    expect((await late.row(bucketType, id))?.awaits).toBeUndefined();
  });

  nightTest('an undo', async () => {
    const id = await newBucket(stack);
    await driftOf(stack, late, id);
    const fix = late.asks[0]?.id ?? '';
    await late.drive();
    const { action } = (await late.remediation.ledger.get(fix)) ?? {};
    if (!action) throw new Error('nothing was done');
    const undo = undoOf(action);
    await late.act([undo]);
    at.set('before s3.getPublicAccessBlock', deny);
    await late.drive();
    expect(await stateOf(undo.id)).toBe('VERIFYING');
    ahead = 25 * 3_600_000;
    await look(id);
    expect(await stateOf(undo.id)).toBe('UNVERIFIED');
  });
});

describe('an outcome is said', () => {
  it('only after settle: an early read that shows it fixed says nothing', async () => {
    let ahead = 0;
    const slow = await plumblineOn(stack, {
      controls: { [control]: {} },
      settlesAfterSeconds: 5,
      clock: () => new Date(Date.now() + ahead),
    });
    const id = await newBucket(stack);
    await driftOf(stack, slow, id);
    await slow.act(slow.asks.splice(0));
    const verify = slow.changes.filter(({ cause }) => cause.kind === 'verify');
    expect(verify).toHaveLength(1);
    slow.changes.splice(slow.changes.indexOf(verify[0] ?? changed('', '')), 1);
    await slow.evaluate(verify);
    const [action] = await slow.actions();
    expect(action?.state).toBe('VERIFYING');
    expect((await slow.row(bucketType, id))?.controls[control]?.verdict.status).toBe('PASS');
    await slow.conclude();
    const [first] = await slow.actions();
    expect(first).toMatchObject({ state: 'VERIFYING', fixedAtFirst: expect.any(String) });
    expect(await noteOn(id)).toContain('fixed, being confirmed');
    ahead = 10_000;
    await slow.drive();
    expect((await slow.actions())[0]?.state).toBe('VERIFIED');
    expect(await noteOn(id)).toContain('VERIFIED');
  });

  it('never as VERIFIED of a fix that did nothing, while every other read is half a minute old', async () => {
    let ahead = 0;
    let reads = 0;
    const slow = await plumblineOn(stack, {
      controls: { [control]: {} },
      settlesAfterSeconds: 40,
      clock: () => new Date(Date.now() + ahead),
      fault,
    });
    const id = await newBucket(stack);
    await driftOf(stack, slow, id);
    // The call is answered 200, and its effect is lost.
    at.set('after s3.putPublicAccessBlock', () => unblock(stack, id));
    await slow.act(slow.asks.splice(0));
    at.clear();
    // What a replica that is behind shows is how the bucket was before the drift: blocked.
    at.set('before s3.getPublicAccessBlock', async () => {
      reads += 1;
      if (reads % 2 === 1 && ahead < 30_000) await block(stack, id);
    });
    at.set('after s3.getPublicAccessBlock', () => unblock(stack, id));
    const states = new Set<string | undefined>();
    const verdicts = new Set<string | undefined>();
    for (ahead = 1000; ahead < 35_000; ahead += 5000) {
      await slow.evaluate([swept(id)]);
      await slow.conclude();
      states.add((await slow.actions())[0]?.state);
      verdicts.add((await slow.row(bucketType, id))?.controls[control]?.verdict.status);
    }
    expect(verdicts).toEqual(new Set(['PASS', 'FAIL']));
    expect(states).toEqual(new Set(['VERIFYING']));
    ahead = 90_000;
    slow.asks.length = 0;
    // The settle, at last.
    await slow.evaluate(slow.changes.splice(0));
    await slow.conclude();
    expect((await slow.actions())[0]?.state).toBe('INEFFECTIVE');
    at.clear();
  });

  it('once, however often the verdict comes, and whatever fails meanwhile', async () => {
    const { id, action } = await acted();
    const verify = [...plumbline.changes];
    at.set('before securityhub.batchUpdateFindings', deny);
    // Where its note is not taken, people are told over the topic.
    plumbline.notices.length = 0;
    await expect(plumbline.drive()).rejects.toThrow('not for you');
    await plumbline.conclude();
    expect(plumbline.notices).toEqual([`Plumbline: VERIFIED, S3.8 on ${id}`]);
    at.clear();
    await plumbline.evaluate(verify);
    await plumbline.conclude();
    const first = await actionOf(action);
    expect(first.state).toBe('VERIFIED');
    await unblock(stack, id);
    await plumbline.evaluate(verify);
    await plumbline.conclude();
    expect(await actionOf(action)).toEqual(first);
    expect(writes()).toEqual(['s3.putPublicAccessBlock']);
    plumbline.asks.length = 0;
    plumbline.changes.length = 0;
  });

  it('of an action that the row alone knows, though its verify was lost', async () => {
    const { id, action } = await acted();
    const row = await plumbline.runtime.posture.read([keyOf({ type: bucketType, ref: refOf(id) })]);
    expect(row.size).toBe(1);
    plumbline.changes.length = 0;
    // The message of the action comes again, and brings the verify with it.
    await plumbline.act([
      {
        version: 1,
        ask: 'remediate',
        id: action,
        type: bucketType,
        ref: refOf(id),
        controls: [control],
        askedBy: { kind: 'drift' },
      },
    ]);
    await plumbline.drive();
    expect((await actionOf(action)).state).toBe('VERIFIED');
    expect(writes()).toEqual(['s3.putPublicAccessBlock']);
  });
});
