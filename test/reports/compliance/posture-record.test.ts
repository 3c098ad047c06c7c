import { type Baseline, parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { settingsHash } from '../../../lib/engine/evaluation/control-evaluation.ts';
import type { ControlRow, ResourceRow } from '../../../lib/engine/posture/row.ts';
import { unreadableRow } from '../../../lib/engine/posture/unreadable-row.ts';
import { defineControl, pass } from '../../../lib/model/control.ts';
import { defineResourceType } from '../../../lib/model/resource-type.ts';
import { controlOn } from '../../../lib/pipeline/hosts/host-controls.ts';
import { hostInstance } from '../../../lib/pipeline/hosts/host-instance.ts';
import { createPostureRecord } from '../../../lib/reports/compliance/posture-record.ts';
import { readRecord, recordPieces } from '../../../lib/reports/compliance/read-record.ts';
import { reportOf } from '../../../lib/reports/compliance/report.ts';
import { everything, inRegions, type Scope } from '../../../lib/reports/compliance/scope.ts';
import { frameworkOf, requirement } from './sample.ts';

const account = '123456789012';
const at = new Date('2026-11-30T08:00:00.000Z');
const lately = '2026-11-30T02:00:00.000Z';
const longAgo = '2026-11-20T02:00:00.000Z';

const resource = defineResourceType({
  type: 'Plumbline::Lamp',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: [],
    settlesAfterSeconds: 20,
    announcements: [],
    list: { actions: [], page: async () => ({ resources: [] }) },
  },
  about: { actions: [], read: async () => ({ arn: 'arn:aws:resource:::hall', tags: {} }) },
  facets: { light: { actions: [], read: async () => 'on' } },
});
const burns = defineControl(resource, {
  id: 'T.1',
  title: 'The resource should burn',
  severity: 'HIGH',
  rationale: 'It is dark.',
  standards: {},
  needs: ['light'],
  evaluate: () => pass,
  remediation: { advice: 'Light it.', url: 'https://example.com/lamps' },
});
const onHost = controlOn({
  id: 'H.1',
  area: 'ssh',
  title: 'Root should not log in',
  severity: 'HIGH',
  rationale: 'Nobody is root.',
  requirements: [],
  advice: 'Set it.',
  parameters: {},
});
const enabled = { mode: 'observe', backlog: false, risk: 'safe', parameters: {} } as const;
const baseline: Baseline = {
  ...parseBaseline('{}', 'plumbline.yaml', []),
  regions: ['us-east-1', 'eu-west-1'],
  controls: { 'T.1': enabled, 'H.1': enabled },
  exemptions: [
    {
      control: 'T.1',
      resource: 'exempted-*',
      owner: 'web team',
      reason: 'a resource for the day',
      expires: '2027-01-31T23:59:59.999Z',
    },
  ],
};

type Known = Exclude<ControlRow['lastKnown'], undefined>;
const turned = (status: Known | 'UNKNOWN', over: Partial<ControlRow> = {}): ControlRow => ({
  verdict: {
    status,
    ...(status === 'PASS' ? {} : { reason: 'it is dark' }),
    ...(status === 'FAIL' ? { evidence: [{ path: 'light', actual: 'off', expected: 'on' }] } : {}),
  },
  ...(status === 'UNKNOWN' ? {} : { lastKnown: status }),
  since: longAgo,
  firstSeenAt: longAgo,
  readAt: lately,
  episodes: 0,
  causes: [],
  settings: settingsHash({}),
  ...over,
});
const row = (id: string, control: ControlRow, over: Partial<ResourceRow> = {}): ResourceRow => ({
  type: resource.type,
  ref: { account, region: 'us-east-1', id },
  version: 1,
  readAt: lately,
  stampedAt: lately,
  arn: `arn:aws:resource:::${id}`,
  tags: {},
  controls: { 'T.1': control },
  ...over,
});
const host = (id: string, status: Known, system?: string): ResourceRow =>
  row(id, turned(status), {
    type: hostInstance.type,
    controls: { 'H.1': turned(status) },
    ...(system === undefined ? {} : { system: { name: system, isTried: true } }),
  });

