import type { Clients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { type Baseline, defaultBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { type Control, defineControl, fail, pass } from '../../../lib/model/control.ts';
import {
  type AnyResourceType,
  defineResourceType,
  type Page,
} from '../../../lib/model/resource-type.ts';
import { scan } from '../../../lib/pipeline/scan/scan.ts';
import type { Evaluation, Subject } from '../../../lib/pipeline/scan/scan-resource.ts';

const error = (name: string, message = name) => Object.assign(new Error(message), { name });

/** A type whose resources say by their names what reading them does. */
const thingOf = (page: (token: string | undefined) => Page<{ colour?: string }>) => {
  const reads: string[] = [];
  const type = defineResourceType({
    type: 'AWS::Test::Thing',
    scope: 'regional',
    securityHubType: 'Other',
    live: {
      gone: ['NoSuchThing'],
      settlesAfterSeconds: 1,
      announcements: [],
      list: { actions: [], page: async (_, token) => page(token) },
    },
    about: {
      actions: [],
      read: async (_, { id }) => {
        if (id.includes('untagged')) throw error('Throttling');
        return { arn: `arn:test:${id}`, tags: { team: 'web' } };
      },
    },
    facets: {
      colour: {
        actions: [],
        read: async (_, { id }): Promise<string> => {
          reads.push(id);
          if (id.includes('gone')) throw error('NoSuchThing');
          if (id.includes('denied')) throw error('AccessDenied', 'not you');
          if (id.includes('broken')) throw error('InternalFailure', 'try again');
          if (id.includes('expired')) throw error('ExpiredToken');
          return id;
        },
      },
      size: { actions: [], read: async () => 1 },
    },
  });
  const base = {
    severity: 'LOW',
    rationale: '',
    standards: {},
    remediation: { advice: '' },
  } as const;
  const controls: readonly Control[] = [
    defineControl(type, {
      ...base,
      id: 'T.1',
      title: 'Things should be straight',
      needs: ['colour'],
      evaluate: ({ colour }) => (colour.includes('crooked') ? fail('crooked', []) : pass),
    }),
    defineControl(type, {
      ...base,
      id: 'T.2',
      title: 'Things should be small',
      needs: ['size'],
      evaluate: ({ size }) => (size > 1 ? fail('large', []) : pass),
    }),
  ];
  return { type, controls, reads };
};

const place = { account: '123456789012', region: 'us-east-1' };
const reader = () =>
  createReader({
    ...place,
    clients: () => Promise.reject(new Error('no call is made')),
  });
const scanned = async (
  subject: Subject,
  settings: Partial<Baseline> = { sensitivityTag: { key: 'team', values: ['web'] } },
) => {
  const evaluations: Evaluation[] = [];
  await scan({
    subjects: [subject],
    baseline: { ...defaultBaseline([]), ...settings },
    reader,
    onEvaluated: (some) => evaluations.push(...some),
  });
  return evaluations;
};
const listing = (...ids: string[]) => thingOf(() => ({ resources: ids.map((id) => ({ id })) }));
const statuses = (evaluations: readonly Evaluation[]) =>
  evaluations
    .map(({ ref, control, verdict }) => `${ref.id} ${control.id} ${verdict.status}`)
    .sort();

describe('a scan', () => {
  it('evaluates each resource of each page', async () => {
    const pages: Record<string, Page<{ colour?: string }>> = {
      first: { resources: [{ id: 'crooked' }, { id: 'a' }], next: 'second' },
      second: { resources: [{ id: 'b' }] },
    };
    const thing = thingOf((token = 'first') => pages[token] ?? { resources: [] });
    expect(statuses(await scanned(thing))).toEqual([
      'a T.1 PASS',
      'a T.2 PASS',
      'b T.1 PASS',
      'b T.2 PASS',
      'crooked T.1 FAIL',
      'crooked T.2 PASS',
    ]);
  });

  it('does not read what the listing gave', async () => {
    const thing = thingOf(() => ({ resources: [{ id: 'x', facets: { colour: 'crooked' } }] }));
    expect(statuses(await scanned(thing))).toContain('x T.1 FAIL');
    expect(thing.reads).toEqual([]);
  });

  it('says ARN and priority of what fails', async () => {
    const evaluations = await scanned(listing('crooked'));
    const failed = evaluations.find(({ verdict }) => verdict.status === 'FAIL');
    expect(failed).toMatchObject({ arn: 'arn:test:crooked', priority: { level: 'high' } });
  });

  it('reports what fails even where its tags cannot be read', async () => {
    const evaluations = await scanned(listing('crooked-untagged'));
    const failed = evaluations.find(({ verdict }) => verdict.status === 'FAIL');
    expect(failed).toMatchObject({ arn: 'crooked-untagged', priority: { level: 'standard' } });
  });

  it('reads no tags of what fails where nothing counts them, and its ARN follows from its id', async () => {
    const thing = listing('crooked');
    const asked: string[] = [];
    const type: AnyResourceType = {
      ...thing.type,
      arn: ({ id }) => `arn:test:${id}`,
      about: {
        actions: [],
        read: async (_, { id }) => {
          asked.push(id);
          return { arn: `arn:test:${id}`, tags: { team: 'web' } };
        },
      },
    };
    const { controls } = thing;
    const tagged = { sensitivityTag: { key: 'team', values: ['web'] } };
    const failing = async (settings: Partial<Baseline>, of = type) => {
      const evaluations = await scanned({ type: of, controls }, settings);
      const failed = evaluations.find(({ verdict }) => verdict.status === 'FAIL');
      return { arn: failed?.arn, level: failed?.priority.level, asked: asked.splice(0) };
    };
    const arn = 'arn:test:crooked';
    expect(await failing({})).toEqual({ arn, level: 'standard', asked: [] });
    expect(await failing(tagged)).toEqual({ arn, level: 'high', asked: ['crooked'] });
    expect(await failing({ reportTags: ['team'] })).toMatchObject({ arn, asked: ['crooked'] });
    const { arn: _, ...without } = type;
    expect(await failing({}, without)).toMatchObject({ arn, asked: ['crooked'] });
  });

  it('leaves out what is gone since it was listed', async () => {
    expect(await scanned(listing('gone'))).toEqual([]);
  });

  it.each(['denied', 'broken'])(
    'leaves unknown only what needs the facet that is %s',
    async (id) => {
      expect(statuses(await scanned(listing(id)))).toEqual([`${id} T.1 UNKNOWN`, `${id} T.2 PASS`]);
    },
  );

  it('ends where the credentials are at fault', async () => {
    await expect(scanned(listing('a', 'expired'))).rejects.toThrow('ExpiredToken');
  });

  const unreached = (code: string) => Object.assign(error('Error', code), { code });
  /** Two types, the first of which cannot be listed, in a region where all else answers, or nothing does. */
  const beside = async (reason: Error, answersElse: boolean) => {
    const evaluations: Evaluation[] = [];
    const first = thingOf(() => {
      throw reason;
    });
    const sts = { getCallerIdentity: async () => ({}) };
    const clients = () =>
      answersElse ? Promise.resolve(sts) : Promise.reject(new Error('nothing answers'));
    await scan({
      subjects: [first, listing('a')],
      baseline: defaultBaseline([]),
      reader: () => createReader({ ...place, clients: clients as unknown as Clients }),
      onEvaluated: (some) => evaluations.push(...some),
    });
    return evaluations;
  };
  const evaluated = ['a T.1 PASS', 'a T.2 PASS'];

  it('has nothing of a service that has no host in the region', async () => {
    expect(statuses(await beside(unreached('ENOTFOUND'), true))).toEqual(evaluated);
  });

  it.each([unreached('ECONNREFUSED'), unreached('EAI_AGAIN'), error('TimeoutError')])(
    'says of a type that is unknown where its service alone does not answer: %s',
    async (reason) => {
      const all = await beside(reason, true);
      expect(statuses(all)).toEqual(['* T.1 UNKNOWN', '* T.2 UNKNOWN', ...evaluated]);
      expect(all.find(({ ref }) => ref.id === '*')?.verdict).toMatchObject({
        reason: expect.stringMatching(/^could not be listed: .+: check/),
      });
    },
  );

  it.each([unreached('ENOTFOUND'), error('TimeoutError')])(
    'ends where nothing else answers either: %s',
    async (reason) => {
      await expect(beside(reason, false)).rejects.toThrow(reason.message);
    },
  );

  it('says of a type that may not be listed that it is unknown', async () => {
    const evaluations = await scanned(
      thingOf(() => {
        throw error('AccessDeniedException', 'you may not list');
      }),
    );
    expect(statuses(evaluations)).toEqual(['* T.1 UNKNOWN', '* T.2 UNKNOWN']);
    expect(evaluations[0]).toMatchObject({
      arn: 'every AWS::Test::Thing',
      verdict: { reason: 'could not be listed: you may not list' },
    });
  });

  it('says of a type whose listing is throttled that it is unknown, and evaluates the others', async () => {
    const throttledType = thingOf(() => {
      throw error('ThrottlingException', 'slow down');
    });
    const evaluations: Evaluation[] = [];
    const fine = listing('a');
    await scan({
      subjects: [throttledType, fine],
      baseline: defaultBaseline([]),
      reader,
      onEvaluated: (some) => evaluations.push(...some),
    });
    expect(statuses(evaluations)).toEqual([
      '* T.1 UNKNOWN',
      '* T.2 UNKNOWN',
      'a T.1 PASS',
      'a T.2 PASS',
    ]);
  });

  it('takes ARN and tags from the listing where it has them, and reads them no second time', async () => {
    const about = { arn: 'arn:test:listed', tags: { team: 'web' } };
    const thing = thingOf(() => ({ resources: [{ id: 'crooked-untagged', about }] }));
    const evaluations = await scanned(thing);
    expect(evaluations.find(({ verdict }) => verdict.status === 'FAIL')).toMatchObject({
      arn: 'arn:test:listed',
      priority: { level: 'high' },
    });
  });

  it('lists and reads several types at the same time, and a bounded number of them', async () => {
    let [now, most] = [0, 0];
    const slow = () =>
      thingOf(() => {
        now += 1;
        most = Math.max(most, now);
        return { resources: [] };
      });
    const types = Array.from({ length: 12 }, () => {
      const thing = slow();
      const page = async () => {
        const listed = await thing.type.live.list.page(reader(), undefined);
        await new Promise((resolve) => setTimeout(resolve, 5));
        now -= 1;
        return listed;
      };
      const { live } = thing.type;
      return {
        ...thing,
        type: { ...thing.type, live: { ...live, list: { ...live.list, page } } },
      };
    });
    await scan({
      subjects: types,
      baseline: defaultBaseline([]),
      reader,
      onEvaluated: () => {},
    });
    expect(most).toBe(4);
  });

  it('finds nothing where the service is not offered', async () => {
    const thing = thingOf(() => {
      throw error('UnsupportedOperation');
    });
    expect(await scanned(thing)).toEqual([]);
  });

  it.each(['OptInRequired', 'SubscriptionRequiredException'])(
    'does not take for gone what the account has not signed up for, or not any more: %s',
    async (code) => {
      const thing = thingOf(() => {
        throw error(code);
      });
      const [found] = await scanned(thing);
      expect(found?.verdict).toMatchObject({
        status: 'UNKNOWN',
        reason: expect.stringMatching(/^could not be listed/),
      });
    },
  );
});
