import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { attempted } from '../../../aws/errors.ts';
import { allControls } from '../../../controls/index.ts';
import type { Baseline } from '../../../engine/baseline/baseline.ts';
import type { Exemption } from '../../../engine/baseline/exemption.ts';
import { type Idle, idleExemptions, idleText } from '../../../engine/baseline/idle-exemptions.ts';
import { baselineAt, customary } from '../../../infrastructure/baseline-file.ts';
import type { Control } from '../../../model/control.ts';
import type { Evaluation, Subject } from '../../../pipeline/scan/scan-resource.ts';
import type { Result } from '../../../reports/result.ts';
import { resultTable } from '../../../reports/table.ts';
import { wrap } from '../../../reports/wrap.ts';
import { written } from '../../../support/written.ts';
import type { Command, ExitCode } from '../../command.ts';
import { type Elsewhere, lookElsewhere } from '../../elsewhere.ts';
import { evaluateAll, notLookedAtText, type Place, type ScanResult } from '../../evaluate-all.ts';
import { forTerminal } from '../../output/for-terminal.ts';
import { missingText, resultOf } from '../../output/tally.ts';
import { serviceOf, subjectsAsked, wantedBy } from './scan-filters.ts';
import { checkAccount, createComparison, type Known, readKnown, writeKnown } from './scan-known.ts';
import { type Asked, scanAsked } from './scan-options.ts';
import { scanRecord } from './scan-record.ts';
import { plainReport, type Report } from './scan-report.ts';
import { createTally, isAtLeast } from './scan-tally.ts';
import {
  controlsIn,
  headText,
  nextText,
  regionsText,
  requirementsOf,
  servicesTable,
  sinceText,
  standardText,
  summaryText,
} from './scan-text.ts';
import { unseenText } from './scan-unseen.ts';

/** What is evaluated, and how it is shown. */
interface Scan {
  readonly asked: Asked;
  readonly all: readonly Control[];
  readonly baseline: Baseline;
  readonly subjects: readonly Subject[];
  readonly known: Known | undefined;
  readonly at: Date;
}

