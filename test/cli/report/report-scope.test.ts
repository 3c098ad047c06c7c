import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsIn, allAsked, checkKept } from '../../../lib/cli/commands/report/report-scope.ts';
import { tagsNamed } from '../../../lib/cli/tags.ts';
import { type Baseline, parseBaseline } from '../../../lib/engine/baseline/baseline.ts';
import type { AccountKnown, Roster } from '../../../lib/engine/baseline/organization.ts';
import { counted, result, scanOf } from '../../reports/compliance/sample.ts';
import { inProcess } from '../run.ts';

const [hub, other] = ['123456789012', '222222222222'];
const west = result({ region: 'eu-west-1', id: 'west', arn: 'arn:aws:s3:::west' });
const ofTwoRegions = scanOf(
  [result(), west],
  { 'S3.8': 5 },
  {
    regions: ['us-east-1', 'eu-west-1'],
    byRegion: {
      'us-east-1': { resources: 3, controls: { 'S3.8': counted({ passed: 2, failed: 1 }) } },
      'eu-west-1': { resources: 4, controls: { 'S3.8': counted({ passed: 3, failed: 1 }) } },
    },
  },
);

describe('a report of an installation, of what has a tag', () => {
  const tags = tagsNamed(['env=prod']);

  it('is made where it keeps that tag', () => {
    expect(() =>
      checkKept(tags, { reportTags: ['team', 'env'] }, 'Plumbline', '--stack'),
    ).not.toThrow();
    expect(() => checkKept([], {}, 'Plumbline', '--stack')).not.toThrow();
  });

  it.each([
    [[], 'keeps no tags'],
    [['team', 'Env'], 'keeps the tags team, Env alone'],
  ])('is refused where it keeps %j', (reportTags, keeps) => {
    expect(() => checkKept(tags, { reportTags }, 'Plumbline', '--stack')).toThrow(
      `--tag is env=prod, and Plumbline ${keeps}: name env under reportTags in the baseline and deploy it, or leave --stack out, and the account is scanned now`,
    );
  });
});

describe('a report of some of what was saved', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-scope-'));
    const dark = {
      ...scanOf([], { 'S3.8': 1 }),
      notLookedAt: [{ region: 'eu-west-1', why: 'denied' }],
    };
    for (const [name, scan] of Object.entries({
      own: ofTwoRegions,
      other: scanOf([result({ id: 'theirs' })], { 'S3.8': 1 }, { account: other }),
      before: scanOf([result({ id: 'theirs' })], { 'S3.8': 1 }, { account: other }),
      old: { ...ofTwoRegions, byRegion: undefined },
      dark,
    }))
      await writeFile(at(`${name}.json`), JSON.stringify(scan));
    const file = 'test/templates/examples/shop.yaml';
    await inProcess(['check', file, '--json', '--out', at('check.json')]);
  });
  afterAll(() => rm(folder, { recursive: true }));
  const report = (...args: readonly string[]) =>
    inProcess(['report', '--standard', 'fsbp-1.0.0', ...args]);
  const scan = (...names: readonly string[]) =>
    names.flatMap((one) => ['--scan', at(`${one}.json`)]);
  const made = async (...args: readonly string[]) => {
    const out = at('report.json');
    const { code, stderr } = await report(...args, '--format', 'json', '--out', out);
    expect(stderr).toBe('');
    return { code, ...JSON.parse(await readFile(out, 'utf8')) };
  };
  const failing = ({ failures }: { failures: { account: string; id: string }[] }) =>
    failures.map(({ account, id }) => [account, id]);

  it('has the files of the accounts that are named', async () => {
    const of = await made(...scan('own', 'other'), '--account', other);
    expect(failing(of)).toEqual([[other, 'theirs']]);
    expect(of.scans).toHaveLength(1);
    expect(of.gaps).toContain(`Asked for, and nothing else told of: account ${other}.`);
    const all = await made(...scan('own', 'other'), '--account', 'all');
    expect(all.scans).toHaveLength(2);
  });

  it('has the regions that are named, with what passes there', async () => {
    const of = await made(...scan('own'), '--region', 'eu-west-1');
    expect(failing(of)).toEqual([[hub, 'west']]);
    expect(of.frameworks[0].summary.verdicts).toEqual({ passed: 3, of: 4 });
    expect(of.scans).toMatchObject([{ regions: ['eu-west-1'], resources: 4 }]);
  });

  it('is compared with as much of what was before', async () => {
    const of = await made(
      ...scan('own', 'other'),
      '--account',
      other,
      '--compare',
      at('before.json'),
    );
    expect(of.changes).toMatchObject({ worse: [], better: [], same: 1 });
    const ran = await report(...scan('own'), '--account', hub, '--compare', at('before.json'));
    expect([ran.code, ran.stderr]).toEqual([
      2,
      'nothing that --compare names is of what is asked for\n',
    ]);
  });

  it('ends with 2 where a region was to be looked at and was not', async () => {
    const of = await made(...scan('dark'));
    expect([of.code, failing(of)]).toEqual([2, []]);
    const post = await inProcess(['checklist', 'post', ...scan('dark'), '--format', 'json']);
    const { items } = JSON.parse(post.stdout);
    expect(items.find(({ id }: { id: string }) => id === 'network.3')).toMatchObject({
      outcome: 'cannot tell',
    });
    // Where only another region is asked for, that one was looked at.
    expect((await made(...scan('dark'), '--region', 'us-east-1')).code).toBe(0);
  });

  it('of a checklist takes --region as well', async () => {
    const args = ['--region', 'eu-west-1', '--format', 'json'];
    const { stdout } = await inProcess(['checklist', 'post', ...scan('own'), ...args]);
    expect(stdout).toContain('arn:aws:s3:::west');
    expect(stdout).not.toContain('arn:aws:s3:::invoices');
  });

  const unit = ['--organizational-unit', 'ou-ab12-11111111'];
  it.each<readonly [string, () => readonly string[], string | RegExp]>([
    [
      'an account of no file',
      () => [...scan('own'), '--account', other],
      `no file is of account ${other}; they are of ${hub}`,
    ],
    [
      'a region of no file',
      () => [...scan('own'), '--region', 'ap-south-1'],
      'no file is of region ap-south-1; they are of us-east-1, eu-west-1',
    ],
    [
      'a file that does not count by region',
      () => [...scan('old'), '--region', 'eu-west-1'],
      /old\.json does not count by region: leave --region out, or save it again with this release$/,
    ],
    [
      'a tag of a saved scan',
      () => [...scan('own'), '--tag', 'env=prod'],
      /own\.json does not count by tags: leave --tag out, or save it again with env under reportTags in the baseline$/,
    ],
    [
      'a unit of a saved scan',
      () => [...scan('own'), ...unit],
      /^--organizational-unit does not go with --scan: a saved scan does not say in which unit its account is/,
    ],
    [
      'an account of files',
      () => [...scan('check'), '--account', hub],
      '--account does not go with what files declare: a file does not say in which account it will be deployed',
    ],
    [
      'a region of files',
      () => [...scan('check'), '--region', 'us-east-1'],
      '--region does not go with what files declare: a file does not say in which region it will be deployed',
    ],
    [
      'a tag of files that were not counted by it',
      () => [...scan('check'), '--tag', 'env'],
      /check\.json does not count by tags: leave --tag out, or save it again with env under reportTags in the baseline$/,
    ],
    [
      'a unit of files',
      () => [...scan('check'), ...unit],
      /^--organizational-unit does not go with --scan/,
    ],
    [
      'a role of a saved scan',
      () => [...scan('own'), '--account', hub, '--role', 'Audit'],
      '--role is of a scan that is made now, and does not go with --scan',
    ],
    [
      'the organization of an installation',
      () => ['--stack', 'Plumbline', '--organization', '--role', 'Audit'],
      '--organization is of a scan that is made now, and does not go with --stack',
    ],
    [
      'a tag and a comparison',
      () => ['--tag', 'env', '--compare', at('own.json')],
      /own\.json does not count by tags: leave --tag out/,
    ],
    [
      'an account that is none',
      () => ['--stack', 'Plumbline', '--account', '1'],
      '--account is 1; allowed: the 12 digits of an account, or all',
    ],
    [
      'a unit that is none',
      () => ['--stack', 'Plumbline', '--organizational-unit', 'team'],
      '--organizational-unit is team; give ids such as ou-ab12-11111111',
    ],
    [
      'an empty region',
      () => [...scan('own'), '--region', ''],
      '--region is empty; give one such as us-east-1',
    ],
    ['a tag without a key', () => ['--tag', '=b'], '--tag is =b; give a key, or key=value'],
  ])('refuses %s with a sentence', async (_, args, sentence) => {
    const { code, stdout, stderr } = await report(...args());
    expect([code, stdout]).toEqual([2, '']);
    if (typeof sentence === 'string') expect(stderr.trimEnd()).toBe(sentence);
    else expect(stderr.trimEnd()).toMatch(sentence);
  });
});

