import type { Idle } from '../../../engine/baseline/idle-exemptions.ts';
import { byPriority, plainPriority, type Result } from '../../../reports/result.ts';
import { printedJson } from '../../../support/printed-json.ts';
import type { Elsewhere } from '../../elsewhere.ts';
import type { ScanResult } from '../../evaluate-all.ts';
import type { Counts } from '../../output/tally.ts';
import type { SinceKnown } from './scan-known.ts';
import type { ScanRecord } from './scan-record.ts';
import type { Requirement } from './scan-text.ts';

export interface Report {
  readonly record: ScanRecord;
  readonly evaluated: ScanResult;
  readonly counts: Counts;
  readonly results: readonly Result[];
  readonly idleExemptions: readonly Idle[];
  readonly since?: SinceKnown | undefined;
  readonly requirements?: readonly Requirement[] | undefined;
  readonly elsewhere?: Elsewhere | undefined;
}

const plain = ({ control, verdict, priority, exemption, seen, ...where }: Result) => ({
  control: control.id,
  title: control.title,
  severity: control.severity,
  ...where,
  ...verdict,
  ...plainPriority(priority),
  ...(exemption ? { exemption } : {}),
  ...(seen ? { evaluated: seen } : {}),
});

/** A scan as a program reads it. */
export const reportObject = ({ record, evaluated, counts, results, ...rest }: Report) => ({
  ...record,
  ...evaluated,
  counts,
  results: results.toSorted(byPriority).map(plain),
  ...rest,
});

/** A scan as JSON. */
export const plainReport = (report: Report): string => printedJson(reportObject(report));