const recordsOf = (
  rows: readonly ResourceRow[],
  over: Partial<Baseline> = {},
  scope: Scope = everything,
) => {
  const gathered = createPostureRecord({
    plumbline: '0.1.0',
    stack: 'Plumbline',
    account,
    at,
    baseline: { ...baseline, ...over },
    controls: [burns, onHost],
    scope,
  });
  for (const each of rows) gathered.add(each);
  return gathered.records().map((record) => {
    const read = readRecord([...recordPieces(record)].join(''), 'the posture table');
    // A report of what was kept is that of what was known, byte by byte.
    expect(JSON.stringify(read)).toBe(JSON.stringify(record));
    return read;
  });
};
const recordOf = (rows: readonly ResourceRow[], over: Partial<Baseline> = {}) => {
  const [record] = recordsOf(rows, over);
  if (!record) throw new Error('there is no record');
  return record;
};
const mallory = {
  kind: 'event',
  via: 'cloudtrail',
  id: 'e-1',
  time: longAgo,
  by: 'arn:aws:iam::123456789012:user/mallory',
} as const;
const trent = { ...mallory, id: 'e-2', by: 'arn:aws:iam::123456789012:user/trent' } as const;

describe('what an installation knows', () => {
  it('is counted by control, with since and by whom of what fails', () => {
    const record = recordOf([
      row('a', turned('PASS')),
      row('b', turned('FAIL', { causes: [mallory] })),
      row('c', turned('FAIL', { causes: [mallory, trent] })),
      row('exempted-d', turned('FAIL')),
      row('e', turned('UNKNOWN', { lastKnown: 'PASS' })),
      row('f', turned('NOT_APPLICABLE')),
    ]);
    expect(record.controls['T.1']).toEqual({
      passed: 1,
      failed: 2,
      exempted: 1,
      notApplicable: 1,
      unknown: 1,
    });
    expect(record.counts).toEqual(record.controls['T.1']);
    const [b, c, e, exempted] = record.results;
    expect(b).toMatchObject({ status: 'FAIL', since: longAgo, readAt: lately, by: mallory.by });
    expect(c).toMatchObject({ among: `${mallory.by} ${trent.by}` });
    expect(c).not.toHaveProperty('by');
    expect(exempted?.exemption).toMatchObject({ owner: 'web team' });
    expect(e).toMatchObject({ status: 'UNKNOWN' });
  });

  it.each([
    ['a PASS that nobody has read for days', { readAt: longAgo }, /when it was read last/],
    ['a PASS whose time is still to come', { readAt: '2027-11-30T02:00:00.000Z' }, /read last/],
    ['a PASS by other parameters', { settings: 'other' }, /other parameters/],
    ['what was gone and is back', { lastKnown: undefined }, /was gone/],
  ])('does not take %s for one', (_, over, reason) => {
    const { lastKnown, ...control } = turned('PASS');
    const record = recordOf([row('a', { ...control, lastKnown: 'PASS', ...over } as ControlRow)]);
    expect(record.controls['T.1']).toMatchObject({ passed: 0, unknown: 1 });
    expect(record.results[0]?.reason).toMatch(reason);
  });

  it('keeps a FAIL that nobody has read for days', () => {
    const record = recordOf([row('a', turned('FAIL', { readAt: longAgo, settings: 'other' }))]);
    expect(record.results).toMatchObject([{ status: 'FAIL', readAt: longAgo }]);
  });

  it('leaves out what is gone, what is turned off and what no region governs, and says the last', () => {
    const ref = { account, region: 'ap-south-1', id: 'far' };
    const rows = [
      row('gone', turned('FAIL'), { goneAt: lately }),
      row('far', turned('FAIL'), { ref }),
    ];
    const record = recordOf(rows);
    expect(record.results).toEqual([]);
    expect(record.controls).toEqual({});
    expect(record.gaps?.join(' ')).toMatch(/1 resource in regions that the baseline does not/);
    expect(record.gaps?.join(' ')).toMatch(/Of 2 controls nothing is known/);
    const off = recordOf([row('a', turned('FAIL'))], { controls: { 'H.1': enabled } });
    expect(off.results).toEqual([]);
  });

  it('makes a requirement no whole of what is no row, and says how many there are', () => {
    const keyed = (type: string) => unreadableRow(`${account}#us-east-1#${type}#b`);
    const rows = [row('a', turned('PASS')), keyed(resource.type), keyed('Plumbline::None')];
    const record = recordOf(rows);
    expect(record.controls['T.1']).toMatchObject({ passed: 1, unknown: 0 });
    expect(record.gaps?.join(' ')).toContain(
      'Nobody knows how 2 resources stand: what is kept of 2 resources is no row of the table of verdicts. The next sweep reads them anew. No figure counts them: Plumbline::Lamp 1, Plumbline::None 1.',
    );
    expect(record.notLookedAt).toEqual([
      {
        why: 'what is kept of 2 resources is no row of the table of verdicts',
        controls: ['T.1'],
      },
    ]);
  });

  it('is one record for each account', () => {
    const other = { account: '210987654321', region: 'us-east-1', id: 'b' };
    const rows = [row('a', turned('PASS')), row('b', turned('FAIL'), { ref: other })];
    const records = recordsOf(rows, { accounts: [other.account] });
    expect(records.map((one) => [one.account, one.counts.failed])).toEqual([
      [account, 0],
      ['210987654321', 1],
    ]);
  });

  describe('of another account', () => {
    const away = '210987654321';
    const plan = { text: 'light it', hash: 'h', isCalls: true };
    const failing = (id: string, of: string) =>
      row(id, turned('FAIL', { plan }), { ref: { account: of, region: 'us-east-1', id } });
    const commandsFor = (over: Partial<Baseline>) => {
      const { first } = reportOf({
        plumbline: '0.1.0',
        sources: recordsOf([failing('a', account), failing('b', away)], over).map((scan) => ({
          scan,
          sha256: 'a'.repeat(64),
        })),
        frameworks: [frameworkOf([requirement('1.1', ['T.1'])])],
        attestations: [],
        about: () => ({ title: '', severity: 'HIGH', advice: '', url: '' }),
        isPlanned: () => true,
      });
      return Object.fromEntries(first.map((one) => [one.id, one.command]));
    };
    const fixHere = 'npx --no-install plumbline fix arn:aws:resource:::a T.1';
    it('is shown how it is put right there, where nothing may be changed', () => {
      expect(commandsFor({ accounts: [away] })).toEqual({
        a: fixHere,
        b: `npx --no-install plumbline plan --resource arn:aws:resource:::b --control T.1 --region us-east-1 --account ${away}`,
      });
    });
    it('is put right from here, where the baseline says so', () => {
      expect(commandsFor({ accounts: [away], remediatedAccounts: [away] })).toEqual({
        a: fixHere,
        b: 'npx --no-install plumbline fix arn:aws:resource:::b T.1',
      });
    });
  });

  describe('of hosts', () => {
    const rows = [host('i-1', 'FAIL', 'ubuntu 24.04'), host('i-2', 'PASS', 'debian 12')];
    const reportFor = (system: string | undefined, all = rows) =>
      reportOf({
        plumbline: '0.1.0',
        sources: [{ scan: recordOf(all), sha256: 'a'.repeat(64) }],
        frameworks: [{ ...frameworkOf([requirement('1.1', ['H.1'])]), ...(system && { system }) }],
        attestations: [],
        about: () => ({ title: '', severity: 'HIGH', advice: '', url: '' }),
      });
    it.each([
      ['debian 12', 'MET', 0],
      ['ubuntu 24.04', 'FAILED', 1],
      ['ubuntu 22.04', 'NOT_ASSESSED', 0],
      [undefined, 'FAILED', 1],
    ])('a benchmark of %s stands as its own hosts do', (system, status, failures) => {
      const report = reportFor(system);
      expect(report.frameworks[0]?.requirements[0]?.status).toBe(status);
      expect(report.failures).toHaveLength(failures);
    });
    it('says of how many nobody knows what they run', () => {
      expect(reportFor('debian 12', [...rows, host('i-3', 'FAIL')]).gaps.join(' ')).toMatch(
        /1 host did not say what it runs/,
      );
    });
  });
});

