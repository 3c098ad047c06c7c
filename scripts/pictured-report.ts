import { type Catalogue, catalogue } from '../lib/reporting/catalogue.ts';
import { noCounts, type RecordedCounts, sumOf } from '../lib/reports/compliance/counts.ts';
import {
  type Recorded,
  type RecordedResult,
  scanSchema,
} from '../lib/reports/compliance/record.ts';
import { type Report, reportOf, type Source } from '../lib/reports/compliance/report.ts';
import { frameworks, resolved } from '../lib/reports/frameworks/index.ts';

const at = '2026-11-30T08:00:00.000Z';
const shown = ['cis-aws-5.0.0', 'soc2-2017'];

/** What fails in the pictures: control, resource, why, and how urgent that is. */
const failing = [
  ['S3.8', 'arn:aws:s3:::customer-invoices', 'the bucket has no public access block', 'critical'],
  ['S3.8', 'arn:aws:s3:::public-site', 'the bucket has no public access block', 'standard'],
  ['EC2.53', 'sg-0a1b2c3d4e5f60718', 'port 22 is open to 0.0.0.0/0', 'critical'],
  ['IAM.9', 'arn:aws:iam::111122223333:root', 'the root user has no MFA', 'high'],
  ['RDS.3', 'arn:aws:rds:eu-west-1:111122223333:db:orders', 'storage is not encrypted', 'high'],
  ['EC2.7', '111122223333/eu-west-1', 'new volumes are not encrypted by default', 'standard'],
  [
    'CloudTrail.4',
    'arn:aws:cloudtrail:us-east-1:111122223333:trail/main',
    'log files are not validated',
    'standard',
  ],
] as const;

const resultOf = (
  { about }: Catalogue,
  [control, arn, reason, priority]: readonly [string, string, string, string],
): RecordedResult => {
  const { title, severity } = about(control);
  const isSite = arn.endsWith('public-site');
  return {
    control,
    title,
    severity: severity as RecordedResult['severity'],
    resourceType: 'AWS::S3::Bucket',
    region: /eu-west-1/.test(arn) ? 'eu-west-1' : 'us-east-1',
    id: arn,
    arn,
    status: 'FAIL',
    reason,
    priority,
    priorityWhy: priority === 'critical' ? 'reached from the internet' : 'not exposed',
    since: '2026-11-27T06:12:44.000Z',
    by: 'arn:aws:iam::111122223333:user/alice',
    ...(control === 'S3.8' || control === 'EC2.53' ? { canFix: true } : {}),
    ...(isSite
      ? {
          exemption: {
            control,
            resource: arn,
            owner: 'web team',
            reason: 'the public web site',
            expires: '2026-12-15T23:59:59.999Z',
          },
        }
      : {}),
  };
};

const sourceOf = (
  known: Catalogue,
  results: readonly RecordedResult[],
  over: Partial<Recorded> = {},
): Source => {
  const ids = frameworks
    .filter(({ id }) => shown.includes(id))
    .flatMap((data) => resolved(data, known.controls).requirements)
    .flatMap(({ controls }) => controls);
  const countsOf = (id: string): RecordedCounts => {
    const own = results.filter(({ control }) => control === id);
    return {
      ...noCounts,
      passed: id.length + (id.charCodeAt(id.length - 1) % 9),
      failed: own.filter(({ exemption }) => !exemption).length,
      exempted: own.filter(({ exemption }) => exemption).length,
    };
  };
  const controls = Object.fromEntries([...new Set(ids)].map((id) => [id, countsOf(id)]));
  const when = over.at ?? at;
  const placed = results.map((one) => ({ ...one, account: '111122223333', at: when }));
  const scan: Recorded = {
    schema: scanSchema,
    source: 'posture',
    stack: 'Plumbline',
    at,
    plumbline: '0.1.0',
    baseline: 'b'.repeat(64),
    account: '111122223333',
    regions: ['us-east-1', 'eu-west-1'],
    homeRegion: 'us-east-1',
    resources: 412,
    isNarrowed: false,
    counts: sumOf(Object.values(controls)),
    controls,
    results: placed,
    ...over,
  };
  return { scan, sha256: 'a'.repeat(64) };
};

const actions = {
  from: '2026-10-31T08:00:00.000Z',
  to: at,
  list: [
    {
      id: 'pl-0123456789abcdef0123',
      region: 'us-east-1',
      resource: 'arn:aws:s3:::customer-reports',
      controls: ['S3.8'],
      state: 'VERIFIED',
      askedBy: 'drift' as const,
      startedAt: '2026-11-29T14:03:12.000Z',
      concludedAt: '2026-11-29T14:03:51.000Z',
      toDetectSeconds: 9,
      toRepairSeconds: 39,
    },
    {
      id: 'pl-fedcba98765432100123',
      region: 'us-east-1',
      resource: 'sg-0f9e8d7c6b5a40312',
      controls: ['EC2.53'],
      state: 'BLOCKED',
      why: 'window: outside of the maintenance window',
      askedBy: 'drift' as const,
      startedAt: '2026-11-28T09:30:00.000Z',
      toDetectSeconds: 12,
    },
  ],
};

const reportFrom = (known: Catalogue, now: Source, before: Source): Report =>
  reportOf({
    plumbline: '0.1.0',
    sources: [now],
    earlier: [before],
    frameworks: frameworks
      .filter(({ id }) => shown.includes(id))
      .map((data) => resolved(data, known.controls)),
    attestations: ['CC1.1', 'CC1.2', 'CC2.1', 'CC6.3', 'CC6.4', 'CC7.2', 'CC8.1', 'A1.2'].map(
      (requirement) => ({
        standard: 'soc2-2017',
        requirement,
        by: 'ann',
        until: '2027-01-31',
        link: `https://wiki.example.com/soc2/${requirement}`,
      }),
    ),
    about: known.about,
    isPlanned: known.canFix,
  });

/** A report with some of each thing, made up. */
export const picturedReport = async (): Promise<Report> => {
  const known = await catalogue();
  const all = failing.map((one) => resultOf(known, one));
  const now = sourceOf(known, all, { actions });
  return reportFrom(
    known,
    now,
    sourceOf(known, all.slice(2, 5), { at: '2026-11-23T08:00:00.000Z' }),
  );
};

/** One with as many failures, for its weight. */
export const heavyReport = async (failures: number): Promise<Report> => {
  const known = await catalogue();
  const ids = [...new Set(failing.map(([control]) => control))];
  const all = Array.from({ length: failures }, (_, index) =>
    resultOf(known, [
      ids[index % ids.length] ?? 'S3.8',
      `arn:aws:s3:::company-invoices-of-the-year-${index}`,
      'the bucket has no public access block',
      'standard',
    ]),
  );
  return reportFrom(known, sourceOf(known, all), sourceOf(known, []));
};
