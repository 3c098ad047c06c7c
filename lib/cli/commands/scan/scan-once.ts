import type { Baseline } from '../../../engine/baseline/baseline.ts';
import type { Exemption } from '../../../engine/baseline/exemption.ts';
import { type Idle, idleExemptions } from '../../../engine/baseline/idle-exemptions.ts';
import { customaryHere } from '../../../infrastructure/check-settings.ts';
import type { Control } from '../../../model/control.ts';
import type { Evaluation, Subject } from '../../../pipeline/scan/scan-resource.ts';
import type { Result } from '../../../reports/result.ts';
import type { AccountRead } from '../../accounts/accounts-to-read.ts';
import type { ExitCode } from '../../command.ts';
import { type Elsewhere, lookElsewhere } from '../../elsewhere.ts';
import { evaluateAll, type ScanPlace, type ScanResult } from '../../evaluate-all.ts';
import { resultOf } from '../../output/tally.ts';
import { serviceOf, wantedBy } from './scan-filters.ts';
import { checkAccount, createComparison, type Known } from './scan-known.ts';
import type { Asked } from './scan-options.ts';
import { scanRecord } from './scan-record.ts';
import type { Report } from './scan-report.ts';
import { createTally, isAtLeast } from './scan-tally.ts';
import { controlsIn, headText, requirementsOf } from './scan-text.ts';

/** What is evaluated, and how it is shown. */
export interface Scan {
  readonly asked: Asked;
  readonly all: readonly Control[];
  readonly baseline: Baseline;
  readonly subjects: readonly Subject[];
  readonly known: Known | undefined;
  readonly at: Date;
  /** @default - the account of the credentials of the environment */
  readonly as?: AccountRead | undefined;
  /** Whether it is said beforehand who looks, and where. */
  readonly hasHead: boolean;
}

/** What a scan gathers while it runs: only what is shown is kept, so that a large account fits in memory. */
export const createGathering = ({ asked, known }: Scan) => {
  const tally = createTally();
  const comparison = createComparison(known);
  const [results, missing]: [Result[], Result[]] = [[], []];
  const exempting = new Set<Exemption>();
  let failing = 0;
  return {
    tally,
    comparison,
    results,
    missing,
    /** Exemptions that a verdict met. */
    exempting,
    add(evaluation: Evaluation): void {
      const status = tally.add(evaluation);
      const isKnown = comparison.isKnown(evaluation);
      if (evaluation.exemption) exempting.add(evaluation.exemption);
      if (status === 'unknown' && !isKnown) missing.push(resultOf(evaluation));
      if (status === 'failed' && !isKnown && isAtLeast(evaluation.control.severity, asked.failOn))
        failing += 1;
      if (asked.statuses.includes(status) && !(isKnown && known))
        results.push(resultOf(evaluation));
    },
    /** What could not be evaluated outweighs findings; where nothing was evaluated nothing can be called clean. */
    exitCode({ resources, notLookedAt }: ScanResult): ExitCode {
      if (resources === 0 || missing.length + notLookedAt.length > 0) return 2;
      return failing > 0 ? 1 : 0;
    },
  };
};
export type Gathering = ReturnType<typeof createGathering>;

/** Exemptions that do nothing: by what is written, or because nothing that was looked at has their name. */
const idleIn = (scan: Scan, { exempting }: Gathering): readonly Idle[] => {
  const { baseline, all, asked, subjects } = scan;
  const written = idleExemptions(baseline, all, new Date());
  const isWhole = asked.resources.length === 0 && asked.tags.length === 0;
  const evaluated = new Set<string>(controlsIn(subjects).map(({ id }) => id));
  const unmet = baseline.exemptions.filter(
    (one) =>
      isWhole &&
      evaluated.has(one.control) &&
      !exempting.has(one) &&
      !written.some(({ exemption }) => exemption === one),
  );
  return [
    ...written,
    ...unmet.map((exemption) => ({ exemption, why: 'nothing that was evaluated needs it' })),
  ];
};

const evaluate = async (scan: Scan, gathering: Gathering) => {
  const { asked, subjects, baseline, known, as, hasHead } = scan;
  let elsewhere: Promise<Elsewhere> | undefined;
  const onStart = (place: ScanPlace): void => {
    checkAccount(known, place.account);
    if (hasHead) {
      const baselineFile = asked.baseline ?? customaryHere();
      console.log(headText(place, { subjects, baselineFile, homeRegion: baseline.homeRegion }));
    }
    // The sums of several accounts do not tell it.
    const isTold = hasHead || asked.json || asked.out !== undefined;
    if (!isTold || asked.quiet || asked.resources.length > 0) return;
    const services = [...new Set(subjects.map(({ type }) => serviceOf(type)))];
    const { homeRegion } = baseline;
    const { regions } = place;
    elsewhere = lookElsewhere({ homeRegion, regions, services, credentials: as?.credentials });
  };
  const evaluated = await evaluateAll({
    subjects,
    baseline,
    as,
    regions: asked.regions,
    wanted: wantedBy(asked),
    keepsSeen: asked.statuses.includes('passed'),
    onStart,
    onEvaluated: (evaluations) => evaluations.forEach(gathering.add),
  });
  return { evaluated, elsewhere: await elsewhere };
};

const reportOf = (
  scan: Scan,
  gathering: Gathering,
  { evaluated, elsewhere }: Awaited<ReturnType<typeof evaluate>>,
): Report => {
  const { asked, subjects, known, baseline, as, at } = scan;
  const { results, tally, comparison } = gathering;
  const controls = controlsIn(subjects);
  const isNarrowed = [asked.resources, asked.tags, asked.resourceTypes, asked.services].some(
    (list) => list.length > 0,
  );
  const isSelective =
    isNarrowed ||
    asked.standard !== undefined ||
    asked.controls.length + asked.severities.length > 0;
  const scope = {
    regions: [...evaluated.regions, baseline.homeRegion],
    controls,
    isWhole: asked.resources.length === 0 && asked.tags.length === 0,
  };
  return {
    record: scanRecord({ at, baseline, as, isNarrowed, isSelective, evaluated }, tally, controls),
    evaluated,
    counts: tally.counts,
    results,
    idleExemptions: idleIn(scan, gathering),
    ...(known ? { since: comparison.since(scope) } : {}),
    ...(asked.standard ? { requirements: requirementsOf(asked.standard, tally, controls) } : {}),
    ...(elsewhere ? { elsewhere } : {}),
  };
};

/** Evaluates an account as it is asked for; what was gathered is there also where it ends before it is through. */
export const scanOnce = async (scan: Scan, gathering: Gathering): Promise<Report> =>
  reportOf(scan, gathering, await evaluate(scan, gathering));
