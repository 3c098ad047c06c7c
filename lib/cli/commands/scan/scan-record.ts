import type { Control } from '../../../model/control.ts';
import { type RecordedCounts, scanSchema } from '../../../reports/compliance/record.ts';
import { version } from '../../version.ts';
import type { Tally } from './scan-tally.ts';

/** What a report of a saved scan needs beside its results. */
export interface ScanRecord {
  readonly schema: typeof scanSchema;
  readonly at: string;
  readonly plumbline: string;
  readonly isNarrowed: boolean;
  readonly controls: Readonly<Record<string, RecordedCounts>>;
}

const none: RecordedCounts = { passed: 0, failed: 0, exempted: 0, notApplicable: 0, unknown: 0 };

/** @param controls those that were evaluated, also where there was nothing to evaluate */
export const scanRecord = (
  at: Date,
  isNarrowed: boolean,
  tally: Tally,
  controls: readonly Control[],
): ScanRecord => ({
  schema: scanSchema,
  at: at.toISOString(),
  plumbline: version(),
  isNarrowed,
  controls: Object.fromEntries(
    controls.map((control) => [control.id, tally.controls.get(control) ?? none]),
  ),
});
