import type { Catalogue } from '../../../reporting/catalogue.ts';
import { actionsIn } from '../../../reporting/installed.ts';
import { keptHistory } from '../../../reporting/kept-history.ts';
import { darkIn, darkText } from '../../../reports/compliance/dark.ts';
import type { Recorded } from '../../../reports/compliance/record.ts';
import { isOfAccount, isOfRegion, scopeText } from '../../../reports/compliance/scope.ts';
import type { Period } from '../../../reports/history/gaps.ts';
import { type PeriodAbout, periodReport } from '../../../reports/history/period-report.ts';
import type { Timeline } from '../../../reports/history/timeline.ts';
import { UserError } from '../../../support/user-error.ts';
import { installedNamed, type NamedInstallation } from '../../installed-named.ts';
import { usualStack } from '../../own-buckets.ts';
import { accountsIn, checkKept, type ScopeAsked } from './report-scope.ts';
import type { Made } from './report-sources.ts';

const dayMs = 86_400_000;

/** A period of the history of an installation. */
export interface HistoryAsked {
  readonly period: Period;
  readonly stack: string;
  readonly baseline: string | undefined;
}
interface Given {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly stack?: string | undefined;
  readonly baseline?: string | undefined;
  readonly scan?: readonly string[] | undefined;
  readonly keep?: string | undefined;
  readonly compare?: readonly string[] | undefined;
}

const dayOf = (name: string, text: string): number => {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  const isReal = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  if (!isReal) throw new UserError(`--${name} is ${text}; give a day such as 2026-11-30`);
  return at;
};

const checkTogether = ({ from, ...given }: Given): void => {
  if (from === undefined) {
    if (given.to === undefined) return;
    throw new UserError('--to is of a period: give --from <day> as well');
  }
  for (const name of ['scan', 'keep', 'compare'] as const)
    if (given[name] !== undefined)
      throw new UserError(`--from does not go with --${name}: a history has its own files`);
};

/** What the options ask of a history; `undefined` where they ask for no period. */
export const historyAsked = (given: Given, now: Date): HistoryAsked | undefined => {
  checkTogether(given);
  if (given.from === undefined) return undefined;
  const from = dayOf('from', given.from);
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  const to = given.to === undefined ? today : dayOf('to', given.to) + dayMs;
  if (from >= to)
    throw new UserError(
      `the period ends before it begins: --from ${given.from}, the last day is ${new Date(to - dayMs).toISOString().slice(0, 10)}`,
    );
  return {
    period: { from, to },
    stack: given.stack ?? usualStack,
    baseline: given.baseline,
  };
};

/** What is known of other accounts than those asked for is not told, and of those asked for that nothing is known is. */
const wantedOf = (
  records: readonly Recorded[],
  accounts: readonly string[],
  { account: home, baseline, stack }: NamedInstallation,
): { readonly wanted: readonly Recorded[]; readonly dark: readonly string[] } => {
  const known = records.map(({ account }) => account);
  const wanted = records.filter(({ account }) => isOfAccount({ accounts }, account));
  const dark = accounts.filter((id) => !known.includes(id));
  const other = dark.find((id) => id !== home && !(baseline.accounts ?? []).includes(id));
  if (wanted.length > 0 && other === undefined) return { wanted, dark };
  throw new UserError(
    `the history of ${stack} has nothing of ${other ?? (accounts.join(', ') || 'any account')}; it is of ${known.join(', ') || 'none'}`,
  );
};

const notLookedIn = (
  { notLookedAt = [] }: Recorded,
  dark: readonly string[],
): Pick<Recorded, 'notLookedAt'> => {
  const all = [...darkIn(dark), ...notLookedAt];
  return all.length > 0 ? { notLookedAt: all } : {};
};

/** What a report of a period is made of. */
export const periodSources = async (
  asked: HistoryAsked,
  { about: name, isGlobal }: Pick<Catalogue, 'about' | 'isGlobal'>,
  said: ScopeAsked,
): Promise<Made & { readonly period: PeriodAbout }> => {
  const installed = await installedNamed(asked.stack, asked.baseline);
  const { history, account: home } = installed;
  if (history === undefined)
    throw new UserError(
      `the stack ${asked.stack} keeps no history: set history: true in the baseline and deploy it`,
    );
  // Accounts that were governed once are in a history as well.
  const accounts = said.units.length === 0 ? said.accounts : accountsIn(said, installed);
  const scope = { ...said, accounts };
  checkKept(said.tags, installed.baseline, asked.stack, '--from');
  const { lines, faults, sums } = await keptHistory(installed, history, asked.period);
  const isWanted = ({ account, region, control }: Timeline['subject']): boolean =>
    isOfAccount(scope, account) && (isGlobal(control) || isOfRegion(scope, region));
  const { records, about } = periodReport(lines, asked.period, name, isWanted, said.tags);
  const { wanted, dark } = wantedOf(records, accounts, installed);
  const span = { from: new Date(asked.period.from), to: new Date(asked.period.to) };
  const done = await actionsIn(span, installed, scope);
  // The record of the account that acts tells of them; where that is not asked for, any other does.
  const teller = wanted.find(({ account }) => account === home) ?? wanted[0];
  const sources = wanted.map((scan, index) => ({
    scan: {
      ...scan,
      regions: scan.regions.filter((region) => isOfRegion(scope, region)),
      gaps: [...(index === 0 ? [...darkText(dark), ...faults] : []), ...(scan.gaps ?? [])],
      ...notLookedIn(scan, index === 0 ? dark : []),
      stack: asked.stack,
      ...(scan.account === home ? {} : { hub: home }),
      ...(done && scan === teller ? { actions: done } : {}),
    },
    sha256: sums[scan.account] ?? '',
  }));
  const isOf = ({ account, region }: PeriodAbout['gaps'][number]) =>
    isOfAccount(scope, account) && (region === undefined || isOfRegion(scope, region));
  return {
    sources,
    scope: scopeText(said, said.units),
    period: { ...about, gaps: about.gaps.filter(isOf) },
  };
};
