import { allControls } from '../../../controls/index.ts';
import { baselineAt } from '../../../infrastructure/baseline-file.ts';
import { knownRecords } from '../../../reporting/installed.ts';
import {
  readRecord,
  recordPieces,
  sourceFrom,
  sourceOf,
} from '../../../reports/compliance/read-record.ts';
import type { Recorded } from '../../../reports/compliance/record.ts';
import type { Source } from '../../../reports/compliance/report.ts';
import { scopeText } from '../../../reports/compliance/scope.ts';
import type { Result } from '../../../reports/result.ts';
import { UserError } from '../../../support/user-error.ts';
import { written } from '../../../support/written.ts';
import {
  type AccountRead,
  type AccountsToRead,
  accountsToRead,
} from '../../accounts/accounts-to-read.ts';
import { askedIn } from '../../accounts/asked-in.ts';
import { byAccount, type OfAccount } from '../../accounts/by-account.ts';
import { evaluateAll } from '../../evaluate-all.ts';
import { installedNamed } from '../../installed-named.ts';
import { resultOf } from '../../output/tally.ts';
import { ofRegions, regionOption } from '../../regions.ts';
import { subjectsOf } from '../../subjects.ts';
import { textIn } from '../../text-in.ts';
import { wantedBy } from '../scan/scan-filters.ts';
import { scanRecord } from '../scan/scan-record.ts';
import { plainReport } from '../scan/scan-report.ts';
import { createTally } from '../scan/scan-tally.ts';
import { controlsIn } from '../scan/scan-text.ts';
import { accountsIn, allAsked, checkKept, type ScopeAsked, savedIn } from './report-scope.ts';

/** A saved scan, with its file. */
export interface SavedScan extends Source {
  readonly file: string;
}

/** Saved scans; two of one account and region would count what is there twice. */
export const savedScans = async (
  option: string,
  files: readonly string[],
): Promise<readonly SavedScan[]> => {
  const sources: SavedScan[] = [];
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
    sources.push({ ...source, file });
  }
  return sources;
};

type Scanning = Pick<Parameters<typeof evaluateAll>[0], 'subjects' | 'baseline' | 'as'>;

const scanned = async (
  { subjects, baseline, as }: Scanning,
  { regions, tags }: ScopeAsked,
): Promise<Recorded> => {
  const at = new Date();
  const tally = createTally();
  const results: Result[] = [];
  const evaluated = await evaluateAll({
    subjects,
    baseline,
    as,
    regions,
    wanted: wantedBy({ resources: [], tags }),
    onEvaluated: (evaluations) => {
      for (const evaluation of evaluations) {
        const status = tally.add(evaluation);
        if (status !== 'passed' && status !== 'notApplicable') results.push(resultOf(evaluation));
      }
    },
  });
  const isNarrowed = tags.length > 0;
  const record = scanRecord(
    { at, baseline, as, isNarrowed, evaluated },
    tally,
    controlsIn(subjects),
  );
  const report = { record, evaluated, counts: tally.counts, results, idleExemptions: [] };
  return readRecord(plainReport(report), 'what was read now');
};

/** What of several accounts could not be read, said by the first that could. */
const withUnread = (
  all: readonly OfAccount<Recorded>[],
  left: AccountsToRead['left'],
): readonly Recorded[] => {
  const unread = all.flatMap((one) => ('why' in one ? [one] : []));
  const [first, ...others] = all.flatMap((one) => ('value' in one ? [one.value] : []));
  const why = unread[0]?.why ?? left[0]?.why;
  if (!first) throw new UserError(`no account was looked at: ${why ?? 'none is there'}`);
  const gaps = [...unread, ...left].map(
    (one) => `Account ${one.account} was not looked at: ${one.why}.`,
  );
  if (gaps.length === 0) return [first, ...others];
  const notLookedAt = [
    ...(first.notLookedAt ?? []),
    ...unread.map(({ account, why }) => ({ account, why })),
  ];
  return [{ ...first, gaps: [...(first.gaps ?? []), ...gaps], notLookedAt }, ...others];
};

/** Scans now, with the credentials of the environment: this account, or those that are asked for. */
export const liveScans = async (
  baselineFile: string | undefined,
  scope: ScopeAsked = allAsked,
): Promise<readonly Recorded[]> => {
  const all = await allControls();
  const baseline = await baselineAt(baselineFile, all);
  const subjects = subjectsOf(all, baseline, { controls: [], resourceTypes: [] });
  if (scope.as === undefined) return [await scanned({ subjects, baseline }, scope)];
  const to = await accountsToRead(scope.as, baseline);
  const counting = { subjects, baseline: to.baseline };
  const inOne = (as: AccountRead) => scanned(askedIn(counting, as), scope);
  return withUnread(await byAccount(to.read, inOne), to.left);
};

const day = 86_400_000;
/** Of an installation that is asked now, what it did in these days is told as well. */
const actionDays = 30;
const knownBy = async (
  stack: string,
  baselineFile: string | undefined,
  asked: ScopeAsked,
): Promise<readonly Recorded[]> => {
  const at = new Date();
  const span = { from: new Date(at.getTime() - actionDays * day), to: at };
  const installed = await installedNamed(stack, baselineFile);
  // Refuses a region that is not governed.
  ofRegions(asked.regions, installed.baseline);
  checkKept(asked.tags, installed.baseline, stack, '--stack');
  const scope = { ...asked, accounts: accountsIn(asked, installed) };
  const records = await knownRecords(installed, at, span, scope);
  if (records.length > 0) return records;
  throw new UserError(`${stack} knows nothing of account ${scope.accounts.join(', ')}`);
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
  readonly baseline?: string | undefined;
}): SourcesAsked => {
  const { scan, stack, keep, baseline } = values;
  for (const [name, value] of Object.entries({ stack, keep, baseline }))
    if (value !== undefined) filled(name, [value]);
  const scans = filled('scan', scan);
  if (scans.length > 0 && baseline !== undefined)
    throw new UserError('--scan does not go with --baseline: a saved scan has its own');
  if (scans.length > 0 && (stack !== undefined || keep !== undefined))
    throw new UserError(
      `--scan does not go with --${stack === undefined ? 'keep' : 'stack'}: it is saved already`,
    );
  return { scans, stack, keep, baseline };
};

/** One file holds one account. */
const fileOf = (keep: string, index: number): string =>
  index === 0 ? keep : keep.replace(/(\.[^./\\]*)?$/, `-${index + 1}$1`);

/** What a report is made of. */
export interface Made {
  readonly sources: readonly Source[];
  /** What was asked for, in a sentence; `undefined` where it was all. */
  readonly scope: string | undefined;
}
export const sourcesOf = async (
  { scans, stack, keep, baseline }: SourcesAsked,
  asked: ScopeAsked = allAsked,
): Promise<Made> => {
  const scope = scopeText(asked, asked.units);
  if (scans.length > 0)
    return { sources: savedIn(await savedScans('--scan', scans), asked), scope };
  const known =
    stack === undefined ? await liveScans(baseline, asked) : await knownBy(stack, baseline, asked);
  if (keep !== undefined)
    for (const [index, record] of known.entries())
      await written(fileOf(keep, index), recordPieces(record));
  return { sources: known.map(sourceOf), scope };
};
