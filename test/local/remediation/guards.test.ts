import type { Baseline } from '../../../lib/engine/baseline/baseline.ts';
import type { EventCause } from '../../../lib/engine/changes/change.ts';
import type { FixRequest } from '../../../lib/engine/remediation/request.ts';
import { exempt } from '../../../lib/pipeline/remediate/exempt.ts';
import { sampled, sampledByOutcome } from '../../extent.ts';
import { openStack, type Plumbline, plumblineOn, type TestStack } from '../../remediation/stack.ts';
import {
  askOn,
  bucketType,
  busy,
  control,
  deny,
  driftOf,
  isBlocked,
  newBucket,
  recorder,
} from './buckets.ts';
import {
  exemption,
  keepInLedger,
  keyFor,
  later,
  limits,
  ourEvent,
  setBreaker,
  suppress,
  turn,
  windowIn,
} from './obstacles.ts';

let stack: TestStack;
beforeAll(async () => {
  stack = await openStack();
}, 180_000);
afterAll(() => stack.end(), 60_000);

interface World {
  readonly plumbline: Plumbline;
  readonly id: string;
  readonly at: Map<string, () => unknown>;
}
interface Case {
  readonly guard: string;
  /** It stops only for a moment. */
  readonly isPending?: true;
  readonly why: RegExp;
  readonly baseline?: Partial<Baseline>;
  readonly settings?: Partial<Baseline['controls'][string]>;
  readonly cause?: (id: string) => Partial<EventCause>;
  readonly ask?: Partial<FixRequest>;
  readonly tags?: Readonly<Record<string, string>>;
  /** After the drift was seen, before it is acted on. */
  readonly arrange?: (world: World) => unknown;
}

