import type { Recorded, RecordedResult } from './record.ts';

export interface Changed extends RecordedResult {
  readonly account: string;
}
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

const keyOf = ({ account, control, region, resourceType, id }: Changed): string =>
  JSON.stringify([account, control, region, resourceType, id]);
/** Results of these controls, with their account. */
export const placed = (
  scans: readonly Recorded[],
  controls: ReadonlySet<string>,
): readonly Changed[] =>
  scans.flatMap(({ account, results }) =>
    results
      .filter(({ control }) => controls.has(control))
      .map((result) => ({ ...result, account })),
  );
const isFailing = ({ status, exemption }: RecordedResult): boolean =>
  status === 'FAIL' && exemption === undefined;

/**
 * Whether a control was evaluated in an account and region. What is global stands in one region that may not be among those
 * that were asked for: there its results say where.
 */
const createLooked = (scans: readonly Recorded[]) => {
  const regions = new Map<string, Set<string>>();
  for (const { account, regions: asked, results } of scans) {
    const known = regions.get(account) ?? new Set();
    for (const region of [...asked, ...results.map((result) => result.region)]) known.add(region);
    regions.set(account, known);
  }
  return ({ account, control, region }: Changed): boolean =>
    scans.some((scan) => scan.account === account && Object.hasOwn(scan.controls, control)) &&
    (regions.get(account)?.has(region) ?? false);
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
  const earlier = placed(before, controls);
  const later = placed(now, controls);
  const failedThen = new Map(earlier.filter(isFailing).map((one) => [keyOf(one), one]));
  const knownThen = new Map(earlier.map((one) => [keyOf(one), one]));
  const knownNow = new Map(later.map((one) => [keyOf(one), one]));
  const [lookedThen, lookedNow] = [createLooked(before), createLooked(now)];
  const unreadNow = new Set(
    later
      .filter(({ status, id }) => status === 'UNKNOWN' && id === '*')
      .map(({ account, control, region }) => JSON.stringify([account, control, region])),
  );
  const isNarrowed = now.some((scan) => scan.isNarrowed);
  const failing = later.filter(isFailing);
  const fresh = failing.filter((one) => !failedThen.has(keyOf(one)));
  const wasKnown = (one: Changed) =>
    lookedThen(one) && knownThen.get(keyOf(one))?.status !== 'UNKNOWN';
  const ended = [...failedThen].filter(([key]) => {
    const found = knownNow.get(key);
    return !found || !isFailing(found);
  });
  const isExcepted = ([key]: readonly [string, Changed]): boolean =>
    knownNow.get(key)?.exemption !== undefined && knownNow.get(key)?.status === 'FAIL';
  const isAnswered = ([key, one]: readonly [string, Changed]): boolean => {
    const found = knownNow.get(key);
    if (found) return found.status !== 'UNKNOWN';
    const place = JSON.stringify([one.account, one.control, one.region]);
    return lookedNow(one) && !unreadNow.has(place) && !isNarrowed;
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