const [root, team, web] = ['r-ab12', 'ou-ab12-11111111', 'ou-ab12-22222222'];
const account = (id: string, path: readonly string[], state = 'ACTIVE'): AccountKnown => ({
  id,
  name: id,
  path,
  state,
  seenAt: '2026-11-01T00:00:00.000Z',
});
const roster: Roster = {
  organization: 'o-abcdefghij',
  listedAt: '2026-11-30T00:00:00.000Z',
  accounts: [
    account('111111111111', [root]),
    account('222222222222', [root, team]),
    account('333333333333', [root, team, web]),
    account('444444444444', [root, team, web], 'SUSPENDED'),
  ],
};
const baseline: Baseline = {
  ...parseBaseline('{}', 'plumbline.yaml', []),
  accounts: ['111111111111', '333333333333'],
  organization: { id: roster.organization, exclude: ['222222222222'], overrides: [] },
};
const installed = { account: '111111111111', baseline, roster };

describe('the accounts of an installation that are asked for', () => {
  const asked = (over: Partial<typeof allAsked>) => ({ ...allAsked, ...over });
  it.each([
    [{}, []],
    [{ units: [web] }, ['333333333333']],
    // One that is not governed is asked for as well: nothing is known of it, and that is said.
    [{ units: [team] }, ['333333333333', '222222222222']],
    [{ units: [root] }, ['111111111111', '333333333333', '222222222222']],
    [{ accounts: ['333333333333'] }, ['333333333333']],
    [{ accounts: ['111111111111', '333333333333'], units: [web] }, ['333333333333']],
  ])('%j: %j', (over, ids) => {
    expect(accountsIn(asked(over), installed)).toEqual(ids);
  });

  it.each([
    [{ accounts: ['999999999999'] }, installed, /^Plumbline does not govern account 999999999999/],
    [
      { units: [web] },
      { ...installed, roster: undefined },
      /^Plumbline knows no organizational units/,
    ],
    [{ units: ['ou-ab12-99999999'] }, installed, /^no account is in the unit ou-ab12-99999999/],
    [{ accounts: ['111111111111'], units: [web] }, installed, /^no active account that is named/],
  ])('%j is refused with a sentence', (over, known, sentence) => {
    expect(() => accountsIn(asked(over), known)).toThrow(sentence);
  });
});
