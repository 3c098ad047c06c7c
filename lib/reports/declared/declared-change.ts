import { onceEach } from '../../support/once.ts';
import { printedJson } from '../../support/printed-json.ts';
import { plainResult } from './declared-json.ts';
import { type CheckResult, inOrder, isOpenFailure, type Located } from './declared-result.ts';

/** What another evaluation brought. */
export interface Change {
  /** Verdicts that were not there before, or came out otherwise. */
  readonly appeared: readonly Located[];
  readonly gone: readonly Located[];
  /** Sentences on what cannot be evaluated. */
  readonly told: readonly string[];
  readonly toldNoMore: readonly string[];
}

// Of the files that stay the verdicts do, and a change is of one among many.
const keyOf = onceEach(({ file, control, name }: Located) =>
  JSON.stringify([file, control.id, name]),
);

/** Where it stands says nothing: lines move. */
const saidBy = onceEach((one: Located) =>
  JSON.stringify([keyOf(one), one.verdict, one.exemption, one.when]),
);

const sentencesIn = (result: CheckResult | undefined): ReadonlySet<string> =>
  new Set([...(result?.problems ?? []), ...(result?.warnings ?? [])].map(({ message }) => message));

/** What is told now and was not before, and the other way round. */
export const changeBetween = (
  before: CheckResult | undefined,
  after: CheckResult,
  isShown: (one: Located) => boolean,
): Change => {
  const then = (before?.located ?? []).filter(isShown);
  const now = after.located.filter(isShown);
  const known = new Set(then.map(saidBy));
  const left = new Set(now.map(keyOf));
  const [told, toldNow] = [sentencesIn(before), sentencesIn(after)];
  return {
    appeared: now.filter((one) => !known.has(saidBy(one))),
    gone: then.filter((one) => !left.has(keyOf(one))),
    told: [...toldNow].filter((one) => !told.has(one)),
    toldNoMore: [...told].filter((one) => !toldNow.has(one)),
  };
};

/** One line of JSON. */
export const changeJson = (
  { appeared, gone, told, toldNoMore }: Change,
  result: CheckResult,
  about: { readonly changed: readonly string[]; readonly ms: number },
): string => {
  const { files, resources, located } = result;
  return printedJson(
    {
      ...about,
      files,
      resources,
      failed: located.filter(isOpenFailure).length,
      unknown: located.filter(({ verdict }) => verdict.status === 'UNKNOWN').length,
      appeared: inOrder(appeared).map((one) => plainResult(one.located)),
      gone: gone.map(({ file, control, name }) => ({ file, control: control.id, logicalId: name })),
      told,
      toldNoMore,
    },
    0,
  );
};