const blocking: Record<string, Case> = {
  'the switch is off': {
    isPending: true,
    guard: 'killSwitch',
    why: /switched off/,
    arrange: ({ plumbline }) => turn(plumbline, 'off'),
  },
  'the switch says anything else': {
    isPending: true,
    guard: 'killSwitch',
    why: /switched off/,
    arrange: ({ plumbline }) => turn(plumbline, 'On'),
  },
  'the switch is gone': {
    isPending: true,
    guard: 'killSwitch',
    why: /could not be looked up.*not found/i,
    arrange: ({ plumbline: { ssm, switchName } }) => ssm.deleteParameter({ Name: switchName }),
  },
  'our own action brought it about': {
    guard: 'notOurs',
    why: /our own action/,
    arrange: async ({ plumbline, id }) => {
      const [cause] = (await plumbline.row(bucketType, id))?.controls[control]?.causes ?? [];
      await keepInLedger(plumbline, id, cause?.sourceIdentity ?? '');
    },
    cause: () => ourEvent(stack),
  },
  'whether it is our own action cannot be looked up': {
    isPending: true,
    guard: 'notOurs',
    why: /could not be looked up: not for you/,
    cause: () => ourEvent(stack),
    arrange: async ({ plumbline, id }) => {
      const [cause] = (await plumbline.row(bucketType, id))?.controls[control]?.causes ?? [];
      const { ledger } = plumbline.remediation;
      const { get } = ledger;
      Object.assign(ledger, {
        get: (action: string) => (action === cause?.sourceIdentity ? deny() : get(action)),
      });
    },
  },
  'a person took it back': {
    guard: 'hold',
    why: /left alone until/,
    arrange: ({ plumbline, id }) =>
      plumbline.remediation.locks.hold(keyFor(id), control, later(24)),
  },
  'the hold cannot be looked up': {
    isPending: true,
    guard: 'hold',
    why: /could not be looked up: not for you/,
    arrange: ({ plumbline }) => Object.assign(plumbline.remediation.locks, { heldUntil: deny }),
  },
  'the finding cannot be looked up': {
    isPending: true,
    guard: 'suppressed',
    why: /could not be looked up: not for you/,
    arrange: ({ at }) => at.set('before securityhub.getFindings', deny),
  },
  'the baseline exempts it': {
    guard: 'exemption',
    why: /web team answers for it until 2999/,
    baseline: { exemptions: [exemption] },
  },
  'a person exempted it': {
    guard: 'exemption',
    why: /web team answers for it until 2999/,
    arrange: ({ plumbline, id }) => exempt(keyFor(id), control, exemption, plumbline.runtime),
  },
  'the control is only planned': {
    guard: 'mode',
    why: /the mode of S3.8 is plan/,
    settings: { mode: 'plan' },
  },
  'the control is only observed, though a person asks': {
    guard: 'mode',
    why: /only observed/,
    settings: { mode: 'observe' },
    ask: { askedBy: { kind: 'person' } },
  },
  'it is backlog, which the control leaves to people': {
    guard: 'mode',
    why: /leaves backlog to people/,
    ask: { askedBy: { kind: 'backlog' } },
  },
  'its owner changed it': {
    guard: 'ownership',
    why: /its owner changed it \(cloudformation.amazonaws.com for .*assumed-role\/cfn-exec/,
    baseline: limits({ deployRoles: ['arn:aws:iam::123456789012:role/cfn-exec'] }),
    cause: () => ({
      by: 'arn:aws:sts::123456789012:assumed-role/cfn-exec/AWSCloudFormation',
      invokedBy: 'cloudformation.amazonaws.com',
    }),
  },
  'a role that deploys changed it': {
    guard: 'ownership',
    why: /assumed-role\/deploy/,
    baseline: limits({ deployRoles: ['arn:aws:iam::*:role/ci/dep*'] }),
    cause: () => ({ by: 'arn:aws:sts::123456789012:assumed-role/deploy/7' }),
  },
  'a controller owns it': {
    guard: 'ownership',
    why: /kubernetes.io\/cluster\/prod/,
    tags: { 'kubernetes.io/cluster/prod': 'owned' },
  },
  'its tags may not be read': {
    isPending: true,
    guard: 'ownership',
    why: /could not be looked up: the tags/,
    arrange: ({ at }) => at.set('before s3.getBucketTagging', deny),
  },
  'its plan is riskier than the control allows': {
    guard: 'risk',
    why: /disruptive, and S3.14 allows what is safe/,
  },
  'no maintenance window is open': {
    isPending: true,
    guard: 'maintenanceWindow',
    why: /no maintenance window/,
    baseline: limits({ windows: [windowIn(2)] }),
  },
  'it drifts again and again': {
    guard: 'flapping',
    why: /drifted 1 time in 24 hours: .*user\/mallory and Plumbline disagree/,
    baseline: limits({ flapping: { drifts: 1, hours: 24 } }),
  },
  'its breaker is open': {
    isPending: true,
    guard: 'breaker',
    why: /open until/,
    arrange: ({ plumbline }) =>
      setBreaker(
        plumbline,
        control,
        JSON.stringify({ until: later(1).toISOString(), actions: 20 }),
      ),
  },
  'its breaker says nothing that can be understood': {
    isPending: true,
    guard: 'breaker',
    why: /could not be looked up/,
    arrange: ({ plumbline }) => setBreaker(plumbline, control, 'stop'),
  },
  'its breaker says no time': {
    isPending: true,
    guard: 'breaker',
    why: /could not be looked up.*says no time/,
    arrange: ({ plumbline }) => setBreaker(plumbline, control, '{"actions":1}'),
  },
  'it does not fail any more': {
    guard: 'verdict',
    why: /does not fail any more/,
    arrange: async ({ id }) => {
      await (await stack.clients('s3')).deleteBucket({ Bucket: id });
      await (await stack.clients('s3')).createBucket({ Bucket: id });
    },
  },
  'it is gone': {
    guard: 'verdict',
    why: /gone/,
    arrange: async ({ id }) => (await stack.clients('s3')).deleteBucket({ Bucket: id }),
  },
  'it may not be read': {
    isPending: true,
    guard: 'verdict',
    why: /could not be read: not for you/,
    arrange: ({ at }) => at.set('before s3.getPublicAccessBlock', deny),
  },
  'the plan is no longer the one that was shown': {
    guard: 'plan',
    why: /no longer the one that was shown/,
    ask: { askedBy: { kind: 'person' }, shown: 'another' },
  },
};

let plumbline: Plumbline;
const { at, calls, fault, writes } = recorder();
const untouched = new Map<object, object>();
beforeAll(async () => {
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {}, 'S3.14': {} },
    baseline: limits({}),
    fault,
  });
  for (const one of [
    plumbline.runtime.baseline,
    plumbline.remediation,
    plumbline.remediation.locks,
    plumbline.remediation.ledger,
    plumbline.remediation.breaker,
  ]) {
    untouched.set(one, { ...one });
  }
});
beforeEach(async () => {
  at.clear();
  for (const [one, before] of untouched) Object.assign(one, before);
  await turn(plumbline, 'on');
  await plumbline.remediation.breaker.close(control);
});

