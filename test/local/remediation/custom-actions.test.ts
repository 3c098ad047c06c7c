import { randomUUID } from 'node:crypto';
import { keyOf } from '../../../lib/engine/changes/change.ts';
import { type FindingIdentifier, identifiersOf } from '../../../lib/engine/findings/finding-id.ts';
import { parseRequests } from '../../../lib/pipeline/remediate/parse-requests.ts';
import { heard } from '../../fakes/heard.ts';
import { openStack, type Plumbline, plumblineOn, type TestStack } from '../../remediation/stack.ts';
import { refOf } from '../../resources/aws.ts';
import { bucketType, control, driftOf, isBlocked, newBucket, recorder } from './buckets.ts';
import { limits } from './obstacles.ts';

const account = '123456789012';
const region = 'us-east-1';
const day = 86_400_000;

let stack: TestStack;
let plumbline: Plumbline;
let ahead = 0;
const { calls, fault, writes } = recorder();
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [control]: {} },
    baseline: { ...limits({}), securityHub: { actions: true } },
    // Only planned: whatever is done here, a person has clicked for.
    settings: { mode: 'plan' },
    fault,
    clock: () => new Date(Date.now() + ahead),
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);
beforeEach(() => {
  ahead = 0;
  calls.length = 0;
});

const findingOf = (id: string, controlId = control): FindingIdentifier => {
  const [finding] = identifiersOf({ ref: refOf(id), arn: `arn:aws:s3:::${id}` }, [controlId]);
  if (!finding) throw new Error('there is no finding');
  return finding;
};
/** What EventBridge delivers when somebody chooses a custom action for a finding. */
const clickOn = (action: string, finding: object, more: object = {}) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Security Hub Findings - Custom Action',
  source: 'aws.securityhub',
  account,
  time: new Date().toISOString(),
  region,
  resources: [`arn:aws:securityhub:${region}:${account}:action/custom/${action}`],
  detail: {
    actionName: action,
    actionDescription: 'somebody clicked',
    findings: [{ SchemaVersion: '2018-10-08', AwsAccountId: account, ...finding }],
  },
  ...more,
});
/** What the function takes a message for. */
const parse = (event: object, runtime = plumbline.runtime) =>
  parseRequests(event, runtime, heard(event, runtime.clock()));
/** Delivers a click as the function gets it, and does what it asks for. */
const click = async (action: string, finding: object, more: object = {}) => {
  const { items, ...taken } = await parse(clickOn(action, finding, more));
  expect(await plumbline.act(items)).toEqual(items.map(() => ({ done: 1 })));
  await plumbline.drive();
  return { items, ...taken };
};
const held = async ({ Id }: FindingIdentifier) => {
  const { Findings } = await (await stack.clients('securityhub')).getFindings({
    Filters: { Id: [{ Comparison: 'EQUALS', Value: Id }] },
  });
  return Findings?.[0];
};
const noteOn = async (finding: FindingIdentifier) => (await held(finding))?.Note?.Text ?? '';
const failing = async (): Promise<string> => {
  const id = await newBucket(stack);
  await driftOf(stack, plumbline, id);
  calls.length = 0;
  return id;
};
const actionOf = async (id: string) => (await plumbline.remediation.ledger.get(id))?.action;

describe('Fix now', () => {
  it('puts it right under the guards, proven, and names nobody', async () => {
    const id = await failing();
    const { items } = await click('PlumblineFix', findingOf(id));
    expect(await actionOf(items[0]?.id ?? '')).toMatchObject({
      state: 'VERIFIED',
      askedBy: { kind: 'person' },
    });
    expect(await isBlocked(stack, id)).toBe(true);
    expect(await noteOn(findingOf(id))).toContain('VERIFIED');
  });

  it('delivered twice is done once', async () => {
    const id = await failing();
    const event = clickOn('PlumblineFix', findingOf(id));
    const first = await parse(event);
    const second = await parse(event);
    expect(second.items).toEqual(first.items);
    await plumbline.act([...first.items, ...second.items]);
    await plumbline.drive();
    expect(writes()).toEqual(['s3.putPublicAccessBlock']);
  });

  it('of what does not fail any more says so', async () => {
    const id = await failing();
    await click('PlumblineFix', findingOf(id));
    await click('PlumblineFix', findingOf(id));
    expect(await noteOn(findingOf(id))).toContain('does not fail any more');
  });
});

