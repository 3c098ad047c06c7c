import type { Control } from '../../../model/control.ts';
import type { Evaluation } from '../../../pipeline/scan/scan-resource.ts';
import { parseJson } from '../../../support/json.ts';
import { printedJson } from '../../../support/printed-json.ts';
import { asRecord, list, text } from '../../../support/untyped.ts';
import { UserError } from '../../../support/user-error.ts';
import { written } from '../../../support/written.ts';
import { textIn } from '../../text-in.ts';

/** A verdict that somebody knows of: a finding, or what could not be evaluated and why. */
export interface KnownVerdict {
  readonly control: string;
  readonly resource: string;
  readonly region: string;
  readonly id: string;
  readonly status: 'FAIL' | 'UNKNOWN';
  readonly reason: string;
}
/** What `--write-known` wrote. */
export interface Known {
  readonly file: string;
  readonly account: string;
  readonly verdicts: readonly KnownVerdict[];
}

const wrong = (file: string, what: string): UserError =>
  new UserError(`${file} is no file that --write-known wrote: ${what}`);

const verdictIn = (file: string, value: unknown, index: number): KnownVerdict => {
  const read = asRecord(value);
  const taken = (name: string): string => {
    const found = text(read[name]);
    if (found !== undefined) return found;
    throw wrong(file, `entry ${index + 1} has no ${name}`);
  };
  const status = taken('status');
  if (status !== 'FAIL' && status !== 'UNKNOWN')
    throw wrong(file, `entry ${index + 1} has the status ${status}; allowed: FAIL, UNKNOWN`);
  const [control, resource, region] = [taken('control'), taken('resource'), taken('region')];
  return { control, resource, region, id: taken('id'), status, reason: taken('reason') };
};

export const readKnown = async (file: string): Promise<Known> => {
  const content = await textIn('--known', file);
  let read: Record<string, unknown>;
  try {
    read = asRecord(parseJson(content));
  } catch (cause) {
    throw new UserError(`${file} is no file that --write-known wrote: it is no JSON`, { cause });
  }
  const account = text(read['account']);
  if (account === undefined || !Array.isArray(read['known']))
    throw wrong(file, 'it has no account, or no list of what is known');
  const verdicts = list(read['known']).map((each, index) => verdictIn(file, each, index));
  return { file, account, verdicts };
};

/** Refuses what is known of another account. */
export const checkAccount = (known: Known | undefined, account: string): void => {
  if (known && known.account !== account)
    throw new UserError(`${known.file} is of account ${known.account}, and this is ${account}`);
};

const verdictOf = ({ control, arn, ref, verdict }: Evaluation): KnownVerdict | undefined =>
  verdict.status === 'FAIL' || verdict.status === 'UNKNOWN'
    ? {
        control: control.id,
        resource: arn,
        region: ref.region,
        id: ref.id,
        status: verdict.status,
        reason: verdict.reason,
      }
    : undefined;

/** An unknown is known with its reason alone: another reason is another obstacle. */
const keyOf = ({ control, region, id, status, reason }: KnownVerdict): string =>
  JSON.stringify([control, region, id, status, ...(status === 'UNKNOWN' ? [reason] : [])]);

export interface SinceKnown {
  readonly newFailed: number;
  readonly newUnknown: number;
  readonly knownFailed: number;
  readonly knownUnknown: number;
  /** Known, and failing for another reason now. */
  readonly changed: number;
  /** Known to fail, and passing now, or the resource is gone. */
  readonly putRight: number;
}
/** What was looked at, by which a known verdict that is no longer there can be told from one that was not asked for. */
export interface Scope {
  readonly regions: readonly string[];
  readonly controls: readonly Control[];
  /** Whether every resource was asked for. */
  readonly isWhole: boolean;
}

/** Compares what is evaluated with what is known, one verdict at a time. */
export const createComparison = (known: Known | undefined) => {
  const before = new Map((known?.verdicts ?? []).map((each) => [keyOf(each), each]));
  const seen = new Set<string>();
  const fine = new Set<string>();
  const unsaid = new Set<string>();
  const kept: KnownVerdict[] = [];
  const numbers = { newFailed: 0, newUnknown: 0, knownFailed: 0, knownUnknown: 0, changed: 0 };
  return {
    /** Whether this verdict was known before. */
    isKnown(evaluation: Evaluation): boolean {
      const { control, ref } = evaluation;
      const found = verdictOf(evaluation);
      const place = JSON.stringify([control.id, ref.region, ref.id]);
      const isExempted = evaluation.exemption !== undefined && found?.status === 'FAIL';
      if (!found || isExempted) {
        fine.add(place);
        return false;
      }
      kept.push(found);
      if (found.status === 'UNKNOWN') unsaid.add(ref.id === '*' ? `${control.id} *` : place);
      const earlier = before.get(keyOf(found));
      if (!earlier) {
        numbers[found.status === 'UNKNOWN' ? 'newUnknown' : 'newFailed'] += 1;
        return false;
      }
      seen.add(keyOf(earlier));
      numbers[earlier.status === 'FAIL' ? 'knownFailed' : 'knownUnknown'] += 1;
      if (earlier.reason !== found.reason) numbers.changed += 1;
      return true;
    },
    /** What is to be known from now on. */
    kept,
    since({ regions, controls, isWhole }: Scope): SinceKnown {
      const ids = new Set<string>(controls.map(({ id }) => id));
      const gone = [...before].filter(([key, { control, region, id, status }]) => {
        const place = JSON.stringify([control, region, id]);
        if (status !== 'FAIL' || seen.has(key) || !ids.has(control)) return false;
        if (unsaid.has(place) || unsaid.has(`${control} *`) || !regions.includes(region))
          return false;
        return isWhole || fine.has(place);
      });
      return { ...numbers, putRight: gone.length };
    },
  };
};

/** The same verdicts make the same file, in whichever order AWS answered. */
const inOrder = (verdicts: readonly KnownVerdict[]): readonly KnownVerdict[] =>
  verdicts
    .map((verdict) => ({ verdict, key: keyOf(verdict) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ verdict }) => verdict);

/** Writes what fails or is unknown now, for `--known` of later scans. */
export const writeKnown = (
  file: string,
  account: string,
  verdicts: readonly KnownVerdict[],
): Promise<void> =>
  written(file, `${printedJson({ version: 1, account, known: inOrder(verdicts) })}\n`);
