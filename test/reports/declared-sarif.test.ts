import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { everyControl } from '../../lib/controls/every.ts';
import type { CheckResult, Located } from '../../lib/reports/declared/declared-result.ts';
import { declaredSarif } from '../../lib/reports/declared/declared-sarif.ts';
import { longTest } from '../extent.ts';

// The schema as it is published; what its draft says of itself, which Ajv does not have, is left out.
const {
  $schema: _,
  id: _id,
  ...schema
} = JSON.parse(
  readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8'),
);
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(
  schema,
);

const controls = everyControl.filter(({ severity }) => severity !== undefined);
const one = (n: number, more: Partial<Located> = {}): Located => {
  const control = controls[n % controls.length];
  if (!control) throw new Error('no control');
  return {
    control,
    verdict: {
      status: 'FAIL',
      reason: `it is open, the ${n}th`,
      evidence: [{ path: `rules[${n}]`, actual: 1, expected: 2 }],
    },
    file: `stacks/${n % 7}.yaml`,
    lines: undefined,
    range: { line: 1, column: 1, endLine: 1, endColumn: 10 },
    name: `Name${n}`,
    resourceType: 'AWS::S3::Bucket',
    region: 'eu-central-1',
    id: `name-${n}`,
    arn: `arn:aws:s3:::name-${n}`,
    priority: { level: 'standard', why: '' },
    when: [],
    softDefaults: [],
    byDefault: [],
    notes: [],
    ...more,
  };
};
const resultOf = (located: readonly Located[], more: Partial<CheckResult> = {}): CheckResult => ({
  located,
  problems: [],
  warnings: [],
  files: 1,
  resources: 1,
  unanswered: 0,
  ...more,
});
const many = (count: number) => Array.from({ length: count }, (_, n) => one(n));
const runIn = (result: CheckResult) => {
  const text = declaredSarif(result, '1.2.3');
  const log = JSON.parse(text);
  expect([validate(log), validate.errors]).toEqual([true, null]);
  return { text, run: log.runs[0], log };
};

describe('SARIF', () => {
  it.each([
    ['nothing', resultOf([])],
    ['failures', resultOf(many(3))],
    [
      'what is unknown, exempted, said on several lines, or could not be read',
      resultOf(
        [
          one(1, { verdict: { status: 'UNKNOWN', reason: 'it depends on\na parameter' } }),
          one(2, {
            exemption: {
              control: 'S3.8',
              resource: '*',
              owner: 'web',
              reason: 'public',
              expires: '2030-01-01T00:00:00Z',
            },
          }),
          one(3, { file: 'a b/ü#?%.yaml' }),
        ],
        {
          problems: [{ file: 'x', message: 'x: no' }],
          warnings: [{ file: 'y', message: 'y: no' }],
        },
      ),
    ],
  ])('of %s is as the schema says', (_, result) => {
    const { log, run } = runIn(result);
    expect(log.version).toBe('2.1.0');
    expect(run.results).toHaveLength(result.located.length);
  });

  // https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
  longTest('keeps the limits of GitHub where there is more, and says what it left out', () => {
    const { text, run, log } = runIn(resultOf(many(26_000)));
    expect(log.runs.length).toBeLessThanOrEqual(20);
    expect(run.results).toHaveLength(25_000);
    expect(run.tool.driver.rules.length).toBeLessThanOrEqual(25_000);
    for (const { properties } of run.tool.driver.rules)
      expect(properties.tags.length).toBeLessThanOrEqual(10);
    for (const { locations } of run.results) expect(locations).toHaveLength(1);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      { level: 'error', message: { text: '1000 results left out' } },
    ]);
  });
  longTest('leaves out the least grave first', () => {
    const severities = (result: CheckResult): readonly string[] => {
      const { run } = runIn(result);
      return run.results.map(
        ({ ruleIndex }: { ruleIndex: number }) =>
          run.tool.driver.rules[ruleIndex].properties['security-severity'],
      );
    };
    const all = severities(resultOf(many(26_000)));
    expect(all.toSorted((a, b) => Number(b) - Number(a))).toEqual(all);
  });
  it('has a fingerprint that stays when lines move, and tells resources and evidence apart', () => {
    const prints = (all: readonly Located[]): readonly string[] =>
      runIn(resultOf(all)).run.results.map(
        ({ partialFingerprints }: { partialFingerprints: Record<string, string> }) =>
          partialFingerprints['plumbline/v1'],
      );
    const range = { line: 90, column: 3, endLine: 91, endColumn: 4 };
    expect(prints([one(1)])).toEqual(prints([one(1, { range })]));
    expect(new Set(prints(many(500))).size).toBe(500);
  });
  it('says how grave each rule is as GitHub reads it, and how grave results are', () => {
    const { run } = runIn(resultOf(controls.map((_, n) => one(n))));
    for (const { properties, defaultConfiguration } of run.tool.driver.rules) {
      const number = Number(properties['security-severity']);
      expect(number).toBeGreaterThan(0);
      expect(number).toBeLessThanOrEqual(10);
      // Above 9 critical, from 7 high, from 4 medium.
      expect(defaultConfiguration.level).toBe(
        number >= 7 ? 'error' : number >= 4 ? 'warning' : 'note',
      );
    }
    for (const { level, ruleIndex, ruleId } of run.results) {
      const rule = run.tool.driver.rules[ruleIndex];
      expect([level, ruleId]).toEqual([rule.defaultConfiguration.level, rule.id]);
      expect(URL.canParse(rule.helpUri)).toBe(true);
    }
  });
  it('names files by paths of the repository, and others by where they are', () => {
    const locationOf = (more: Partial<Located>) =>
      runIn(resultOf([one(1, more)])).run.results[0].locations[0].physicalLocation;
    expect(locationOf({ file: './a b/ü.yaml' }).artifactLocation).toEqual({
      uri: 'a%20b/%C3%BC.yaml',
      uriBaseId: '%SRCROOT%',
    });
    expect(locationOf({ file: '/elsewhere/a.yaml' }).artifactLocation).toEqual({
      uri: 'file:///elsewhere/a.yaml',
    });
    const madeAt = { file: 'lib/shop.ts', line: 7, column: 5 };
    expect(locationOf({ file: 'cdk.out/a.json', madeAt })).toMatchObject({
      artifactLocation: { uri: 'lib/shop.ts' },
      region: { startLine: 7, startColumn: 5 },
    });
  });
});
