import type { Verdict } from '../../model/control.ts';
import { eventBlurMs } from '../changes/change.ts';
import type { ControlEvaluation } from '../evaluation/control-evaluation.ts';
import { beganOf, failureOf, isRenewed } from './drift.ts';
import { inLightOf } from './hidden.ts';
import type { ControlRow } from './row.ts';
import { stored } from './stored-verdict.ts';
import { completedBy, suspectsIn, suspectsOf } from './suspects.ts';

/** The latest of ISO 8601 times; `undefined` where there is none. */
export const latestOf = (...times: readonly (string | undefined)[]): string | undefined =>
  times.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);

/** The facets that differ between two reads; `undefined` where one of them is not known. */
const differing = (
  before: ControlRow['seen'],
  { seen: now }: ControlEvaluation,
): readonly string[] | undefined =>
  before && now ? Object.keys(before).filter((facet) => before[facet] !== now[facet]) : undefined;

/** What a later FAIL is compared with. */
const seenOf = (
  before: ControlRow | undefined,
  { status }: Verdict,
  { seen }: ControlEvaluation,
) => {
  const isKnown = status === 'PASS' || status === 'NOT_APPLICABLE';
  const known = isKnown ? seen : before?.seen;
  return known === undefined ? {} : { seen: known };
};

type Failing = Pick<ControlRow, 'failedBy' | 'turnedOn' | 'suspectsSince'>;

/** A clock of AWS's may be ahead of ours by as much. */
const mostSkewMs = 300_000;

/** When the reading was done, and all had happened that was known of before it began, whatever clock says so. */
const doneBy = ({ readAt, readBy = readAt, causes }: ControlEvaluation): string => {
  const latest = readBy.getTime() + mostSkewMs;
  const times = causes.map(({ time }) => time).filter((time) => Date.parse(time) <= latest);
  return latestOf(readBy.toISOString(), ...times) ?? readBy.toISOString();
};

/** What is kept of the first read of a FAIL, by which its suspects are told from those who came later. */
const failingOf = (
  before: ControlRow | undefined,
  evaluated: ControlEvaluation,
  isFirst: boolean,
): Failing => {
  const { renewedBy } = evaluated;
  if (!isFirst && before) {
    const { failedBy = before.since, turnedOn, suspectsSince } = before;
    return {
      failedBy,
      ...(turnedOn === undefined ? {} : { turnedOn }),
      ...(suspectsSince === undefined ? {} : { suspectsSince }),
    };
  }
  const turnedOn = differing(before?.seen, evaluated);
  return {
    // Of one that was renewed, an older read can tell.
    failedBy: latestOf(before?.failedBy, doneBy(evaluated)) ?? doneBy(evaluated),
    ...(turnedOn === undefined ? {} : { turnedOn }),
    // CloudTrail's times have whole seconds.
    ...(renewedBy && isRenewed(before, evaluated)
      ? { suspectsSince: new Date(`${renewedBy.startedAt.slice(0, 19)}Z`).toISOString() }
      : {}),
  };
};

/** From when on events are suspects: the last PASS does not prove innocent what it was too early to show. */
const suspectedFrom = (
  lastPassAt: string | undefined,
  { suspectsSince }: Failing,
  settlesAfterSeconds: number,
): number => {
  const uncertainMs = Math.max(settlesAfterSeconds * 1000, eventBlurMs);
  const passed = lastPassAt === undefined ? 0 : Date.parse(lastPassAt) - uncertainMs;
  return Math.max(passed, suspectsSince === undefined ? 0 : Date.parse(suspectsSince));
};

/** One control's row after a verdict; an older read than the row's adds its causes and nothing else. */
export const nextControlRow = (
  before: ControlRow | undefined,
  evaluated: ControlEvaluation,
  settlesAfterSeconds: number,
): ControlRow => {
  const { readAt, causes } = evaluated;
  const at = readAt.toISOString();
  const { deployedBy = before?.deployedBy } = evaluated;
  const { verdict, hidden } = inLightOf(before, evaluated.verdict, at);
  const isNewer = before === undefined || at > before.readAt;
  const passedAt = isNewer && verdict.status === 'PASS' ? at : undefined;
  const lastPassAt = latestOf(before?.lastPassAt, passedAt);
  const isAgain = isRenewed(before, evaluated);
  const isKnown = verdict.status !== 'UNKNOWN';
  const known = isKnown && isNewer ? verdict.status : before?.lastKnown;
  const isTurned = known !== before?.lastKnown;
  const failing = known === 'FAIL' ? failingOf(before, evaluated, isTurned || isAgain) : {};
  const window = {
    from: suspectedFrom(lastPassAt, failing, settlesAfterSeconds),
    until: failing.failedBy,
    completedBy: completedBy({ ...failing, began: beganOf(before, evaluated) }),
    turnedOn: failing.turnedOn,
    isHidden: hidden !== undefined,
  };
  const suspects = suspectsOf(before, causes, window);
  const events = suspectsIn([...suspects.causes, ...causes], window);
  if (!isNewer && before) {
    const { remediation: _, furtherCauses, changedSince, unproven, ...kept } = before;
    const plan = before.plan ? { plan: before.plan } : {};
    return {
      ...kept,
      ...(deployedBy === undefined ? {} : { deployedBy }),
      episodes: before.episodes + (isAgain && before.lastKnown === 'FAIL' ? 1 : 0),
      ...suspects,
      ...failing,
      ...failureOf(before, { ...evaluated, ...plan }, before.lastKnown, events),
    };
  }
  const knownAt = isKnown ? at : before?.knownAt;
  const settings = isKnown ? evaluated.settings : before?.settings;
  return {
    verdict: stored(verdict),
    ...(known === undefined ? {} : { lastKnown: known }),
    ...(knownAt === undefined ? {} : { knownAt }),
    since: isTurned || isAgain || before === undefined ? at : before.since,
    firstSeenAt: before?.firstSeenAt ?? at,
    readAt: at,
    ...(lastPassAt === undefined ? {} : { lastPassAt }),
    episodes: (before?.episodes ?? 0) + (known === 'FAIL' && (isTurned || isAgain) ? 1 : 0),
    ...suspects,
    ...failing,
    ...seenOf(before, verdict, evaluated),
    ...(settings === undefined ? {} : { settings }),
    ...(before?.lastAction === undefined ? {} : { lastAction: before.lastAction }),
    ...(before?.lastActionAt === undefined ? {} : { lastActionAt: before.lastActionAt }),
    ...failureOf(before, evaluated, known, events),
    ...(before?.hash === undefined ? {} : { hash: before.hash }),
    ...(before?.published === undefined ? {} : { published: before.published }),
    ...(before?.notified === undefined ? {} : { notified: before.notified }),
    ...(hidden === undefined ? {} : { hidden }),
    ...(deployedBy === undefined ? {} : { deployedBy }),
    ...(before?.toldDeployed === undefined ? {} : { toldDeployed: before.toldDeployed }),
    ...('denied' in verdict && verdict.denied ? { denied: verdict.denied } : {}),
  };
};