describe('an account that the baseline names no more', () => {
  const left = '444455556666';
  const kept = '777788889999';
  const of = (id: string, owner: string) =>
    row(id, turned('FAIL'), { ref: { account: owner, region: 'us-east-1', id } });

  it('has no record and fails nothing, and is said', () => {
    const rows = [of('own', account), of('there', kept), of('a', left), of('b', left)];
    const records = recordsOf(rows, { accounts: [kept] });
    expect(records.map((one) => one.account)).toEqual([account, kept]);
    expect(JSON.stringify(records.map(({ results }) => results))).not.toContain(left);
    const gaps = records.map((one) => (one.gaps ?? []).filter((gap) => gap.includes(left)));
    expect(gaps).toEqual([
      [
        '2 resources of account 444455556666, which the baseline does not govern: nobody looks at them, and no figure counts them.',
      ],
      [],
    ]);
  });
});

describe('what an installation knows of some accounts and regions', () => {
  const [other, dark] = ['222222222222', '333333333333'];
  const governed = { accounts: [other, dark] };
  const at_ = (id: string, where: string, region: string) =>
    row(id, turned('FAIL'), { ref: { account: where, region, id } });
  const rows = [
    at_('east', account, 'us-east-1'),
    at_('west', account, 'eu-west-1'),
    at_('theirs', other, 'eu-west-1'),
    row('fine', turned('PASS'), { ref: { account, region: 'eu-west-1', id: 'fine' } }),
    host('i-1', 'FAIL', 'debian 12'),
  ];
  const told = (over: Partial<Scope>) =>
    recordsOf(rows, governed, { ...everything, ...over }).map((record) => [
      record.account,
      record.regions,
      record.results.map(({ id }) => id),
      record.notLookedAt?.map((one) => one.account),
    ]);
  it.each([
    [
      {},
      [
        [account, ['us-east-1', 'eu-west-1'], ['i-1', 'west', 'east'], [dark]],
        [other, ['us-east-1', 'eu-west-1'], ['theirs'], undefined],
      ],
    ],
    [{ accounts: [other] }, [[other, ['us-east-1', 'eu-west-1'], ['theirs'], undefined]]],
    [{ accounts: [other, dark] }, [[other, ['us-east-1', 'eu-west-1'], ['theirs'], [dark]]]],
    [
      { accounts: [account], regions: ['eu-west-1'] },
      [[account, ['eu-west-1'], ['west'], undefined]],
    ],
    [{ accounts: [dark] }, []],
  ])('%j', (scope, records) => {
    expect(told(scope)).toEqual(records);
  });

  it('is the same whether it is asked for, or left of what was saved', () => {
    const regions = ['eu-west-1'];
    const [asked] = recordsOf(rows, {}, { ...everything, regions });
    const left = inRegions(recordOf(rows), regions, 'kept.json');
    for (const key of ['regions', 'resources', 'counts', 'controls', 'results'] as const)
      expect(left?.[key]).toEqual(asked?.[key]);
  });
});