describe('Show plan', () => {
  it('notes the plan, and does nothing', async () => {
    const id = await failing();
    const { items } = await click('PlumblinePlan', findingOf(id));
    expect(items).toEqual([]);
    expect(await noteOn(findingOf(id))).toContain('turns on the four blocks');
    expect(writes()).toEqual([]);
    expect(await isBlocked(stack, id)).toBe(false);
  });

  it('of what passes says that nothing is planned', async () => {
    const id = await failing();
    await click('PlumblineFix', findingOf(id));
    await click('PlumblinePlan', findingOf(id));
    expect(await noteOn(findingOf(id))).toBe('It does not fail: nothing is planned.');
  });
});

describe('Undo', () => {
  it('is refused where there is nothing to take back', async () => {
    const id = await failing();
    await click('PlumblineUndo', findingOf(id));
    expect(await noteOn(findingOf(id))).toBe('There is no action to take back.');
  });

  it('is never done on a click, whatever it opens or weakens', async () => {
    const versions = 'S3.14';
    const other = await plumblineOn(stack, {
      controls: { [control]: {}, [versions]: {} },
      baseline: { securityHub: { actions: true } },
      fault,
    });
    const id = await newBucket(stack);
    await driftOf(stack, other, id);
    for (const one of [control, versions]) {
      const fix = await parse(clickOn('PlumblineFix', findingOf(id, one)), other.runtime);
      await other.act(fix.items);
      await other.drive();
      expect((await other.row(bucketType, id))?.controls[one]?.lastKnown).toBe('PASS');
      calls.length = 0;
      const back = await parse(clickOn('PlumblineUndo', findingOf(id, one)), other.runtime);
      expect(back.items).toEqual([]);
      expect(await noteOn(findingOf(id, one))).toMatch(
        /^Not taken back on a click: .*plumbline undo pl-/,
      );
      expect(writes()).toEqual([]);
    }
  });
});

describe('without securityHub: { actions: true }', () => {
  it.each(['PlumblineFix', 'PlumblineUndo', 'PlumblineExempt'])('%s is refused', async (action) => {
    const id = await failing();
    const runtime = { ...plumbline.runtime, baseline: { ...plumbline.runtime.baseline } };
    Reflect.deleteProperty(runtime.baseline, 'securityHub');
    const { items } = await parse(clickOn(action, findingOf(id)), runtime);
    expect(items).toEqual([]);
    expect(await noteOn(findingOf(id))).toContain('securityHub: { actions: true }');
    expect(writes()).toEqual([]);
  });
});

