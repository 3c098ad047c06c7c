import { exempt } from '../../../lib/pipeline/remediate/exempt.ts';
import { guards } from '../../../lib/pipeline/remediate/guards.ts';
import { sampled } from '../../extent.ts';
import { drifts } from '../../remediation/drifts/index.ts';
import {
  changed,
  openStack,
  type Plumbline,
  plumblineOn,
  type TestStack,
} from '../../remediation/stack.ts';
import { accountId } from '../../resources/aws.ts';
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
import {
  exemption,
  keepInLedger,
  keyFor,
  later,
  limits,
  operator,
  ourEvent,
  setBreaker,
  suppress,
  turn,
  windowIn,
} from './obstacles.ts';

const group = 'AWS::EC2::SecurityGroup';
const versions = 'S3.14';
const tls = 'S3.5';
const ssh = 'EC2.13';

let stack: TestStack;
let plumbline: Plumbline;
const { at, calls, fault, writes } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {}, [tls]: {}, [ssh]: {}, [versions]: {} },
    baseline: { ...limits({}), operators: [operator] },
    fault,
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);
beforeEach(async () => {
  at.clear();
  await turn(plumbline, 'on');
});

const actionOf = async ({ id }: { readonly id: string }) =>
  (await plumbline.remediation.ledger.get(id))?.action;
const failing = [{ failure: expect.any(Error) }];

const drifted = async (): Promise<string> => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id);
  plumbline.asks.length = 0;
  calls.length = 0;
  return id;
};

it('the guards stand in the issue’s order, each named while those before it let through', async () => {
  const { runtime } = plumbline;
  const { baseline } = runtime;
  const before = { ...baseline };
  const s3 = await stack.clients('s3');
  const id = await newBucket(stack);
  const set = (Status: 'Enabled' | 'Suspended') =>
    s3.putBucketVersioning({ Bucket: id, VersioningConfiguration: { Status } });
  const ours = ourEvent(stack);
  const owner = { TagSet: [{ Key: 'kubernetes.io/cluster/prod', Value: 'owned' }] };
  await s3.putBucketTagging({ Bucket: id, Tagging: owner });
  await set('Enabled');
  await plumbline.evaluate([{ ...changed(bucketType, id), cause: { kind: 'sweep' } }]);
  await set('Suspended');
  await plumbline.evaluate([changed(bucketType, id, ours)]);
  await keepInLedger(plumbline, id, ours.sourceIdentity ?? '');
  await runtime.remediation.locks.hold(keyFor(id), versions, later(24));
  await suppress(stack, id, versions, 'SUPPRESSED');
  await exempt(keyFor(id), versions, { ...exemption }, runtime);
  await turn(plumbline, 'off');
  await setBreaker(plumbline, versions, JSON.stringify({ until: later(1), actions: 20 }));
  const setting = (more: object) =>
    Object.assign(baseline, {
      controls: { [versions]: { ...before.controls[versions], risk: 'safe', ...more } },
    });
  setting({ mode: 'plan' });
  Object.assign(baseline, limits({ flapping: { drifts: 0, hours: 24 }, windows: [windowIn(2)] }));
  const outsider = async () => {
    const { since = '' } = (await plumbline.row(bucketType, id))?.controls[versions] ?? {};
    await plumbline.evaluate([changed(bucketType, id, { time: since, by: mallory })]);
  };
  const passing: Record<string, () => unknown> = {
    killSwitch: () => turn(plumbline, 'on'),
    notOurs: outsider,
    hold: () => runtime.remediation.locks.hold(keyFor(id), versions, later(-1)),
    suppressed: () => suppress(stack, id, versions, 'NEW'),
    exemption: () => exempt(keyFor(id), versions, undefined, runtime),
    mode: () => setting({ mode: 'remediate' }),
    ownership: () => s3.deleteBucketTagging({ Bucket: id }),
    risk: () => setting({ risk: 'disruptive' }),
    maintenanceWindow: () =>
      Object.assign(baseline, limits({ flapping: { drifts: 0, hours: 24 } })),
    flapping: () => Object.assign(baseline, limits({})),
    breaker: () => runtime.remediation.breaker.close(versions),
  };
  // Whether a host is there is asked of hosts alone, and whether it is protected of roles.
  const [first, rest] = [Object.keys(passing).slice(0, 6), Object.keys(passing).slice(6)];
  expect(Object.keys(guards)).toEqual([...first, 'protectedRole', ...rest, 'online']);
  for (const [guard, step] of Object.entries(passing)) {
    const ask = askOn(id, { controls: [versions] });
    await plumbline.act([ask]);
    expect(await actionOf(ask)).toMatchObject({ state: 'BLOCKED', guard });
    await step();
  }
  const ask = askOn(id, { controls: [versions] });
  await plumbline.act([ask]);
  plumbline.asks.length = 0;
  await plumbline.drive();
  expect(await actionOf(ask)).toMatchObject({ state: 'VERIFIED' });
  Object.assign(baseline, before);
});

