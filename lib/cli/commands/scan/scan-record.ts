import type { Baseline } from '../../../engine/baseline/baseline.ts';
import { baselineSum } from '../../../engine/baseline/baseline-sum.ts';
import type { Control } from '../../../model/control.ts';
import { noCounts, type RecordedCounts } from '../../../reports/compliance/counts.ts';
import { isGlobal } from '../../../reports/compliance/is-global.ts';
import { type Recorded, scanSchema } from '../../../reports/compliance/record.ts';
import type { AccountRead } from '../../accounts/accounts-to-read.ts';
import { notLookedAtText, type ScanResult } from '../../evaluate-all.ts';
import { version } from '../../version.ts';
import type { Tally } from './scan-tally.ts';

/** What a report of a saved scan needs beside its results. */
export interface ScanRecord {
  readonly schema: typeof scanSchema;
  readonly at: string;
  readonly plumbline: string;
  readonly baseline: string;
  /** The account that it is read from, where that is another. */
  readonly hub?: string;
  readonly homeRegion: string;
  readonly isNarrowed: boolean;
  readonly isSelective?: true;
  /** What it does not know, in sentences. */
  readonly gaps?: readonly string[];
  readonly controls: Readonly<Record<string, RecordedCounts & { readonly isGlobal?: true }>>;
  /** Where the baseline names tags for reports. */
  readonly byTags?: NonNullable<Recorded['byTags']>;
}

interface Setting {
  readonly at: Date;
  readonly baseline: Baseline;
  readonly as?: AccountRead | undefined;
  readonly isNarrowed: boolean;
  readonly isSelective?: boolean;
  readonly evaluated: Pick<ScanResult, 'notLookedAt'>;
}

/** @param controls those that were evaluated, also where there was nothing to evaluate */
export const scanRecord = (
  { at, baseline, as, isNarrowed, isSelective, evaluated: { notLookedAt } }: Setting,
  tally: Tally,
  controls: readonly Control[],
): ScanRecord => ({
  schema: scanSchema,
  at: at.toISOString(),
  plumbline: version(),
  baseline: baselineSum(baseline),
  ...(as && as.hub !== as.account ? { hub: as.hub } : {}),
  homeRegion: baseline.homeRegion,
  isNarrowed,
  ...(isSelective ? { isSelective } : {}),
  ...(notLookedAt.length > 0 ? { gaps: notLookedAt.map((one) => `${notLookedAtText(one)}.`) } : {}),
  controls: Object.fromEntries(
    controls.map((control) => [
      control.id,
      {
        ...(tally.controls.get(control) ?? noCounts),
        ...(isGlobal(control) ? { isGlobal: true as const } : {}),
      },
    ]),
  ),
  ...(baseline.reportTags ? { byTags: [...tally.tags.groups()] } : {}),
});