describe('of resources with a tag, what an installation knows', () => {
  const tagged = (
    id: string,
    values: Readonly<Record<string, string | null>>,
    of = 'PASS' as Known,
  ) => row(id, turned(of), { reportTags: { since: longAgo, values } });
  const asked = (...tags: Scope['tags']): Scope => ({ ...everything, tags });
  const team = { key: 'team', value: 'web' };
  const only = (rows: readonly ResourceRow[], scope = asked(team)) => {
    const [record] = recordsOf(rows, {}, scope);
    if (!record) throw new Error('there is no record');
    return record;
  };
  const statusOf = (record: ReturnType<typeof only>) => {
    const { frameworks, notLookedAt } = reportOf({
      plumbline: '0.1.0',
      sources: [{ scan: record, sha256: 'sum' }],
      frameworks: [frameworkOf([requirement('1', ['T.1'])])],
      attestations: [],
      about: (id) => ({ title: id, severity: 'HIGH', advice: '', url: '' }),
    });
    const [first] = frameworks[0]?.requirements ?? [];
    return { status: first?.status, isPart: first?.isPart, isUnseen: notLookedAt !== undefined };
  };

  it('is what passes and what fails with it, and nothing of others', () => {
    const record = only([
      tagged('mine', { team: 'web' }),
      tagged('mine-dark', { team: 'web' }, 'FAIL'),
      tagged('other', { team: 'data' }, 'FAIL'),
      tagged('none', { team: null }, 'FAIL'),
    ]);
    expect(record).toMatchObject({
      resources: 2,
      isNarrowed: true,
      counts: { passed: 1, failed: 1 },
    });
    expect(record.results.map(({ id }) => id)).toEqual(['mine-dark']);
    expect(record.notLookedAt).toBeUndefined();
  });

  it('is of any value where a key alone is asked for', () => {
    const rows = [
      tagged('a', { team: '' }),
      tagged('b', { team: null }),
      tagged('c', { team: 'x' }),
    ];
    expect(only(rows, asked({ key: 'team' })).counts).toMatchObject({ passed: 2 });
  });

  it('needs every tag that is asked for', () => {
    const both = asked(team, { key: 'env', value: 'prod' });
    const record = only(
      [tagged('a', { team: 'web', env: 'prod' }), tagged('b', { team: 'web', env: null })],
      both,
    );
    expect(record).toMatchObject({ resources: 1 });
    // Whoever is of another team is left out, though nobody knows the rest.
    expect(only([tagged('a', { team: 'data' })], both).notLookedAt).toBeUndefined();
  });

  const unknownOnes = {
    'a row of an earlier release': row('old', turned('PASS')),
    'a row whose tags of findings say it': row('old', turned('PASS'), { tags: { team: 'web' } }),
    'tags that may not be read': tagged('denied', {}),
    'a key that was not kept when it was read': tagged('later', { env: 'prod' }),
    'a row that nobody has read for days': { ...tagged('stale', { team: 'web' }), readAt: longAgo },
    'a row that another tag was read of, days ago': {
      ...tagged('stale', { team: 'data' }),
      readAt: longAgo,
    },
  };
  for (const [what, one] of Object.entries(unknownOnes))
    it(`neither counts nor leaves out in silence ${what}`, () => {
      const record = only([one, tagged('mine', { team: 'web' })]);
      expect(record).toMatchObject({ resources: 1, counts: { passed: 1, failed: 0, unknown: 0 } });
      expect(record.gaps?.join(' ')).toContain(
        'Nobody knows whether 1 resource has the tag team=web: their tags were not read, or could not be. No figure counts them: Plumbline::Lamp 1.',
      );
      expect(record.notLookedAt).toEqual([
        { why: 'nobody knows whether 1 resource has the tag team=web', controls: ['T.1'] },
      ]);
      expect(statusOf(record)).toEqual({ status: 'MET', isPart: true, isUnseen: true });
    });

  it('is in whole of controls that are evaluated on nothing of that', () => {
    const record = only([
      { ...host('i-1', 'PASS', 'debian 12'), readAt: lately },
      tagged('mine', { team: 'web' }),
    ]);
    expect(record.notLookedAt).toMatchObject([{ controls: ['H.1'] }]);
    expect(statusOf(record)).toEqual({ status: 'MET', isPart: false, isUnseen: false });
  });

  it('is not told as met where nothing is known at all', () => {
    const record = only([row('old', turned('PASS'))]);
    expect(statusOf(record)).toMatchObject({ status: 'NOT_ASSESSED', isUnseen: true });
  });
});