describe('the lock of a resource', () => {
  const other = { token: 'of-another-delivery' };

  it('keeps a second action waiting, and lets it through once it is given back', async () => {
    const id = await drifted();
    const ask = askOn(id);
    await plumbline.remediation.locks.take(keyFor(id), other, new Date(), later(1));
    expect(await plumbline.act([ask])).toEqual(failing);
    expect(writes()).toEqual([]);
    expect(await actionOf(ask)).toBeUndefined();
    await plumbline.remediation.locks.release(keyFor(id), other);
    await plumbline.act([ask]);
    expect(writes()).toEqual(['s3.putPublicAccessBlock']);
  });

  it('of an action that died is taken over when its time is up', async () => {
    const id = await drifted();
    await plumbline.remediation.locks.take(keyFor(id), other, new Date(), later(-0.001));
    await plumbline.act([askOn(id)]);
    expect(writes()).toEqual(['s3.putPublicAccessBlock']);
  });

  it('lets one of two deliveries of the same ask act, and the other when that has ended', async () => {
    const id = await drifted();
    const ask = askOn(id);
    const outcomes = await Promise.all([plumbline.act([ask]), plumbline.act([ask])]);
    expect(writes()).toEqual(['s3.putPublicAccessBlock']);
    const failed = outcomes.flat().filter((outcome) => 'failure' in outcome);
    expect(failed.length).toBeLessThanOrEqual(1);
    expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
    expect(writes()).toEqual(['s3.putPublicAccessBlock']);
  });

  it('is given back where the work fails', async () => {
    const id = await drifted();
    const ask = askOn(id);
    at.set('before s3.putPublicAccessBlock', busy);
    expect(await plumbline.act([ask])).toEqual(failing);
    at.clear();
    expect(await plumbline.act([ask])).toEqual([{ done: 1 }]);
    expect((await actionOf(ask))?.state).toBe('VERIFYING');
  });

  const receives: Record<string, [message: string, receive: number, isOver: boolean]> = {
    'the next receive of its message': ['a', 3, true],
    'the same receive': ['a', 2, false],
    'an earlier receive': ['a', 1, false],
    'another message': ['b', 3, false],
  };
  // The first of those after which it is over, and of those after which it is not.
  it.each(sampled(Object.entries(receives), { usual: 3 }))(
    'of a process that died, against %s',
    async (_, one) => {
      const [message, receive, isOver] = one;
      const id = await drifted();
      const { locks } = plumbline.remediation;
      const died = { token: 'died', delivery: { message: 'a', receive: 2 } };
      await locks.take(keyFor(id), died, new Date(), later(1));
      const delivered = { ...askOn(id), delivery: { message, receive } };
      expect(await plumbline.act([delivered])).toEqual(isOver ? [{ done: 1 }] : failing);
      expect(await locks.take(keyFor(id), other, new Date(), later(1))).toBe(isOver);
    },
  );

  it('of an action that had come to its end before its process died is given back', async () => {
    const id = await drifted();
    const ask = askOn(id);
    await plumbline.act([ask]);
    const { locks } = plumbline.remediation;
    const died = { token: 'died', delivery: { message: 'a', receive: 1 } };
    await locks.take(keyFor(id), died, new Date(), later(1));
    await plumbline.act([{ ...ask, delivery: { message: 'a', receive: 2 } }]);
    expect(await locks.take(keyFor(id), other, new Date(), later(1))).toBe(true);
  });

  it('that cannot be looked up lets nothing through, until it can be', async () => {
    const id = await drifted();
    const ask = askOn(id);
    const { locks } = plumbline.remediation;
    const { take } = locks;
    Object.assign(locks, { take: async () => deny() });
    expect(await plumbline.act([ask])).toEqual(failing);
    expect(writes()).toEqual([]);
    Object.assign(locks, { take });
    await plumbline.act([ask]);
    expect(writes()).toEqual(['s3.putPublicAccessBlock']);
  });
});

