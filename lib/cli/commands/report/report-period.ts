import { actionsIn, type Installed } from '../../../reporting/installed.ts';
import { keptHistory } from '../../../reporting/kept-history.ts';
import type { RecordedAction, RecordedActions } from '../../../reports/compliance/record.ts';
import type { Source } from '../../../reports/compliance/report.ts';
import type { Period } from '../../../reports/history/gaps.ts';
import {
  type ControlName,
  type PeriodAbout,
  periodReport,
} from '../../../reports/history/period-report.ts';
import type { Timeline } from '../../../reports/history/timeline.ts';
import { UserError } from '../../../support/user-error.ts';
import { partsOf } from '../../arguments.ts';
import { installedNamed } from '../../installed-named.ts';
import { usualStack } from '../../own-buckets.ts';
import { accountsUnder, unitsText } from './report-units.ts';

const dayMs = 86_400_000;

/** A period of the history of an installation, and what of it is wanted; all where nothing is named. */
export interface HistoryAsked {
  readonly period: Period;
  readonly stack: string;
  readonly baseline: string | undefined;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  readonly tag: { readonly key: string; readonly value: string | undefined } | undefined;
}
interface Given {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly account?: readonly string[] | undefined;
  readonly region?: readonly string[] | undefined;
  readonly tag?: string | undefined;
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
const listed = (name: string, values: readonly string[] = []): readonly string[] => {
  const parts = partsOf(values);
  if (parts.includes('')) throw new UserError(`--${name} has an empty part; see --help`);
  return parts;
};
const tagOf = (text: string | undefined): HistoryAsked['tag'] => {
  if (text === undefined) return undefined;
  const [, key = '', value] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
  if (key === '') throw new UserError(`--tag is ${text}; give a key, or key=value`);
  return { key, value };
};

const checkTogether = ({ from, ...given }: Given): void => {
  if (from === undefined) {
    for (const name of ['to', 'account', 'tag'] as const)
      if (given[name] !== undefined)
        throw new UserError(`--${name} is of a period: give --from <day> as well`);
    return;
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
    accounts: listed('account', given.account),
    regions: listed('region', given.region),
    tag: tagOf(given.tag),
  };
};

const isWantedBy =
  ({ accounts, regions, tag }: HistoryAsked) =>
  ({ account, region, tags = {} }: Timeline['subject']): boolean =>
    (accounts.length === 0 || accounts.includes(account)) &&
    (regions.length === 0 || regions.includes(region)) &&
    (tag === undefined ||
      (Object.hasOwn(tags, tag.key) && (tag.value === undefined || tags[tag.key] === tag.value)));

/** What was done in the period; the ledger knows no tags, so that of a tag nothing is told. */
const doneIn = async (
  { period, accounts, regions, tag }: HistoryAsked,
  installed: Installed,
): Promise<RecordedActions | undefined> => {
  if (tag !== undefined) return undefined;
  const span = { from: new Date(period.from), to: new Date(period.to) };
  const done = await actionsIn(span, installed);
  const isWanted = ({ account = installed.account, region }: RecordedAction) =>
    (accounts.length === 0 || accounts.includes(account)) &&
    (regions.length === 0 || regions.includes(region));
  return done && { ...done, list: done.list.filter(isWanted) };
};

/** What a report of a period is made of. @param units of whose accounts alone; of all, where none is named */
export const periodSources = async (
  said: HistoryAsked,
  name: ControlName,
  units: readonly string[] = [],
): Promise<{ readonly sources: readonly Source[]; readonly period: PeriodAbout }> => {
  const installed = await installedNamed(said.stack, said.baseline);
  const accounts = units.length === 0 ? said.accounts : accountsUnder(units, installed);
  const asked = { ...said, accounts };
  const { history, account: home } = installed;
  if (history === undefined)
    throw new UserError(
      `the stack ${asked.stack} keeps no history: set history: true in the baseline and deploy it`,
    );
  const { lines, faults, sums } = await keptHistory(installed, history, asked.period);
  const { records, about } = periodReport(lines, asked.period, name, isWantedBy(asked));
  const isOf = ({ account }: { readonly account: string }) =>
    asked.accounts.length === 0 || asked.accounts.includes(account);
  const wanted = records.filter(isOf);
  if (wanted.length === 0)
    throw new UserError(
      `the history has nothing of ${asked.accounts.join(', ') || 'any account'}; it is of ${records.map(({ account }) => account).join(', ') || 'none'}`,
    );
  const chosen =
    units.length === 0
      ? []
      : unitsText(
          units,
          accounts,
          wanted.map(({ account }) => account),
        );
  const isNarrowed = asked.regions.length > 0 || asked.tag !== undefined;
  const done = await doneIn(asked, installed);
  // The record of the account that acts tells of them; where that is not asked for, any other does.
  const teller = wanted.find(({ account }) => account === home) ?? wanted[0];
  const sources = wanted.map((scan, index) => ({
    scan: {
      ...scan,
      isNarrowed,
      gaps: index === 0 ? [...chosen, ...faults] : [],
      stack: asked.stack,
      ...(scan.account === home ? {} : { hub: home }),
      ...(done && scan === teller ? { actions: done } : {}),
    },
    sha256: sums[scan.account] ?? '',
  }));
  return { sources, period: { ...about, gaps: about.gaps.filter(isOf) } };
};
