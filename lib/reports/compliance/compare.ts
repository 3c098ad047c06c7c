import type { PlacedResult, Recorded, RecordedResult } from './record.ts';

export type Changed = PlacedResult;
/** What is different since an earlier report. */
export interface Comparison {
  /** Fails now; the same control did not fail it there before. */
  readonly worse: readonly Changed[];
  /** Failed before; the control was evaluated there again, and it does not fail. */
  readonly better: readonly Changed[];
  /** Fails now, where nothing was evaluated before: nobody can say that it got worse. */
  readonly firstSeen: readonly Changed[];
  /** Failed before, and somebody answers for it now: it fails as before. */
  readonly excepted: readonly Changed[];
  /** Failed before, and nobody can say how it is now. */
  readonly open: readonly Changed[];
  /** Fails as before. */
  readonly same: number;
}

export const keyOf = ({ account, control, region, resourceType, id }: Changed): string =>
  JSON.stringify([account, control, region, resourceType, id]);
/** Results of these controls. */
export const resultsOf = (
  scans: readonly Recorded[],
  controls: ReadonlySet<string>,
): readonly Changed[] =>
  scans.flatMap(({ results }) => results.filter(({ control }) => controls.has(control)));
const isFailing = ({ status, exemption }: RecordedResult): boolean =>
  status === 'FAIL' && exemption === undefined;

/**
 * Whether a control was evaluated on all that is in an account and region: not where options left resources out, or where they
 * could not be listed.
 */
const createLooked = (scans: readonly Recorded[], results: readonly Changed[]) => {
  const placeOf = ({ account, control, region }: Changed) =>
    JSON.stringify([account, control, region]);
  const unread = new Set(
    results.filter(({ status, id }) => status === 'UNKNOWN' && id === '*').map(placeOf),
  );
  return (one: Changed): boolean =>
    !unread.has(placeOf(one)) &&
    scans.some(({ account, controls, isNarrowed, homeRegion, regions }) => {
      if (account !== one.account || isNarrowed || !Object.hasOwn(controls, one.control))
        return false;
      return controls[one.control]?.isGlobal
        ? one.region === homeRegion
        : regions.includes(one.region);
    });
};

const inOrder = (changed: readonly Changed[]): readonly Changed[] =>
  changed
    .map((one) => ({ one, key: keyOf(one) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one);

/** What these controls found, against what they found before. */
export const compared = (
  before: readonly Recorded[],
  now: readonly Recorded[],
  controls: ReadonlySet<string>,
): Comparison => {
  const earlier = resultsOf(before, controls);
  const later = resultsOf(now, controls);
  const failedThen = new Map(earlier.filter(isFailing).map((one) => [keyOf(one), one]));
  const knownThen = new Map(earlier.map((one) => [keyOf(one), one]));
  const knownNow = new Map(later.map((one) => [keyOf(one), one]));
  const lookedThen = createLooked(before, earlier);
  const lookedNow = createLooked(now, later);
  const failing = later.filter(isFailing);
  const fresh = failing.filter((one) => !failedThen.has(keyOf(one)));
  const wasKnown = (one: Changed): boolean => {
    const found = knownThen.get(keyOf(one));
    return found ? found.status !== 'UNKNOWN' : lookedThen(one);
  };
  const ended = [...failedThen].filter(([key]) => {
    const found = knownNow.get(key);
    return !found || !isFailing(found);
  });
  const isExcepted = ([key]: readonly [string, Changed]): boolean =>
    knownNow.get(key)?.exemption !== undefined && knownNow.get(key)?.status === 'FAIL';
  const isAnswered = ([key, one]: readonly [string, Changed]): boolean => {
    const found = knownNow.get(key);
    return found ? found.status !== 'UNKNOWN' : lookedNow(one);
  };
  return {
    worse: inOrder(fresh.filter(wasKnown)),
    better: inOrder(
      ended.filter((each) => isAnswered(each) && !isExcepted(each)).map(([, one]) => one),
    ),
    excepted: inOrder(ended.filter(isExcepted).map(([, one]) => one)),
    firstSeen: inOrder(fresh.filter((one) => !wasKnown(one))),
    open: inOrder(ended.filter((each) => !isAnswered(each)).map(([, one]) => one)),
    same: failing.length - fresh.length,
  };
};
