import { keyOf } from '../../engine/changes/change.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import type { ControlRow, Remediating, ResourceRow } from '../../engine/posture/row.ts';
import type { Action, Wait } from '../../engine/remediation/action.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import { waitsUntil } from '../../engine/remediation/due-remediations.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import { clip } from '../../support/clip.ts';
import { plural } from '../../support/plural.ts';
import { publicationFor } from '../evaluate/record.ts';
import { noteOn } from '../runtime/note.ts';
import { rewriteRow, withControls } from '../runtime/rewrite-row.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { blockAction } from './block.ts';
import { noteWaiting } from './note-waiting.ts';
import { releaseIfOn } from './release.ts';

const mostWhy = 300;
/** Nothing is asked again sooner: the clock looks every fifteen minutes, a settle may come at once. */
const leastSeconds = 60;

/** The controls of a row that are still to be put right by a request. */
const wantedIn = (row: ResourceRow, ask: FixRequest): [string, ControlRow][] =>
  row.goneAt === undefined
    ? Object.entries(row.controls).filter(
        ([id, { remediation, lastKnown }]) =>
          ask.controls.includes(id) && lastKnown === 'FAIL' && remediation?.action === ask.id,
      )
    : [];

const pendingOf = (ask: FixRequest, { guard, why, ...wait }: Wait, now: Date) => {
  const seconds = Math.max(leastSeconds, wait.seconds);
  return {
    state: 'waiting' as const,
    notBefore: new Date(now.getTime() + seconds * 1000).toISOString(),
    ...(wait.bySweep ? { bySweep: true as const } : {}),
    guard,
    why: clip(why, mostWhy),
    since: ask.waited?.since ?? now.toISOString(),
  };
};

const withPending = (
  { bySweep: _, tries = 0, ...before }: Remediating,
  ask: FixRequest,
  pending: ReturnType<typeof pendingOf>,
): Remediating => ({
  ...before,
  ...pending,
  since: before.since ?? pending.since,
  // The request of a host was made again meanwhile, by the queue of host messages.
  tries: Math.max(tries, ask.waited?.tries ?? 0),
});

const dueOf = async (row: ResourceRow, runtime: RemediationRuntime): Promise<string> => {
  const { dueAt } = await publicationFor(row, runtime);
  return new Date(Math.min(Date.parse(dueAt), ...waitsUntil(row))).toISOString();
};

/**
 * Writes with the row that an action waits, so that its message can go: the sweep, or the row's own clock, asks again.
 * What no row wants any more is blocked.
 */
export const pend = async (
  ask: FixRequest & Delivered,
  action: Action,
  wait: Wait,
  runtime: RemediationRuntime,
): Promise<void> => {
  const key = keyOf(action);
  const pending = pendingOf(ask, wait, runtime.clock());
  let isNews = false;
  const isKept = await rewriteRow(
    key,
    runtime,
    (before) => {
      const wanted = wantedIn(before, ask);
      isNews = wanted.some(([, { remediation }]) => remediation?.guard !== wait.guard);
      return withControls(
        before,
        wanted.flatMap(([id, one]) =>
          one.remediation
            ? [[id, { ...one, remediation: withPending(one.remediation, ask, pending) }] as const]
            : [],
        ),
      );
    },
    (row) => dueOf(row, runtime),
  );
  if (!isKept) return blockAction(action, wait, runtime);
  await noteWaiting(key, ask.controls, wait.guard, runtime);
  await releaseIfOn(key, wait.guard, runtime);
  if (!isNews) return;
  const text = `Plumbline waits to put it right: ${wait.guard}, ${wait.why}.`;
  await noteOn(identifiersOf(action, action.controls), clip(text, 512), runtime);
};

/**
 * Of an action that the switch has stopped between two calls: what is left is another action, which is pending until it
 * is on. What was called is verified, and not taken back: that would take calls too. A person is told, and asks again.
 */
export const pendStopped = async (action: Action, runtime: RemediationRuntime): Promise<void> => {
  const { id, calls, stopped, askedBy, controls: ids } = action;
  if (!stopped || askedBy.kind === 'person') return;
  const key = keyOf(action);
  const made = calls.filter(({ result }) => result !== 'failed').length;
  const why = `remediation was switched off after ${plural(made, 'call')} of ${id}`;
  const now = runtime.clock();
  const notBefore = new Date(now.getTime() + leastSeconds * 1000).toISOString();
  const guard = 'killSwitch';
  let waits = false;
  const isKept = await rewriteRow(
    key,
    runtime,
    (before) => {
      waits = false;
      const stoppedIn = Object.entries(before.controls).flatMap(([control, row]) => {
        const { remediation } = row;
        if (!ids.includes(control) || remediation?.action !== id) return [];
        // A delivery that died may have written the row, and noted nothing.
        if (remediation.state === 'waiting') {
          waits = true;
          return [];
        }
        const { attempt = 0 } = remediation;
        const pending = { state: 'waiting', notBefore, bySweep: true, guard, why } as const;
        const anew = { ...remediation, ...pending, since: now.toISOString(), attempt: attempt + 1 };
        return [[control, { ...row, remediation: anew }] as const];
      });
      return withControls(before, stoppedIn);
    },
    (row) => dueOf(row, runtime),
  );
  if (!isKept && !waits) return;
  await noteWaiting(key, ids, guard, runtime);
  await releaseIfOn(key, guard, runtime);
};

/** A request waits for a quarter of an hour at most each time: noted so often, its silence is known within the hour. */
const notedMs = 20 * 60_000;

/** Notes in the row of a host that its ask waits in the queue of host messages, and for what. */
export const noteWaitsInQueue = async (
  ask: FixRequest & Delivered,
  { guard, why }: Wait,
  runtime: RemediationRuntime,
): Promise<void> => {
  const key = keyOf(ask);
  const now = runtime.clock();
  const waitsAt = now.toISOString();
  const since = new Date(now.getTime() - notedMs).toISOString();
  await rewriteRow(
    key,
    runtime,
    (before) =>
      withControls(
        before,
        wantedIn(before, ask).flatMap(([id, one]) => {
          const { remediation } = one;
          if (!remediation || (remediation.waitsAt ?? '') > since) return [];
          const said = { waitsAt, guard, why: clip(why, mostWhy) };
          return [
            [id, { ...one, remediation: { since: waitsAt, ...remediation, ...said } }] as const,
          ];
        }),
      ),
    (row) => dueOf(row, runtime),
  );
};