const pendingOn = async (id: string) =>
  (await plumbline.row(bucketType, id))?.controls[control]?.remediation;

/** A bucket of its own that drifted, with the guard's condition arranged. */
const prepared = async ({ baseline, settings, ...one }: Omit<Case, 'why'>) => {
  const isRisky = one.guard === 'risk';
  const { controls } = plumbline.runtime.baseline;
  const setting = { mode: 'remediate', backlog: false, risk: 'safe', parameters: {}, ...settings };
  Object.assign(plumbline.runtime.baseline, {
    ...baseline,
    controls: {
      [control]: setting,
      ...(isRisky ? { 'S3.14': { ...controls['S3.14'], risk: 'safe' } } : {}),
    },
  });
  const id = await newBucket(stack);
  if (one.tags) {
    const TagSet = Object.entries(one.tags).map(([Key, Value]) => ({ Key, Value }));
    await (await stack.clients('s3')).putBucketTagging({ Bucket: id, Tagging: { TagSet } });
  }
  await driftOf(stack, plumbline, id, one.cause?.(id));
  plumbline.asks.length = 0;
  const wanted = await pendingOn(id);
  // Its window is not open: the row has not asked, and what it would ask waits all the same.
  await one.arrange?.({ plumbline, id, at });
  calls.length = 0;
  const ask = askOn(id, {
    ...(wanted ? { id: wanted.action } : {}),
    ...(isRisky ? { controls: ['S3.14'] } : {}),
    ...one.ask,
  });
  return { id, ask };
};

/** Of each guard the first case in which it blocks and the first in which it waits; at night all. */
const blockingTried = sampledByOutcome(
  Object.entries(blocking),
  { usual: Number.POSITIVE_INFINITY },
  ([, { guard, isPending }]) => `${guard} ${isPending}`,
);

describe('a guard blocks where', () => {
  it.each(blockingTried)('%s', async (_, one) => {
    const { id, ask } = await prepared(one);
    expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
    const action = (await plumbline.remediation.ledger.get(ask.id))?.action;
    if (one.isPending) {
      expect(action).toBeUndefined();
      expect(await pendingOn(id)).toMatchObject({ state: 'waiting', guard: one.guard });
      expect((await pendingOn(id))?.why).toMatch(one.why);
    } else {
      expect(action).toMatchObject({ state: 'BLOCKED', guard: one.guard, calls: [] });
      expect(action?.why).toMatch(one.why);
    }
    expect(writes()).toEqual([]);
    if (one.guard !== 'verdict') expect(await isBlocked(stack, id)).toBe(false);
    // A delivery that comes twice does nothing.
    expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
    expect(writes()).toEqual([]);
  });
});

