import { controlStanding } from '../../../lib/reports/compliance/control-standing.ts';
import { noCounts } from '../../../lib/reports/compliance/counts.ts';
import type { Recorded } from '../../../lib/reports/compliance/record.ts';
import { reportOf } from '../../../lib/reports/compliance/report.ts';
import { hasTags, inRegions, scopeText } from '../../../lib/reports/compliance/scope.ts';
import { counted, frameworkOf, requirement, result, scanOf } from './sample.ts';

const east = result();
const west = result({ region: 'eu-west-1', id: 'west', arn: 'arn:aws:s3:::west' });
const user = result({ control: 'IAM.5', resourceType: 'AWS::IAM::User', id: 'ann', arn: 'ann' });
const controls = {
  'S3.8': counted({ passed: 5, failed: 2 }),
  'IAM.5': { ...counted({ passed: 1, failed: 1 }), isGlobal: true },
  'S3.5': counted(),
};
const byRegion = {
  'us-east-1': { resources: 4, controls: { 'S3.8': counted({ passed: 2, failed: 1 }) } },
  'eu-west-1': { resources: 5, controls: { 'S3.8': counted({ passed: 3, failed: 1 }) } },
};
const both = scanOf(
  [east, west, user],
  {},
  { regions: ['us-east-1', 'eu-west-1'], controls, byRegion },
);
const { byRegion: _, ...uncounted } = both;

describe('a saved scan, of some of its regions', () => {
  it('has the counts and results of these, and of what is in no one region', () => {
    const left = inRegions(both, ['eu-west-1'], 'scan.json');
    expect(left).toMatchObject({ regions: ['eu-west-1'], resources: 5 });
    expect(left?.controls).toEqual({
      'S3.8': counted({ passed: 3, failed: 1 }),
      'IAM.5': controls['IAM.5'],
      'S3.5': counted(),
    });
    expect(left?.counts).toEqual({ ...noCounts, passed: 4, failed: 2 });
    expect(left?.results.map(({ id }) => id)).toEqual(['west', 'ann']);
  });

  it.each([[[]], [['us-east-1', 'eu-west-1']], [['us-east-1', 'eu-west-1', 'ap-south-1']]])(
    'is whole where %j are asked for',
    (regions) => {
      expect(inRegions(both, regions, 'scan.json')).toEqual(both);
    },
  );

  it('is none where it looked at none of them', () => {
    expect(inRegions(both, ['ap-south-1'], 'scan.json')).toBeUndefined();
  });

  it.each([
    ['none', uncounted],
    ['one that is asked for', { ...both, byRegion: { 'us-east-1': byRegion['us-east-1'] } }],
    [
      'one that is asked for, but its resources',
      { ...both, byRegion: { 'eu-west-1': { resources: 5 } } },
    ],
  ])('is refused where it does not count %s', (_what, scan) => {
    expect(() => inRegions(scan, ['eu-west-1'], 'scan.json')).toThrow(
      /^scan\.json does not count by region: leave --region out, or save it again/,
    );
  });

  it('of an installation has no control that no row tells of there: nobody knows of it', () => {
    const known = { ...both, source: 'posture' as const };
    const left = inRegions(known, ['eu-west-1'], 'kept.json');
    expect(Object.keys(left?.controls ?? {})).toEqual(['S3.8', 'IAM.5']);
  });

  it('has what its hosts said there alone, by what they run', () => {
    const systems = { 'debian 12': { 'PL.SSH.1': counted({ passed: 2, failed: 1 }) } };
    const there = {
      resources: 1,
      controls: {},
      systems: { 'debian 12': { 'PL.SSH.1': counted({ passed: 1 }) } },
    };
    const scan = { ...both, systems, byRegion: { ...byRegion, 'eu-west-1': there } };
    expect(inRegions(scan, ['eu-west-1'], 'kept.json')?.systems).toEqual({
      'debian 12': { 'PL.SSH.1': counted({ passed: 1 }) },
    });
  });
});

