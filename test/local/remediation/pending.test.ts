import { createPostureListing } from '../../../lib/aws/stores/posture-listing.ts';
import { pendingOn } from '../../../lib/cli/commands/actions-pending.ts';
import type { Delivered } from '../../../lib/engine/remediation/delivery.ts';
import { exempt } from '../../../lib/pipeline/remediate/exempt.ts';
import { letGoKey } from '../../../lib/resources/account/switch-word.ts';
import { nightTest } from '../../extent.ts';
import { ec2Drifts } from '../../remediation/drifts/ec2.ts';
import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
} from '../../remediation/stack.ts';
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
  unblock,
} from './buckets.ts';
import { findingIn } from './looking.ts';
import { exemption, keyFor, limits, setBreaker, turn, windowIn } from './obstacles.ts';

const minute = 60_000;
const hour = 60 * minute;

let stack: TestStack;
let plumbline: Plumbline;
let ahead = 0;
const { at, fault } = recorder();
const now = () => new Date(Date.now() + ahead);
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {}, 'EC2.2': {} },
    baseline: limits({}),
    fault,
    clock: now,
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);
beforeEach(async () => {
  at.clear();
  ahead = 0;
  plumbline.asks.length = 0;
  plumbline.changes.length = 0;
  Object.assign(plumbline.runtime.baseline, limits({}));
  await turn(plumbline, 'on');
  await plumbline.remediation.breaker.close(control);
});

/** The daily sweep, as far as it is about this bucket. */
const sweep = async (id: string) => {
  plumbline.changes.push({ ...changed(bucketType, id), cause: { kind: 'sweep' } });
  await plumbline.drive();
};
const drifted = async (arrange: () => unknown): Promise<string> => {
  const id = await newBucket(stack);
  await arrange();
  await driftOf(stack, plumbline, id);
  await plumbline.drive();
  return id;
};
const pending = async (id: string) => {
  const { baseline } = plumbline.runtime;
  const found = [];
  for await (const row of createPostureListing(plumbline.dynamoDb, plumbline.table).pending())
    if (row.ref.id === id) found.push(...pendingOn(row, baseline, now()));
  return found;
};
const isDue = async (id: string) =>
  (await plumbline.runtime.posture.due(now().toISOString(), 100)).includes(keyFor(id));
const shut = () => turn(plumbline, 'off');