describe('Exempt 7 days', () => {
  it('exempts, says that nobody answers for it yet, and lapses after 7 days', async () => {
    const id = await failing();
    await click('PlumblineExempt', findingOf(id));
    expect(await held(findingOf(id))).toMatchObject({
      Severity: { Label: 'INFORMATIONAL' },
      Compliance: { Status: 'FAILED' },
      Workflow: { Status: 'NEW' },
      ProductFields: { 'plumbline/exemptionConfirmed': 'no' },
    });
    expect(await noteOn(findingOf(id))).toMatch(
      /^Exempt until .*unless confirmed: .*plumbline exemptions confirm/,
    );
    const look = () => plumbline.evaluate([reviewOf(id)]);
    ahead = 7 * day - 60_000;
    await look();
    expect((await held(findingOf(id)))?.Severity?.Label).toBe('INFORMATIONAL');
    ahead = 7 * day + 60_000;
    await look();
    expect((await held(findingOf(id)))?.Severity?.Label).toBe('HIGH');
  });

  it('exempts once: of what lapsed and nobody confirmed a click begins no other', async () => {
    const id = await failing();
    await click('PlumblineExempt', findingOf(id));
    const granted = async () => (await plumbline.row(bucketType, id))?.exemptions?.[control];
    const first = await granted();
    ahead = 7 * day + 60_000;
    await click('PlumblineExempt', findingOf(id));
    expect(await granted()).toEqual(first);
    const note = await noteOn(findingOf(id));
    expect(note).toContain(
      `Not exempted: a click did so until ${first?.expires.slice(0, 10)}, and nobody confirmed it. An operator asks for it: `,
    );
    expect(note).toContain(`plumbline exemptions add ${id} ${control} --owner <who>`);
    await plumbline.evaluate([reviewOf(id)]);
    expect((await held(findingOf(id)))?.Severity?.Label).toBe('HIGH');
  });

  it('does not take the place of an exemption that somebody answers for, or last longer by clicks', async () => {
    const id = await failing();
    await click('PlumblineExempt', findingOf(id));
    const granted = async () => (await plumbline.row(bucketType, id))?.exemptions?.[control];
    const first = await granted();
    ahead = 2 * day;
    await click('PlumblineExempt', findingOf(id));
    expect(await granted()).toEqual(first);
    expect(await noteOn(findingOf(id))).toBe(
      `Already exempted until ${first?.expires.slice(0, 10)}, owner nobody yet.`,
    );
  });
});

const reviewOf = (id: string) => ({
  version: 1 as const,
  type: bucketType,
  ref: refOf(id),
  facets: 'all' as const,
  cause: { kind: 'review' as const },
});

describe('a click is refused, with a note, on a finding', () => {
  const outsiders: Record<string, (id: string) => FindingIdentifier> = {
    'of another product': (id) => ({
      ...findingOf(id),
      ProductArn: `arn:aws:securityhub:${region}::product/aws/securityhub`,
    }),
    'of another account': (id) => ({
      ...findingOf(id),
      ProductArn: `arn:aws:securityhub:${region}:111122223333:product/111122223333/default`,
    }),
    'of another region': (id) => ({
      ...findingOf(id),
      ProductArn: `arn:aws:securityhub:eu-west-1:${account}:product/${account}/default`,
    }),
    'whose id is of another account': (id) => ({
      ...findingOf(id),
      Id: findingOf(id).Id.replace(account, '111122223333'),
    }),
    'of a resource that is not known': (id) => findingOf(`${id}-other`),
    'of a control that was not evaluated': (id) => findingOf(id, 'S3.5'),
    'of a control that there is not': (id) => findingOf(id, '__proto__'),
    'of a control named as a method': (id) => findingOf(id, 'toString'),
  };
  let id: string;
  beforeAll(async () => {
    id = await failing();
  });
  it.each(Object.entries(outsiders))('%s', async (_, finding) => {
    const noted: unknown[] = [];
    const { hub } = plumbline.runtime;
    const listening: typeof hub = async (where, use) => {
      const made = await hub(where, use);
      return Object.assign(Object.create(made), {
        batchUpdateFindings: async (input: unknown) => {
          noted.push(input);
          return {};
        },
      });
    };
    for (const action of ['Fix', 'Plan', 'Undo', 'Exempt']) {
      const event = clickOn(`Plumbline${action}`, finding(id));
      const taken = await parse(event, { ...plumbline.runtime, hub: listening });
      expect(taken.items).toEqual([]);
    }
    expect(noted).toHaveLength(4);
    for (const note of noted) {
      expect(note).toMatchObject({
        FindingIdentifiers: [finding(id)],
        Note: { Text: expect.stringMatching(/^Refused: /), UpdatedBy: 'plumbline' },
      });
    }
    expect((await plumbline.row(bucketType, id))?.exemptions).toBeUndefined();
    expect(writes()).toEqual([]);
  });

  it('that this custom action is not known for', async () => {
    const id = await failing();
    await click('PlumblineDestroy', findingOf(id));
    expect(await noteOn(findingOf(id))).toBe('Plumbline knows no custom action PlumblineDestroy.');
  });
});