describe('a guard that cannot look because AWS is busy', () => {
  const lookUps: Record<string, (world: World) => unknown> = {
    killSwitch: () => Object.assign(plumbline.remediation, { isOn: busy }),
    hold: () => Object.assign(plumbline.remediation.locks, { heldUntil: busy }),
    suppressed: () => at.set('before securityhub.getFindings', busy),
    breaker: () => Object.assign(plumbline.remediation.breaker, { open: busy }),
  };
  /** What follows is the same for each of them: one is tried, at night all. */
  const lookUpsTried = sampled(Object.entries(lookUps), { usual: 4 });
  const delivered = (ask: FixRequest, receive: number) => ({
    ...ask,
    delivery: { message: ask.id, receive },
  });

  it.each(lookUpsTried)('%s: is asked again', async (guard, arrange) => {
    const { ask, id } = await prepared({ guard, arrange });
    const [outcome] = await plumbline.act([delivered(ask, 3)]);
    expect(outcome).toEqual({ failure: expect.any(Error) });
    expect(String(outcome && 'failure' in outcome && outcome.failure)).toContain(guard);
    expect(await plumbline.remediation.ledger.get(ask.id)).toBeUndefined();
    at.clear();
    for (const [one, before] of untouched) Object.assign(one, before);
    expect(await plumbline.act([delivered(ask, 4)])).toEqual([{ done: 1 }]);
    expect(await isBlocked(stack, id)).toBe(true);
  });

  it.each(lookUpsTried)('%s: is pending after four tries', async (guard, arrange) => {
    const { ask, id } = await prepared({ guard, arrange });
    expect(await plumbline.act([delivered(ask, 4)])).toEqual([{ done: 1 }]);
    expect(await plumbline.remediation.ledger.get(ask.id)).toBeUndefined();
    const why = 'it could not be looked up in 4 tries: come again';
    expect(await pendingOn(id)).toMatchObject({ state: 'waiting', guard, why });
    expect(writes()).toEqual([]);
  });

  it.each(lookUpsTried.filter(([name]) => name !== 'hold'))(
    '%s: blocks a person at the last try',
    async (guard, arrange) => {
      const { ask: drift } = await prepared({ guard, arrange });
      const ask: FixRequest = { ...drift, id: askOn('person').id, askedBy: { kind: 'person' } };
      expect(await plumbline.act([delivered(ask, 9)])).toEqual([{ failure: expect.any(Error) }]);
      expect(await plumbline.act([delivered(ask, 10)])).toEqual([{ done: 1 }]);
      const action = (await plumbline.remediation.ledger.get(ask.id))?.action;
      expect(action).toMatchObject({
        state: 'BLOCKED',
        guard,
        why: 'it could not be looked up in 10 tries: come again',
      });
    },
  );
});

const letting: Record<string, Omit<Case, 'guard' | 'why'>> = {
  'nothing stands against it': {},
  'somebody else’s change is among ours': {
    cause: () => ({ sourceIdentity: 'pl-not-of-the-ledger' }),
  },
  'the hold is over': {
    arrange: ({ plumbline, id }) =>
      plumbline.remediation.locks.hold(keyFor(id), control, later(-1)),
  },
  'the suppression was taken back': {
    arrange: async ({ id }) => {
      await suppress(stack, id, control, 'SUPPRESSED');
      await suppress(stack, id, control, 'NEW');
    },
  },
  'the exemption has run out': {
    baseline: { exemptions: [{ ...exemption, expires: '2020-01-01T00:00:00.000Z' }] },
  },
  'the exemption is of another control': {
    baseline: { exemptions: [{ ...exemption, control: 'S3.5' }] },
  },
  'a person asks, and the mode is plan': {
    settings: { mode: 'plan' },
    ask: { askedBy: { kind: 'person' } },
  },
  'it is backlog, and the control takes that on': {
    settings: { backlog: true },
    ask: { askedBy: { kind: 'backlog' } },
  },
  'the client of somebody calls itself Terraform': {
    cause: () => ({ userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.5' }),
  },
  'somebody made a stack for it': {
    cause: () => ({ invokedBy: 'cloudformation.amazonaws.com' }),
  },
  'a controller’s tag came with the drift': {
    arrange: async ({ id }) => {
      const TagSet = [{ Key: 'kubernetes.io/cluster/prod', Value: 'owned' }];
      await (await stack.clients('s3')).putBucketTagging({ Bucket: id, Tagging: { TagSet } });
    },
  },
  'a maintenance window is open': { baseline: limits({ windows: [windowIn(-0.5)] }) },
  'a person asks for what flaps': {
    baseline: limits({ flapping: { drifts: 1, hours: 24 } }),
    ask: { askedBy: { kind: 'person' } },
  },
  'the breaker’s time is over': {
    arrange: ({ plumbline }) =>
      setBreaker(
        plumbline,
        control,
        JSON.stringify({ until: later(-1).toISOString(), actions: 20 }),
      ),
  },
};

/** Of drift, of a person's and of a backlog's ask the first; at night all. */
const lettingTried = sampledByOutcome(
  Object.entries(letting),
  { usual: Number.POSITIVE_INFINITY },
  ([, { ask }]) => ask?.askedBy?.kind,
);

describe('every guard lets through where', () => {
  it.each(lettingTried)('%s', async (_, one) => {
    const { id, ask } = await prepared({ guard: '', ...one });
    expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
    await plumbline.drive();
    const action = (await plumbline.remediation.ledger.get(ask.id))?.action;
    expect(action?.why).toBeUndefined();
    expect(action?.state).toBe('VERIFIED');
    expect(await isBlocked(stack, id)).toBe(true);
  });
});