describe('drift while the switch is off', () => {
  it('is pending, and put right by the next sweep once it is on, without a new drift', async () => {
    const id = await drifted(shut);
    expect(await pending(id)).toEqual([
      {
        control,
        resource: `arn:aws:s3:::${id}`,
        action: expect.stringMatching(/^pl-/),
        guard: 'killSwitch',
        why: 'remediation is switched off',
        since: expect.any(String),
        tries: 0,
      },
    ]);
    expect((await findingIn(stack, id, control))?.Note?.Text).toBe(
      'Plumbline waits to put it right: killSwitch, remediation is switched off.',
    );
    ahead = 24 * hour;
    await sweep(id);
    expect(await pending(id)).toMatchObject([{ guard: 'killSwitch', tries: 1 }]);
    expect(await isBlocked(stack, id)).toBe(false);
    await turn(plumbline, 'on');
    ahead = 48 * hour;
    await sweep(id);
    expect(await isBlocked(stack, id)).toBe(true);
    expect(await pending(id)).toEqual([]);
  });

  it('is not asked again by each look at the resource', async () => {
    const id = await drifted(shut);
    await plumbline.evaluate([{ ...changed(bucketType, id), cause: { kind: 'sweep' } }]);
    expect(plumbline.asks).toEqual([]);
  });

  it('is pending no more once somebody puts it right', async () => {
    const id = await drifted(shut);
    await (await stack.clients('s3')).putPublicAccessBlock({
      Bucket: id,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    await sweep(id);
    expect(await pending(id)).toEqual([]);
  });

  it('is pending no more once it is gone', async () => {
    const id = await drifted(shut);
    await (await stack.clients('s3')).deleteBucket({ Bucket: id });
    await sweep(id);
    await sweep(id);
    expect(await pending(id)).toEqual([]);
  });

  it('is pending no more while somebody answers for it, and asked for again after', async () => {
    const id = await drifted(shut);
    const until = new Date(Date.now() + 72 * hour).toISOString();
    await exempt(keyFor(id), control, { ...exemption, expires: until }, plumbline.runtime);
    await plumbline.drive();
    expect(await pending(id)).toEqual([]);
    await turn(plumbline, 'on');
    ahead = 24 * hour;
    await sweep(id);
    expect(await isBlocked(stack, id)).toBe(false);
    const action = (await plumbline.row(bucketType, id))?.controls[control]?.remediation?.action;
    expect((await plumbline.remediation.ledger.get(action ?? ''))?.action).toMatchObject({
      state: 'BLOCKED',
      guard: 'exemption',
    });
    // The next look learns that it was let be for that.
    ahead = 48 * hour;
    await sweep(id);
    ahead = 73 * hour;
    await sweep(id);
    expect(await isBlocked(stack, id)).toBe(true);
  });
});

describe('what an operator lets go again is asked for at once', () => {
  const letting = (ask: object) => ({
    ...askOn('letting', {
      askedBy: { kind: 'person', who: 'arn:aws:iam::123456789012:user/alice' },
    }),
    ...ask,
  });
  const lets = async (ask: object) => {
    await plumbline.act([letting(ask) as Delivered]);
    await plumbline.drive();
  };

  it('what waited for the switch', async () => {
    const id = await drifted(shut);
    await lets({ ask: 'turnOn' });
    expect(await isBlocked(stack, id)).toBe(true);
    expect(await pending(id)).toEqual([]);
  });

  it('what waited for a breaker', async () => {
    const until = new Date(Date.now() + 2 * hour).toISOString();
    const id = await drifted(() =>
      setBreaker(plumbline, control, JSON.stringify({ until, actions: 20 })),
    );
    await lets({ ask: 'close', control: 'S3.1' });
    expect(await pending(id)).toMatchObject([{ guard: 'breaker' }]);
    await lets({ ask: 'close', control });
    expect(await isBlocked(stack, id)).toBe(true);
    expect(await pending(id)).toEqual([]);
  });

  it('also where the delivery died that had let it go', async () => {
    const id = await drifted(shut);
    await turn(plumbline, 'on');
    await lets({ ask: 'turnOn' });
    expect(await isBlocked(stack, id)).toBe(true);
  });
});

describe('an action that the switch stops between two calls', () => {
  const drift = ec2Drifts.find((one) => one.control === 'EC2.2');
  const stopped = async () => {
    if (!drift) throw new Error('no such drift');
    const id = await drift.arrange(stack.clients);
    const sweepGroup = { ...changed(drift.type, id), cause: { kind: 'sweep' } } as const;
    await plumbline.evaluate([sweepGroup]);
    await drift.drift(stack.clients, id);
    at.set('after ec2.revokeSecurityGroupIngress', shut);
    await plumbline.evaluate([changed(drift.type, id)]);
    const action = plumbline.asks[0]?.id ?? '';
    await plumbline.drive();
    at.clear();
    return { id, action, type: drift.type, sweepGroup };
  };
  const rulesOf = async (id: string) => {
    const ec2 = await stack.clients('ec2');
    const Filters = [{ Name: 'group-id', Values: [id] }];
    return (await ec2.describeSecurityGroupRules({ Filters })).SecurityGroupRules ?? [];
  };

  it('says how far it came, takes nothing back, and what is left is pending', async () => {
    const { id, action } = await stopped();
    expect((await plumbline.remediation.ledger.get(action))?.action).toMatchObject({
      state: 'PARTIAL',
      stopped: true,
      calls: [{ result: 'done' }, { result: 'failed', error: 'remediation was switched off' }],
    });
    expect((await rulesOf(id)).map(({ IsEgress }) => IsEgress)).toEqual([true]);
    expect(await pending(id)).toMatchObject([
      { guard: 'killSwitch', why: `remediation was switched off after 1 call of ${action}` },
    ]);
  });

  it('is finished by another action once an operator turns it on', async () => {
    const { id, action, type } = await stopped();
    await plumbline.act([
      {
        ...askOn('on', {
          askedBy: { kind: 'person', who: 'arn:aws:iam::123456789012:user/alice' },
        }),
        ask: 'turnOn',
      } as Delivered,
    ]);
    await plumbline.drive();
    expect(await rulesOf(id)).toEqual([]);
    const found = (await plumbline.row(type, id))?.controls['EC2.2'];
    expect(found).toMatchObject({ lastKnown: 'PASS' });
    expect(found?.lastAction).not.toBe(action);
  });

  nightTest(
    'is finished after a sweep, where the switch was turned on by nobody’s ask',
    async () => {
      const { id, sweepGroup } = await stopped();
      await turn(plumbline, 'on');
      ahead = 24 * hour;
      plumbline.changes.push(sweepGroup);
      await plumbline.drive();
      expect(await rulesOf(id)).toEqual([]);
    },
  );
});

describe('an operator’s word that nobody has sealed', () => {
  it('lets nothing go, is told of, and is taken out of the ledger', async () => {
    const { ssm, switchName, dynamoDb, ledgerTable } = plumbline;
    await ssm.putParameter({ Name: switchName, Value: 'on', Overwrite: true });
    const { Parameter } = await ssm.getParameter({ Name: switchName });
    const written = {
      version: Parameter?.Version,
      at: Parameter?.LastModifiedDate?.toISOString(),
    };
    const body = JSON.stringify({ what: 'switch', by: 'alice', at: 'now', parameter: written });
    const Key = letGoKey('switch');
    const seal = Buffer.from('forged').toString('base64');
    await dynamoDb.put({ TableName: ledgerTable, Item: { ...Key, body, seal } });
    plumbline.notices.length = 0;
    expect(await plumbline.remediation.isOn()).toBe(false);
    expect(plumbline.notices).toEqual(["Plumbline: somebody forged an operator's word (switch)"]);
    expect((await dynamoDb.get({ TableName: ledgerTable, Key })).Item).toBeUndefined();
    expect(await plumbline.remediation.isOn()).toBe(false);
    expect(plumbline.notices).toHaveLength(1);
  });

  it('is left alone while KMS does not answer', async () => {
    await turn(plumbline, 'off');
    await turn(plumbline, 'on');
    const { dynamoDb, ledgerTable } = plumbline;
    const Key = letGoKey('switch');
    const { Item } = await dynamoDb.get({ TableName: ledgerTable, Key });
    const body = JSON.stringify({ ...JSON.parse(String(Item?.['body'])), by: 'bob' });
    await dynamoDb.put({ TableName: ledgerTable, Item: { ...Item, body } });
    at.set('before kms.verifyMac', busy);
    await expect(plumbline.remediation.isOn()).rejects.toThrow('come again');
    expect((await dynamoDb.get({ TableName: ledgerTable, Key })).Item).toBeDefined();
  });
});

describe('what has a known end is asked again by its own clock', () => {
  it('an open breaker', async () => {
    const until = new Date(Date.now() + 2 * hour).toISOString();
    const id = await drifted(() =>
      setBreaker(plumbline, control, JSON.stringify({ until, actions: 20 })),
    );
    expect(await pending(id)).toMatchObject([{ guard: 'breaker' }]);
    const [{ askedAgain = '' } = {}] = await pending(id);
    expect(Math.abs(Date.parse(askedAgain) - Date.parse(until))).toBeLessThan(minute);
    expect(await isDue(id)).toBe(false);
    ahead = 2 * hour + minute;
    expect(await isDue(id)).toBe(true);
    await sweep(id);
    expect(await isBlocked(stack, id)).toBe(true);
  });

  nightTest('a maintenance window', async () => {
    const id = await drifted(() =>
      Object.assign(plumbline.runtime.baseline, limits({ windows: [windowIn(3)] })),
    );
    expect(await pending(id)).toMatchObject([{ guard: 'maintenanceWindow' }]);
    ahead = 3 * hour + 20 * minute;
    expect(await isDue(id)).toBe(true);
    await sweep(id);
    expect(await isBlocked(stack, id)).toBe(true);
  });

  it('what AWS did not answer: after a quarter of an hour, then twice as long each time', async () => {
    const id = await drifted(() => at.set('before securityhub.getFindings', deny));
    expect(await pending(id)).toMatchObject([{ guard: 'suppressed' }]);
    expect(await isDue(id)).toBe(false);
    ahead = 16 * minute;
    expect(await isDue(id)).toBe(true);
    await sweep(id);
    ahead = 40 * minute;
    expect(await isDue(id)).toBe(false);
    ahead = 50 * minute;
    expect(await isDue(id)).toBe(true);
    at.clear();
    await sweep(id);
    expect(await isBlocked(stack, id)).toBe(true);
  });

  nightTest('a resource that could not be read', async () => {
    const id = await newBucket(stack);
    await driftOf(stack, plumbline, id);
    at.set('before s3.getPublicAccessBlock', deny);
    await plumbline.act(plumbline.asks.splice(0));
    expect(await pending(id)).toMatchObject([{ guard: 'verdict' }]);
    at.clear();
    ahead = 16 * minute;
    await sweep(id);
    expect(await isBlocked(stack, id)).toBe(true);
  });

  it('an ask that was given up', async () => {
    const id = await newBucket(stack);
    await driftOf(stack, plumbline, id);
    at.set('before s3.getPublicAccessBlock', busy);
    const asks = plumbline.asks.splice(0);
    const last = asks.map((ask) => ({ ...ask, delivery: { message: ask.id, receive: 10 } }));
    expect(await plumbline.act(last)).toEqual([{ done: 1 }]);
    expect(await pending(id)).toMatchObject([{ guard: 'delivery' }]);
    at.clear();
    ahead = 16 * minute;
    await sweep(id);
    expect(await isBlocked(stack, id)).toBe(true);
  });
});

it('an ask that was lost is made again after a day', async () => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id);
  plumbline.asks.length = 0;
  await sweep(id);
  expect(await isBlocked(stack, id)).toBe(false);
  ahead = 24 * hour;
  await sweep(id);
  expect(await isBlocked(stack, id)).toBe(true);
});

it('a person is told at once', async () => {
  const id = await newBucket(stack);
  await unblock(stack, id);
  await shut();
  const ask = askOn(id, { askedBy: { kind: 'person' } });
  await plumbline.act([ask]);
  expect((await plumbline.remediation.ledger.get(ask.id))?.action).toMatchObject({
    state: 'BLOCKED',
    guard: 'killSwitch',
  });
});
