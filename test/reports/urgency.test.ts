import { bucketBlocksPublicAccess } from '../../lib/controls/s3/bucket-blocks-public-access.ts';
import { findingOf } from '../../lib/engine/findings/finding.ts';
import type { Priority } from '../../lib/engine/findings/priority.ts';
import { byCriticality } from '../../lib/local/tour/narrator-live.ts';
import { mostUrgentFirst } from '../../lib/reports/compliance/urgency.ts';
import { byPriority, plainPriority, type Result, severities } from '../../lib/reports/result.ts';
import { life } from '../fakes/row-life.ts';
import { result } from './compliance/sample.ts';

/** What fails, in the order in which it is to be looked at. */
const priorities: readonly Priority[] = [
  { level: 'critical', isReached: true, why: '' },
  { level: 'critical', why: '' },
  { level: 'high', isReached: true, why: '' },
  { level: 'high', why: '' },
  { level: 'standard', why: '' },
];
const inOrder: readonly Result[] = priorities.flatMap((priority) =>
  severities.map((severity) => ({
    control: { ...bucketBlocksPublicAccess, severity },
    resourceType: 'AWS::S3::Bucket',
    region: 'us-east-1',
    id: 'b',
    arn: 'arn:aws:s3:::b',
    verdict: { status: 'FAIL', reason: 'open', evidence: [] },
    priority,
  })),
);
const nameOf = ({ level, isReached }: Priority, severity: string) =>
  `${level} ${isReached ? 'reached ' : ''}${severity}`;
const names = inOrder.map(({ priority, control }) => nameOf(priority, control.severity));

describe('what is reached first is looked at first', () => {
  it('in tables', () => {
    const sorted = inOrder.toReversed().toSorted(byPriority);
    expect(sorted.map(({ priority, control }) => nameOf(priority, control.severity))).toEqual(
      names,
    );
  });

  it('in reports, as a record keeps it', () => {
    const records = inOrder.map(({ priority, control: { severity } }) => ({
      ...result({ severity, ...plainPriority(priority) }),
      account: '123456789012',
      at: '2026-11-30T08:00:00.000Z',
      name: nameOf(priority, severity),
    }));
    const sorted = records.toReversed().toSorted(mostUrgentFirst);
    expect(sorted.map(({ name }) => name)).toEqual(names);
  });

  it('in findings, by their criticality', () => {
    const { read, row } = life();
    read(1, { status: 'FAIL' });
    const found = row();
    const controlRow = found?.controls['T.1'];
    if (!found || !controlRow) throw new Error('no row');
    const findings = inOrder.map(({ control, priority }) => {
      const told = { row: found, control, controlRow, priority };
      const finding = findingOf({ ...told, securityHubType: 'Other', arn: 'arn:aws:s3:::b' });
      // Security Hub shows what a provider says until a customer sets it.
      const { Criticality } = finding.FindingProviderFields;
      return { ...finding, Criticality, name: nameOf(priority, control.severity) };
    });
    const sorted = findings.toReversed().toSorted(byCriticality);
    expect(sorted.map(({ name }) => name)).toEqual(names);
  });
});