describe('what an event says beside ProductArn and Id', () => {
  it('counts for nothing', async () => {
    const [id, other] = [await failing(), await failing()];
    const lies = {
      ...findingOf(id),
      AwsAccountId: '111122223333',
      Region: 'eu-west-1',
      Resources: [{ Type: 'AwsS3Bucket', Id: `arn:aws:s3:::${other}` }],
      Compliance: { SecurityControlId: 'Plumbline.S3.5', Status: 'PASSED' },
      ProductFields: { 'plumbline/action': 'pl-x' },
      Workflow: { Status: 'SUPPRESSED' },
    };
    const { items } = await click('PlumblineFix', lies, { version: '9' });
    expect(items).toMatchObject([{ controls: [control], ref: refOf(id) }]);
    expect(await isBlocked(stack, id)).toBe(true);
    expect(await isBlocked(stack, other)).toBe(false);
  });

  it.each<[string, object, string]>([
    ['of another account', { account: '111122223333' }, 'foreign'],
    ['of another region', { region: 'eu-west-1' }, 'ungoverned'],
    ['that is replayed', { 'replay-name': 'mine' }, 'replayed'],
    ['that is still to come', { time: '2099-01-01T00:00:00Z' }, 'future'],
  ])('is not asked for by an event %s', async (_, more, dropped) => {
    const id = await failing();
    expect(await click('PlumblineFix', findingOf(id), more)).toMatchObject({ items: [], dropped });
    expect(await isBlocked(stack, id)).toBe(false);
  });

  const hostile: Record<string, (id: string) => FindingIdentifier> = {
    'very long': (id) => ({ ...findingOf(id), Id: findingOf(id).Id + 'x'.repeat(100_000) }),
    'of control characters': (id) => ({ ...findingOf(id), Id: `${findingOf(id).Id}\u0000\n\r` }),
    'a path': (id) => ({ ...findingOf(id), Id: findingOf(id).Id.replace(id, `../${id}`) }),
    'the key of a row': (id) => ({
      ...findingOf(id),
      Id: keyOf({ type: bucketType, ref: refOf(id) }),
    }),
    'a glob': (id) => ({ ...findingOf(id), Id: findingOf(id).Id.replace(id, '*') }),
    'an expression of DynamoDB': (id) => ({
      ...findingOf(id),
      Id: `${findingOf(id).Id} OR attribute_exists(pk)`,
    }),
    'of letters beyond ASCII': (id) => ({ ...findingOf(id), Id: `${findingOf(id).Id}\u{1f512}` }),
  };
  let id: string;
  beforeAll(async () => {
    id = await failing();
  });
  it.each(Object.entries(hostile))('and an id that is %s leads nowhere', async (_, finding) => {
    const { items } = await click('PlumblineFix', finding(id));
    expect(items).toEqual([]);
    expect(writes()).toEqual([]);
    expect(await isBlocked(stack, id)).toBe(false);
  });

  const malformed: Record<string, (event: ReturnType<typeof clickOn>) => object> = {
    'comes from elsewhere': (event) => ({ ...event, source: 'my.app' }),
    'is of another kind': (event) => ({ ...event, 'detail-type': 'Security Hub Insight Results' }),
    'names no finding': (event) => ({ ...event, detail: { findings: [] } }),
    'names a finding without an id': (event) => ({ ...event, detail: { findings: [{}] } }),
    'names no custom action': (event) => ({ ...event, resources: [] }),
    'has findings that are none': (event) => ({ ...event, detail: { findings: 'all' } }),
    'has no detail': (event) => ({ ...event, detail: null }),
  };
  it.each(Object.entries(malformed))('an event that %s is dropped', async (_, spoil) => {
    const event = spoil(clickOn('PlumblineFix', findingOf('any')));
    const taken = await parse(event);
    expect(taken).toMatchObject({ items: [], dropped: 'malformed' });
  });
});