describe('tags that are asked for', () => {
  it.each([
    [{ env: 'prod' }, [{ key: 'env' }], true],
    [{ env: 'prod' }, [{ key: 'env', value: 'prod' }], true],
    [{ env: '' }, [{ key: 'env', value: '' }], true],
    [{ env: 'test' }, [{ key: 'env', value: 'prod' }], false],
    [{ env: 'prod' }, [{ key: 'env' }, { key: 'team' }], false],
    [{}, [{ key: 'constructor' }], false],
    [{}, [], true],
  ])('%j has %j: %s', (tags, wanted, has) => {
    expect(hasTags(tags, wanted)).toBe(has);
  });
});

describe('what is asked for', () => {
  const all = { accounts: [], regions: [], tags: [] };
  it.each([
    [all, [], undefined],
    [{ ...all, accounts: ['1', '2'] }, [], 'Asked for, and nothing else told of: account 1, 2.'],
    [
      { accounts: ['1'], regions: ['eu-west-1'], tags: [{ key: 'env', value: 'prod' }] },
      ['ou-ab12-11111111'],
      'Asked for, and nothing else told of: accounts in ou-ab12-11111111 and in the units below; account 1; eu-west-1 and what is in no one region; resources with the tag env=prod.',
    ],
  ])('is said: %#', (scope, units, text) => {
    expect(scopeText(scope, units)).toBe(text);
  });

  it('stands in the report, beside what was looked at', () => {
    const { gaps } = reportOf({
      plumbline: '0.1.0',
      sources: [{ scan: both, sha256: 'a' }],
      scope: 'Asked for: little.',
      frameworks: [],
      attestations: [],
      about: () => ({ title: '', severity: '', advice: '', url: '' }),
    });
    expect(gaps.slice(0, 2)).toEqual([
      'Looked at: 123456789012: us-east-1, eu-west-1. No other account and no other region.',
      'Asked for: little.',
    ]);
  });
});

describe('what was to be looked at and was not', () => {
  const regional = scanOf([], { 'S3.8': 3 });
  const global = { 'IAM.5': { ...counted({ passed: 2 }), isGlobal: true } };
  const scan = {
    ...regional,
    controls: { ...regional.controls, ...global },
    notLookedAt: [{ region: 'eu-west-1', why: 'it refuses whatever is asked there' }],
  };
  const notIn = (id: string, one: Recorded = scan) => controlStanding(id, [one]).notIn;

  it('leaves a regional control in part, and not one of what is in no one region', () => {
    expect([notIn('S3.8'), notIn('IAM.5')]).toEqual([['123456789012'], []]);
  });

  it('leaves every control in part where it is an account', () => {
    const dark = { ...scan, notLookedAt: [{ account: '222222222222', why: 'shut' }] };
    expect([notIn('S3.8', dark), notIn('IAM.5', dark)]).toEqual([
      ['222222222222'],
      ['222222222222'],
    ]);
  });

  it('is nothing where nothing can be', () => {
    const off = { region: 'eu-west-1', why: 'it is not enabled in this account', isOff: true };
    expect(notIn('S3.8', { ...scan, notLookedAt: [off] })).toEqual([]);
  });

  it('is in the report, and no requirement is met in whole', () => {
    const made = reportOf({
      plumbline: '0.1.0',
      sources: [{ scan, sha256: 'a' }],
      frameworks: [frameworkOf([requirement('1.1', ['S3.8']), requirement('1.2', ['IAM.5'])])],
      attestations: [],
      about: () => ({ title: '', severity: '', advice: '', url: '' }),
    });
    expect(made.notLookedAt).toEqual([
      { account: '123456789012', region: 'eu-west-1', why: 'it refuses whatever is asked there' },
    ]);
    expect(made.frameworks[0]?.requirements.map(({ status, isPart }) => [status, isPart])).toEqual([
      ['MET', true],
      ['MET', false],
    ]);
  });
});
