import type { Recorded } from '../../../lib/reports/compliance/record.ts';
import { reportOf } from '../../../lib/reports/compliance/report.ts';
import { reportCsv, reportOcsf } from '../formats/rendered.ts';
import { frameworkOf, requirement, result, scanOf } from './sample.ts';

const key = result({ control: 'IAM.4', resourceType: 'AWS::::Account', id: 'root', arn: 'root' });
const group = (region: string) =>
  result({ control: 'EC2.19', region, resourceType: 'AWS::EC2::SecurityGroup', id: region });
const scan = (
  region: string,
  at: string,
  over: Partial<Recorded> = {},
  root: readonly (typeof key)[] = [key],
): Recorded => {
  const made = scanOf([...root, group(region)], { 'IAM.4': 0 }, { at, regions: [region], ...over });
  const controls = Object.entries(made.controls).map(([id, counts]) => [
    id,
    { ...counts, ...(id === 'IAM.4' ? { isGlobal: true } : {}) },
  ]);
  return { ...made, controls: Object.fromEntries(controls) };
};
const reportFrom = (scans: readonly Recorded[]) =>
  reportOf({
    plumbline: '0.1.0',
    sources: scans.map((each) => ({ scan: each, sha256: '' })),
    frameworks: [frameworkOf([requirement('1', ['IAM.4']), requirement('2', ['EC2.19'])])],
    attestations: [],
    about: () => ({ title: '', severity: '', advice: '', url: '' }),
  });
const [first, second] = ['2026-11-29T08:00:00.000Z', '2026-11-30T08:00:00.000Z'];
const placesIn = ({ failures }: ReturnType<typeof reportFrom>) =>
  failures.map(({ control, region, at }) => [control, region, at]).toSorted();
const failedOf = ({ frameworks }: ReturnType<typeof reportFrom>) =>
  frameworks[0]?.requirements.map(({ status, controls }) => [status, controls[0]?.failed]);

describe('two scans of one account', () => {
  const scans = [scan('us-east-1', second), scan('eu-west-1', first)];
  it.each([scans, scans.toReversed()])(
    'count what is global once, from the later one',
    (...all) => {
      const report = reportFrom(all);
      expect(placesIn(report)).toEqual([
        ['EC2.19', 'eu-west-1', first],
        ['EC2.19', 'us-east-1', second],
        ['IAM.4', 'us-east-1', second],
      ]);
      expect(failedOf(report)).toEqual([
        ['FAILED', 1],
        ['FAILED', 2],
      ]);
      expect(report.frameworks[0]?.requirements.some(({ isPart }) => isPart)).toBe(false);
      expect(report.gaps).toContain(
        `Account 123456789012 was scanned more than once: what is in no one region counts once, from the latest scan. Of the scan at ${first} it is left out, with 1 result.`,
      );
    },
  );
  it('give each result its own time', () => {
    const report = reportFrom(scans);
    const found: readonly {
      time: number;
      cloud: { region: string };
      finding_info: { uid: string };
    }[] = JSON.parse(reportOcsf(report));
    expect(
      found.filter(({ cloud }) => cloud.region === 'eu-west-1').map(({ time }) => time),
    ).toEqual([Date.parse(first)]);
    expect(new Set(found.map(({ finding_info }) => finding_info.uid)).size).toBe(found.length);
    const lines = reportCsv(report)
      .split('\r\n')
      .filter((line) => /(us-east|eu-west)-1/.test(line));
    expect(lines.map((line) => line.includes(first) === line.includes('eu-west-1'))).toEqual([
      true,
      true,
      true,
    ]);
  });
  it('say what the later one found, where it is met since', () => {
    const report = reportFrom([scan('us-east-1', first), scan('eu-west-1', second, {}, [])]);
    expect(failedOf(report)?.[0]).toEqual(['NO_RESOURCES', 0]);
  });
  it('keep what the later one left out by its options, and nothing twice', () => {
    const narrow = (root: readonly (typeof key)[]) =>
      reportFrom([scan('us-east-1', first), scan('eu-west-1', second, { isNarrowed: true }, root)]);
    expect(failedOf(narrow([]))?.[0]).toEqual(['FAILED', 1]);
    expect(failedOf(narrow([key]))?.[0]).toEqual(['FAILED', 1]);
  });
  it('of two accounts lose nothing', () => {
    const report = reportFrom([
      scan('us-east-1', first),
      scan('us-east-1', second, { account: '210987654321' }),
    ]);
    expect(failedOf(report)).toEqual([
      ['FAILED', 2],
      ['FAILED', 2],
    ]);
  });
  it('count a host of both once, also in the benchmark of its system', () => {
    const host = result({
      control: 'PL.SSH.1',
      resourceType: 'Plumbline::Host',
      id: 'i-1',
      arn: 'i-1',
      system: 'debian 12',
    });
    const known = (at: string, regions: readonly string[]): Recorded => {
      const made = scanOf([host], {}, { at, regions: [...regions], source: 'posture' });
      return { ...made, systems: { 'debian 12': made.controls } };
    };
    const { frameworks } = reportOf({
      plumbline: '0.1.0',
      sources: [
        known(first, ['us-east-1', 'eu-west-1']),
        known(second, ['us-east-1', 'eu-south-1']),
      ].map((each) => ({ scan: each, sha256: '' })),
      frameworks: [{ ...frameworkOf([requirement('1', ['PL.SSH.1'])]), system: 'debian 12' }],
      attestations: [],
      about: () => ({ title: '', severity: '', advice: '', url: '' }),
    });
    expect(frameworks[0]?.requirements[0]?.controls[0]).toMatchObject({ failed: 1 });
    expect(frameworks[0]?.summary.verdicts).toEqual({ passed: 0, of: 1 });
  });
});