/** What a scan gathers while it runs: only what is shown is kept, so that a large account fits in memory. */
const createGathering = ({ asked, known }: Scan) => {
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
type Gathering = ReturnType<typeof createGathering>;

const nothingEvaluated = ({ account, regions }: ScanResult, { resources, tags }: Asked): string => {
  const named = resources.length > 0 ? [`named ${resources.join(', ')}`] : [];
  const tagged = tags.map(
    ({ key, value }) => `with the tag ${key}${value === undefined ? '' : `=${value}`}`,
  );
  const what = [...named, ...tagged].join(' and ') || 'of these types';
  return `Nothing was evaluated in account ${account}, ${regions.join(', ')}: there is no resource ${what}.`;
};

/** What was evaluated before the credentials ended, or the way to AWS, is not lost. */
const showBroken = ({ results, tally }: Gathering, { json }: Asked): void => {
  if (results.length > 0 && !json) console.log(resultTable(results, process.stdout.columns));
  const { failed, passed } = tally.counts;
  if (failed + passed > 0)
    console.error(`This scan is not complete: ${failed} failed, ${passed} passed until it ended.`);
};

const showText = (scan: Scan, report: Report, gathering: Gathering, seconds: string): void => {
  const { asked, subjects, known } = scan;
  const { results, since, requirements, elsewhere, evaluated, counts } = report;
  if (results.length > 0) console.log(resultTable(results, process.stdout.columns));
  if (asked.quiet) return;
  if (results.length > 0) console.log('');
  if (requirements && asked.standard) console.log(standardText(asked.standard, requirements));
  if (evaluated.resources > 0) console.log(servicesTable(gathering.tally));
  const regions = regionsText(evaluated);
  if (regions !== undefined) console.log(regions);
  const summary = summaryText(counts, evaluated, seconds);
  console.log(wrap(summary, process.stdout.columns ?? 100_000).join('\n'));
  if (since) console.log(sinceText(since));
  for (const idle of report.idleExemptions) console.log(idleText(idle));
  const next = nextText({ results, isKnown: known !== undefined, failed: counts.failed });
  if (next) console.log(`\n${next}`);
  const evaluatedControls = controlsIn(subjects);
  console.log(`\n${unseenText({ ...scan, evaluated: evaluatedControls, elsewhere })}`);
};

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
  const { asked, subjects, baseline, known } = scan;
  let elsewhere: Promise<Elsewhere> | undefined;
  const onStart = (place: Place): void => {
    checkAccount(known, place.account);
    const isText = !asked.json && !asked.quiet;
    if (isText) {
      const baselineFile = asked.baseline ?? (existsSync(customary) ? customary : undefined);
      console.log(headText(place, { subjects, baselineFile, homeRegion: baseline.homeRegion }));
    }
    if (asked.quiet || asked.resources.length > 0) return;
    const services = [...new Set(subjects.map(({ type }) => serviceOf(type)))];
    const { homeRegion } = baseline;
    elsewhere = lookElsewhere({ homeRegion, regions: place.regions, services });
  };
  const evaluated = await evaluateAll({
    subjects,
    baseline,
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
  const { asked, subjects, known, baseline, at } = scan;
  const { results, tally, comparison } = gathering;
  const controls = controlsIn(subjects);
  const isNarrowed = [asked.resources, asked.tags, asked.resourceTypes, asked.services].some(
    (list) => list.length > 0,
  );
  const scope = {
    regions: [...evaluated.regions, baseline.homeRegion],
    controls,
    isWhole: asked.resources.length === 0 && asked.tags.length === 0,
  };
  return {
    record: scanRecord({ at, baseline, isNarrowed, evaluated }, tally, controls),
    evaluated,
    counts: tally.counts,
    results,
    idleExemptions: idleIn(scan, gathering),
    ...(known ? { since: comparison.since(scope) } : {}),
    ...(asked.standard ? { requirements: requirementsOf(asked.standard, tally, controls) } : {}),
    ...(elsewhere ? { elsewhere } : {}),
  };
};

/** Says before anything is read that a file cannot be written. */
const checkWritable = async (file: string): Promise<void> => {
  const isNew = !existsSync(file);
  await (await open(file, 'a')).close();
  if (isNew) await rm(file);
};

const prepared = async (asked: Asked): Promise<Scan> => {
  const all = await allControls();
  const baseline = await baselineAt(asked.baseline, all);
  const subjects = subjectsAsked(asked, all, baseline);
  const known = asked.known === undefined ? undefined : await readKnown(asked.known);
  return { asked, all, baseline, subjects, known, at: new Date() };
};

export const scan: Command = async (argv) => {
  const asked = scanAsked(argv);
  if (!asked) return 0;
  const start = performance.now();
  for (const file of [asked.out, asked.writeKnown])
    if (file !== undefined) await checkWritable(file);
  const scanned = await prepared(asked);
  const gathering = createGathering(scanned);
  const done = await attempted(() => evaluate(scanned, gathering));
  if ('failure' in done) {
    showBroken(gathering, asked);
    throw done.failure;
  }
  const report = reportOf(scanned, gathering, done.value);
  const { evaluated } = report;
  const { out, writeKnown: knownTo } = asked;
  if (out !== undefined) await written(out, `${plainReport(report)}\n`);
  if (knownTo !== undefined)
    await writeKnown(knownTo, evaluated.account, gathering.comparison.kept);
  if (asked.json) console.log(plainReport(report));
  else {
    showText(scanned, report, gathering, ((performance.now() - start) / 1000).toFixed(1));
    const missing = missingText(gathering.missing);
    if (missing) console.error(forTerminal(missing));
    for (const one of evaluated.notLookedAt)
      console.error(forTerminal(`${notLookedAtText(one)}. This scan is not complete.`));
    if (evaluated.resources === 0) console.error(forTerminal(nothingEvaluated(evaluated, asked)));
  }
  return gathering.exitCode(evaluated);
};
