import { type EventCause, eventBlurMs } from '../changes/change.ts';
import type { Judged } from '../evaluation/control-evaluation.ts';
import { failureOf, isRenewed } from './drift.ts';
import type { ControlRow } from './row.ts';
import { stored } from './stored-verdict.ts';

const mostCauses = 5;

/** The events that the last PASS does not prove innocent, each once. */
const suspects = (
  events: readonly EventCause[],
  lastPassAt: string | undefined,
  settlesAfterSeconds: number,
): readonly EventCause[] => {
  const known = new Map(events.map((event) => [event.id, event]));
  const uncertainMs = Math.max(settlesAfterSeconds * 1000, eventBlurMs);
  const since = lastPassAt === undefined ? 0 : Date.parse(lastPassAt) - uncertainMs;
  return [...known.values()].filter(({ time }) => Date.parse(time) >= since);
};

/** The latest five of them who have a name. The result does not depend on the order in which they came. */
const candidates = (events: readonly EventCause[]): readonly EventCause[] =>
  events
    // AWS Config and the services tell that something changed, not who changed it.
    .filter(({ by }) => by !== undefined)
    .toSorted((a, b) => a.time.localeCompare(b.time) || a.id.localeCompare(b.id))
    .slice(-mostCauses);

/** The latest of ISO 8601 times; `undefined` where there is none. */
export const latestOf = (...times: readonly (string | undefined)[]): string | undefined =>
  times.reduce((a, b) => (a === undefined || (b !== undefined && b > a) ? b : a), undefined);

/** One control's row after a verdict; an older read than the row's adds its causes and nothing else. */
export const nextControlRow = (
  before: ControlRow | undefined,
  judged: Judged,
  settlesAfterSeconds: number,
): ControlRow => {
  const { verdict, readAt, causes } = judged;
  const at = readAt.toISOString();
  const isNewer = before === undefined || at > before.readAt;
  const passedAt = isNewer && verdict.status === 'PASS' ? at : undefined;
  const lastPassAt = latestOf(before?.lastPassAt, passedAt);
  const events = suspects([...(before?.causes ?? []), ...causes], lastPassAt, settlesAfterSeconds);
  const all = candidates(events);
  const isAgain = isRenewed(before, judged);
  if (!isNewer && before) {
    const { remediation: _, ...kept } = before;
    const plan = before.plan ? { plan: before.plan } : {};
    return {
      ...kept,
      episodes: before.episodes + (isAgain && before.lastKnown === 'FAIL' ? 1 : 0),
      causes: all,
      ...failureOf(before, { ...judged, ...plan }, before.lastKnown, events),
    };
  }
  const isKnown = verdict.status !== 'UNKNOWN';
  const known = isKnown ? verdict.status : before?.lastKnown;
  const isTurned = known !== before?.lastKnown;
  const knownAt = isKnown ? at : before?.knownAt;
  const settings = isKnown ? judged.settings : before?.settings;
  return {
    verdict: stored(verdict),
    ...(known === undefined ? {} : { lastKnown: known }),
    ...(knownAt === undefined ? {} : { knownAt }),
    since: isTurned || isAgain || before === undefined ? at : before.since,
    firstSeenAt: before?.firstSeenAt ?? at,
    readAt: at,
    ...(lastPassAt === undefined ? {} : { lastPassAt }),
    episodes: (before?.episodes ?? 0) + (known === 'FAIL' && (isTurned || isAgain) ? 1 : 0),
    causes: all,
    ...(settings === undefined ? {} : { settings }),
    ...(before?.lastAction === undefined ? {} : { lastAction: before.lastAction }),
    ...(before?.lastActionAt === undefined ? {} : { lastActionAt: before.lastActionAt }),
    ...failureOf(before, judged, known, events),
    ...(before?.hash === undefined ? {} : { hash: before.hash }),
    ...(before?.published === undefined ? {} : { published: before.published }),
  };
};
