import type { RecordedResult } from '../../../lib/reports/compliance/record.ts';
import { type Report, reportOf } from '../../../lib/reports/compliance/report.ts';
import { durationsOf } from '../../../lib/reports/history/durations.ts';
import { exemption, frameworkOf, requirement, result, scanOf } from '../compliance/sample.ts';

/** What somebody who may name a resource, a tag or an exemption can write into a report. */
export const hostile = {
  html: '</td></table><script>alert(1)</script><img src=x onerror=alert(2)>\'"&',
  formula: '=HYPERLINK("https://evil.example","pay")',
  plus: '+1+cmd|"/c calc"!A1',
  at: '@SUM(A1:A9)',
  tab: '\t=1+1',
  ansi: '\u001b[2J\u001b]0;owned\u0007',
  bidi: 'user\u202Etxt.exe\u2066',
  zero: 'pay\u200Bpal\u0000\uFEFF',
  surrogate: 'half \uD83D',
  markdown: '](https://evil.example) ![x](https://evil.example/x) | @everyone `code` <b> #1',
  url: 'javascript:alert(1) https://evil.example www.evil.example',
  lines: 'one\r\ntwo\u2028three\n\n# four',
  long: 'x'.repeat(200_000),
} as const;

const everywhere = (text: string, index: number): RecordedResult =>
  result({
    id: text,
    arn: text,
    reason: text,
    region: text,
    resourceType: text,
    priority: text,
    priorityWhy: text,
    title: text,
    evidence: [{ path: text, actual: text, expected: { [text]: text } }],
    ...(index % 3 === 1
      ? { exemption: { ...exemption, owner: text, reason: text, expires: text } }
      : {}),
    ...(index % 3 === 2 ? { status: 'UNKNOWN' as const } : {}),
  });

const about = () => ({
  title: 'S3 general purpose buckets should block public access',
  severity: 'HIGH',
  advice: 'Turn all four settings of the public access block on.',
  url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8',
});
export const reportFrom = (
  results: readonly RecordedResult[],
  before: readonly RecordedResult[] = [],
): Report => {
  const source = (all: readonly RecordedResult[]) => ({
    scan: scanOf(all, { 'S3.8': 7 }),
    sha256: 'a'.repeat(64),
  });
  return reportOf({
    plumbline: '0.1.0',
    sources: [source(results)],
    frameworks: [
      frameworkOf([
        requirement('1.1', ['S3.8'], { level: '1' }),
        requirement('1.2', [], { kind: 'manual' }),
        requirement('1.3', [], { missing: ['ACM.1'] }),
      ]),
    ],
    attestations: [],
    earlier: [source(before)],
    about,
    isPlanned: () => true,
  });
};

/** A report in which each of these texts stands wherever somebody else can write. */
export const hostileReport = (): Report => {
  const texts = Object.values(hostile);
  const report = reportFrom(texts.map(everywhere), texts.slice(1).map(everywhere));
  const [framework] = report.frameworks;
  const attest = (text: string) => ({
    standard: 'house',
    requirement: text,
    by: text,
    until: text,
    link: text,
  });
  return {
    ...report,
    gaps: [...report.gaps, ...texts],
    actions: {
      from: report.scans[0]?.at ?? '',
      to: report.scans[0]?.at ?? '',
      isCut: false,
      toDetect: durationsOf([]),
      toRepair: durationsOf([]),
      list: texts.map((text) => ({
        account: text,
        id: text,
        region: text,
        resource: text,
        controls: [text],
        state: text,
        why: text,
        askedBy: 'person' as const,
        startedAt: text,
        undoes: text,
        undoneBy: text,
      })),
    },
    period: {
      from: hostile.html,
      to: hostile.bidi,
      allowedDays: {},
      gaps: [],
      moved: texts.map((text) => ({
        move: 'worse' as const,
        account: text,
        region: text,
        control: text,
        resource: text,
        at: text,
        by: [text],
      })),
      detected: durationsOf([1]),
      repaired: durationsOf([1]),
      episodes: 1,
      changes: [{ at: hostile.markdown, what: 'baseline' as const }],
    },
    frameworks: framework
      ? [
          {
            ...framework,
            title: hostile.html,
            publisher: hostile.html,
            url: hostile.url,
            sections: { 1: hostile.html },
            requirements: texts.flatMap((text) =>
              framework.requirements.map((each) => ({
                ...each,
                id: `${text}${each.id}`,
                title: text,
                level: text,
                attestation: attest(text),
              })),
            ),
            changes: texts.map((id) => ({ id, before: 'MET' as const, now: 'FAILED' as const })),
          },
        ]
      : [],
  };
};