describe('under the lock', () => {
  /** What happens between the look of the guards and the one under the lock. */
  const between = (facet: string, work: () => unknown) => {
    let looks = 0;
    at.set(`before ${facet}`, () => {
      looks += 1;
      return looks === 2 ? work() : undefined;
    });
  };

  it('what somebody put right meanwhile is left alone', async () => {
    const id = await drifted();
    const ask = askOn(id);
    const s3 = await stack.clients('s3');
    const all = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    between('s3.getPublicAccessBlock', () =>
      s3.putPublicAccessBlock({ Bucket: id, PublicAccessBlockConfiguration: all }),
    );
    await plumbline.act([ask]);
    expect(await actionOf(ask)).toMatchObject({ state: 'BLOCKED', guard: 'verdict' });
    expect(writes()).toEqual([]);
  });

  it('what is gone meanwhile is left alone', async () => {
    const id = await drifted();
    const ask = askOn(id);
    const s3 = await stack.clients('s3');
    between('s3.getPublicAccessBlock', () => s3.deleteBucket({ Bucket: id }));
    await plumbline.act([ask]);
    expect(await actionOf(ask)).toMatchObject({ guard: 'verdict', why: 'the resource is gone' });
    expect(writes()).toEqual([]);
  });

  it('what cannot be read a second time is left alone', async () => {
    const id = await drifted();
    const ask = askOn(id);
    between('s3.getPublicAccessBlock', deny);
    await plumbline.act([ask]);
    expect(await actionOf(ask)).toMatchObject({ state: 'BLOCKED', guard: 'verdict' });
    expect(writes()).toEqual([]);
  });

  it('the plan is made anew: what somebody added meanwhile stays', async () => {
    const id = await newBucket(stack);
    const ask = askOn(id, { controls: [tls], askedBy: { kind: 'person' } });
    const s3 = await stack.clients('s3');
    const statement = {
      Sid: 'Added',
      Effect: 'Allow',
      Principal: { AWS: '123456789012' },
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${id}/*`,
    };
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    between('s3.getBucketPolicy', () => s3.putBucketPolicy({ Bucket: id, Policy }));
    await plumbline.act([ask]);
    expect(await actionOf(ask)).toMatchObject({ state: 'VERIFYING' });
    const { Policy: now = '{}' } = await s3.getBucketPolicy({ Bucket: id });
    expect(JSON.parse(now).Statement).toContainEqual(statement);
    expect(JSON.parse(now).Statement).toHaveLength(2);
  });
});

describe('before the first call', () => {
  it('the before-image and the plan with its undo are stored', async () => {
    const id = await drifted();
    const ask = askOn(id);
    const seen: unknown[] = [];
    at.set('before s3.putPublicAccessBlock', async () => seen.push(await actionOf(ask)));
    await plumbline.act([ask]);
    expect(seen).toMatchObject([
      {
        state: 'ACTING',
        calls: [],
        before: { publicAccessBlock: null },
        plan: {
          calls: [{ operation: 'putPublicAccessBlock' }],
          undo: { calls: [{ operation: 'deletePublicAccessBlock' }] },
        },
      },
    ]);
  });

  it('nothing is called where that cannot be stored, and the next delivery does it', async () => {
    const id = await drifted();
    const ask = askOn(id);
    const { ledger } = plumbline.remediation;
    const { add } = ledger;
    Object.assign(ledger, { add: async () => deny() });
    expect(await plumbline.act([ask])).toEqual(failing);
    expect(writes()).toEqual([]);
    Object.assign(ledger, { add });
    await plumbline.act([ask]);
    expect(await isBlocked(stack, id)).toBe(true);
  });

  it('nothing is called where the remediator may not be assumed, and the outcome says so', async () => {
    const id = await drifted();
    const ask = askOn(id);
    const { session } = plumbline.remediation;
    Object.assign(plumbline.remediation, { session: async () => deny() });
    plumbline.asks.length = 0;
    plumbline.changes.length = 0;
    await plumbline.act([ask]);
    Object.assign(plumbline.remediation, { session });
    await plumbline.drive();
    expect(await actionOf(ask)).toMatchObject({
      state: 'PARTIAL',
      why: 'sts:assumeRole failed after 0 calls: AccessDeniedException: not for you',
    });
    expect(writes()).toEqual([]);
  });
});

const opened = drifts.find((one) => one.control === ssh);
const openGroup = async (): Promise<string> => {
  if (!opened) throw new Error(`there is no drift of ${ssh}`);
  const id = await opened.arrange(stack.clients);
  await plumbline.evaluate([{ ...changed(group, id), cause: { kind: 'sweep' } }]);
  await opened.drift(stack.clients, id);
  await plumbline.evaluate([changed(group, id)]);
  calls.length = 0;
  return id;
};
const changes = () => calls.filter((call) => /^ec2\.(authorize|modify|revoke)/.test(call));

describe('between two calls', () => {
  const off: Record<string, [work: () => unknown, why: RegExp]> = {
    'turned off': [() => turn(plumbline, 'off'), /remediation was switched off/],
    'taken away': [
      () => plumbline.ssm.deleteParameter({ Name: plumbline.switchName }),
      /the kill switch could not be read/,
    ],
  };
  it.each(Object.entries(off))('a switch that is %s stops the second', async (_, [work, why]) => {
    await openGroup();
    const [ask] = plumbline.asks.splice(0);
    if (!ask) throw new Error('nothing was asked');
    at.set('after ec2.authorizeSecurityGroupIngress', work);
    await plumbline.act([ask]);
    expect(changes()).toEqual(['ec2.authorizeSecurityGroupIngress']);
    await plumbline.ssm.putParameter({
      Name: plumbline.switchName,
      Value: 'on',
      Type: 'String',
      Overwrite: true,
    });
    // Turned on again, it is not taken up again: a person stopped it.
    await plumbline.act([ask]);
    await plumbline.drive();
    expect(changes()).toEqual(['ec2.authorizeSecurityGroupIngress']);
    const action = await actionOf(ask);
    expect(action?.state).toBe('PARTIAL');
    expect(action?.why).toMatch(why);
    expect(action?.calls.map(({ result }) => result)).toEqual(['done', 'failed']);
  });
});

describe('what a stack owns', () => {
  const by = 'arn:aws:sts::123456789012:assumed-role/cfn-exec/AWSCloudFormation';
  const byStack = { by, invokedBy: 'cloudformation.amazonaws.com' };
  const owner = `cloudformation.amazonaws.com for ${by}`;
  beforeAll(() => {
    const deployRoles = ['arn:aws:iam::123456789012:role/cfn-exec'];
    Object.assign(plumbline.runtime.baseline, limits({ deployRoles }));
  });

  const deployed = async (name: string): Promise<string> => {
    const cloudformation = await stack.clients('cloudformation');
    const template = {
      Resources: {
        Web: {
          Type: 'AWS::EC2::SecurityGroup',
          Properties: { GroupDescription: name, GroupName: name },
        },
      },
    };
    await cloudformation.createStack({ StackName: name, TemplateBody: JSON.stringify(template) });
    const { StackResources } = await cloudformation.describeStackResources({ StackName: name });
    const id = StackResources?.[0]?.PhysicalResourceId ?? '';
    await plumbline.evaluate([{ ...changed(group, id), cause: { kind: 'sweep' } }]);
    await opened?.drift(stack.clients, id);
    return id;
  };

  // Moto leaves out the metadata, which AWS gives as the template's JSON.
  const metadata: Record<string, [metadata: string | undefined, path: string]> = {
    'with its construct path': [
      JSON.stringify({ 'aws:cdk:path': 'Shop/Web/Resource' }),
      ', Shop/Web/Resource',
    ],
    'which no CDK made': [undefined, ''],
    'with a path that is none': [JSON.stringify({ 'aws:cdk:path': 7 }), ''],
    'with metadata that cannot be understood': ['{', ''],
  };
  it.each(Object.entries(metadata))(
    'and CloudFormation changed, %s, is left to it',
    async (title, [Metadata, path]) => {
      const stack = title.replaceAll(' ', '-');
      const id = await deployed(stack);
      await plumbline.evaluate([changed(group, id, byStack)]);
      const [ask] = plumbline.asks.splice(0);
      if (!ask) throw new Error('nothing was asked');
      const { reader } = plumbline.runtime;
      const telling: typeof reader = (where) => {
        const made = reader(where);
        return {
          ...made,
          call: async (service, operation, input) => {
            const answer = await made.call(service, operation, input);
            if (operation !== 'describeStackResource') return answer;
            return Object.assign(answer ?? {}, {
              StackResourceDetail: { Metadata },
            }) as typeof answer;
          },
        };
      };
      Object.assign(plumbline.runtime, { reader: telling });
      await plumbline.act([ask]);
      Object.assign(plumbline.runtime, { reader });
      expect(await actionOf(ask)).toMatchObject({
        state: 'BLOCKED',
        guard: 'ownership',
        why: `its owner changed it (${owner}): stack ${stack}, Web${path}`,
      });
    },
  );

  it('and CloudFormation changed, is left to it though the construct path may not be read', async () => {
    const id = await deployed('dark-shop');
    at.set('before cloudformation.describeStackResource', deny);
    await plumbline.evaluate([changed(group, id, byStack)]);
    const [ask] = plumbline.asks.splice(0);
    if (!ask) throw new Error('nothing was asked');
    await plumbline.act([ask]);
    expect((await actionOf(ask))?.why).toBe(
      `its owner changed it (${owner}): stack dark-shop, Web`,
    );
  });

  it('and somebody else changed, is put right for it', async () => {
    const id = await deployed('moved-shop');
    await plumbline.evaluate([changed(group, id)]);
    const [ask] = plumbline.asks;
    await plumbline.drive();
    expect(await actionOf(ask ?? { id: '' })).toMatchObject({
      state: 'VERIFIED',
      driftedBy: [mallory],
    });
  });

  it('and nobody is known to have changed, is left to it', async () => {
    const id = await deployed('quiet-shop');
    await plumbline.evaluate([{ ...changed(group, id), cause: { kind: 'sweep' } }]);
    const ask = { ...askOn(id, { type: group, controls: [ssh] }) };
    await plumbline.act([ask]);
    expect((await actionOf(ask))?.why).toBe(
      'a stack owns the resource, and who changed it is not known: stack quiet-shop, Web',
    );
  });
});

it('the hour’s last slot opens the breaker, which says so once and closes by time or by hand', async () => {
  let now = Date.now();
  const small = await plumblineOn(stack, {
    controls: { [control]: {} },
    baseline: limits({
      breaker: { perHour: 1, share: 1, atLeast: 1, reserve: 0, closesAfterMinutes: 60 },
    }),
    clock: () => new Date(now),
  });
  const outcomeOn = async () => {
    const ask = askOn(await newBucket(stack));
    await unblock(stack, ask.ref.id);
    await small.act([ask]);
    const { action } = (await small.remediation.ledger.get(ask.id)) ?? {};
    return [action?.state, action?.why];
  };
  expect(await outcomeOn()).toEqual(['VERIFYING', undefined]);
  expect(await outcomeOn()).toEqual(['BLOCKED', 'S3.8 reached its limit of 1 action in an hour']);
  const until = new Date(now + 3_600_000).toISOString();
  expect(await outcomeOn()).toEqual(['BLOCKED', `the breaker of S3.8 is open until ${until}`]);
  expect(small.notices).toEqual(['Plumbline: breaker of S3.8 is open']);
  expect(await small.remediation.breaker.all()).toEqual([
    { control, account: accountId, until, actions: 1 },
  ]);
  now += 3_700_000;
  expect(await outcomeOn()).toEqual(['VERIFYING', undefined]);
  expect((await outcomeOn())[0]).toBe('BLOCKED');
  await small.remediation.breaker.close(control);
  now += 3_600_000;
  expect(await outcomeOn()).toEqual(['VERIFYING', undefined]);
});
