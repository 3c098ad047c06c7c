import { allControls } from '../../../controls/index.ts';
import { baselineAt } from '../../../infrastructure/baseline-file.ts';
import { knownRecords } from '../../../reporting/installed.ts';
import { recordPieces, sourceFrom, sourceOf } from '../../../reports/compliance/read-record.ts';
import type { Recorded } from '../../../reports/compliance/record.ts';
import type { Source } from '../../../reports/compliance/report.ts';
import type { Result } from '../../../reports/result.ts';
import { UserError } from '../../../support/user-error.ts';
import { written } from '../../../support/written.ts';
import { evaluateAll } from '../../evaluate-all.ts';
import { installedNamed } from '../../installed-named.ts';
import { resultOf } from '../../output/tally.ts';
import { regionOption, regionsNamed } from '../../regions.ts';
import { subjectsOf } from '../../subjects.ts';
import { textIn } from '../../text-in.ts';
import { scanRecord } from '../scan/scan-record.ts';
import { plainReport } from '../scan/scan-report.ts';
import { createTally } from '../scan/scan-tally.ts';
import { controlsIn } from '../scan/scan-text.ts';
import { inUnits } from './report-units.ts';

/** Saved scans; two of one account and region would count what is there twice. */
export const savedScans = async (
  option: string,
  files: readonly string[],
): Promise<readonly Source[]> => {
  const sources: Source[] = [];
  const places = new Map<string, string>();
  for (const file of files) {
    const source = sourceFrom(await textIn(option, file), file);
    for (const region of source.scan.regions) {
      const place = `account ${source.scan.account}, ${region}`;
      const other = places.get(place);
      if (other !== undefined)
        throw new UserError(`${other} and ${file} are both of ${place}: give one of them`);
      places.set(place, file);
    }
    sources.push(source);
  }
  return sources;
};

/** Scans this account now, with the credentials of the environment. */
export const liveScan = async (
  baselineFile: string | undefined,
  regions: readonly string[],
): Promise<string> => {
  const at = new Date();
  const all = await allControls();
  const baseline = await baselineAt(baselineFile, all);
  const subjects = subjectsOf(all, baseline, { controls: [], resourceTypes: [] });
  const tally = createTally();
  const results: Result[] = [];
  const evaluated = await evaluateAll({
    subjects,
    baseline,
    regions,
    onEvaluated: (evaluations) => {
      for (const evaluation of evaluations) {
        const status = tally.add(evaluation);
        if (status !== 'passed' && status !== 'notApplicable') results.push(resultOf(evaluation));
      }
    },
  });
  const record = scanRecord(
    { at, baseline, isNarrowed: false, evaluated },
    tally,
    controlsIn(subjects),
  );
  const report = { record, evaluated, counts: tally.counts, results, idleExemptions: [] };
  return `${plainReport(report)}\n`;
};

const day = 86_400_000;
/** Of an installation that is asked now, what it did in these days is told as well. */
const actionDays = 30;
const knownBy = async (
  stack: string,
  baseline: string | undefined,
  units: readonly string[],
): Promise<readonly Recorded[]> => {
  const at = new Date();
  const span = { from: new Date(at.getTime() - actionDays * day), to: at };
  const installed = await installedNamed(stack, baseline);
  const records = await knownRecords(installed, at, span);
  return units.length === 0 ? records : inUnits(units, records, installed);
};

/** The options that say what a report is made of. */
export const sourceOptions = {
  scan: { type: 'string', multiple: true },
  stack: { type: 'string' },
  keep: { type: 'string' },
  ...regionOption,
  baseline: { type: 'string' },
} as const;
/** What those options say. */
export interface SourcesAsked {
  readonly scans: readonly string[];
  /** The stack whose table of verdicts is read. */
  readonly stack: string | undefined;
  /** Where what was read is saved. */
  readonly keep: string | undefined;
  readonly regions: readonly string[];
  readonly baseline: string | undefined;
}
export const sourcesUsage = `  --scan <file>         a saved scan; again for each account
  --stack <name>        what the installation of this name knows, also of hosts, in place of a scan
  --keep <file>         where what was read is saved, for --scan
Without --scan and --stack this account is scanned now.`;

/** Values that are not blank: files, or the name of a stack. */
export const filled = (name: string, values: readonly string[] = []): readonly string[] => {
  if (values.some((value) => value.trim() === ''))
    throw new UserError(`--${name} is empty; give ${name === 'stack' ? 'a name' : 'a file'}`);
  return values;
};

/** What a report is made of, as the options say it; throws a sentence where they do not go together. */
export const sourcesAsked = (values: {
  readonly scan?: string[] | undefined;
  readonly stack?: string | undefined;
  readonly keep?: string | undefined;
  readonly region?: string[] | undefined;
  readonly baseline?: string | undefined;
}): SourcesAsked => {
  const { scan, stack, keep, region, baseline } = values;
  for (const [name, value] of Object.entries({ stack, keep, baseline }))
    if (value !== undefined) filled(name, [value]);
  const scans = filled('scan', scan);
  if (scans.length > 0 && (region !== undefined || baseline !== undefined))
    throw new UserError(
      '--scan does not go with --region and --baseline: a saved scan has its own',
    );
  if (scans.length > 0 && (stack !== undefined || keep !== undefined))
    throw new UserError(
      `--scan does not go with --${stack === undefined ? 'keep' : 'stack'}: it is saved already`,
    );
  if (stack !== undefined && region !== undefined)
    throw new UserError('--stack does not go with --region: the baseline says which it governs');
  const regions = regionsNamed(region);
  return { scans, stack, keep, regions, baseline };
};

/** One file holds one account. */
const fileOf = (keep: string, index: number): string =>
  index === 0 ? keep : keep.replace(/(\.[^./\\]*)?$/, `-${index + 1}$1`);

/** What a report is made of. */
export const sourcesOf = async (
  { scans, stack, keep, baseline, regions }: SourcesAsked,
  units: readonly string[] = [],
): Promise<readonly Source[]> => {
  if (scans.length > 0) return savedScans('--scan', scans);
  if (stack === undefined) {
    const content = await liveScan(baseline, regions);
    if (keep !== undefined) await written(keep, content);
    return [sourceFrom(content, 'what was read now')];
  }
  const known = await knownBy(stack, baseline, units);
  if (keep !== undefined)
    for (const [index, record] of known.entries())
      await written(fileOf(keep, index), recordPieces(record));
  return known.map(sourceOf);
};
