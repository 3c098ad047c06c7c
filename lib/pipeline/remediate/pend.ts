import { conflict, retryOnConflict } from '../../aws/stores/retry-on-conflict.ts';
import { keyOf } from '../../engine/changes/change.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import type { ControlRow, Remediating, ResourceRow } from '../../engine/posture/row.ts';
import { nextVersion } from '../../engine/posture/row-version.ts';
import type { Action, Wait } from '../../engine/remediation/action.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import { waitsUntil } from '../../engine/remediation/due-remediations.ts';
import type { FixRequest } from '../../engine/remediation/request.ts';
import { clip } from '../../support/clip.ts';
import { publicationFor } from '../evaluate/record.ts';
import { noteOn } from '../runtime/note.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { blockAction } from './block.ts';

const mostWhy = 300;
/** Nothing is asked again sooner: the clock looks every fifteen minutes, a settle may come at once. */
const leastSeconds = 60;

/** The controls of a row that an ask is still wanted for. */
const wantedIn = (row: ResourceRow | undefined, ask: FixRequest): [string, ControlRow][] =>
  row && row.goneAt === undefined
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
  // A host's ask was made again meanwhile, by the queue of host messages.
  tries: Math.max(tries, ask.waited?.tries ?? 0),
});

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
  const isKept = await retryOnConflict(key, runtime.posture.turns, async () => {
    const before = (await runtime.posture.read([key])).get(key);
    const wanted = wantedIn(before, ask);
    if (!before || wanted.length === 0) return false;
    isNews = wanted.some(([, { remediation }]) => remediation?.guard !== wait.guard);
    const controls = wanted.flatMap(([id, one]) =>
      one.remediation
        ? [[id, { ...one, remediation: withPending(one.remediation, ask, pending) }] as const]
        : [],
    );
    const row: ResourceRow = {
      ...before,
      version: nextVersion(before.version),
      controls: { ...before.controls, ...Object.fromEntries(controls) },
    };
    const { dueAt } = await publicationFor(row, runtime);
    const dues = [Date.parse(dueAt), ...waitsUntil(row)];
    const next = new Date(Math.min(...dues)).toISOString();
    return (await runtime.posture.write(key, before, row, next)) || conflict;
  });
  if (!isKept) return blockAction(action, wait, runtime);
  if (!isNews) return;
  const text = `Plumbline waits to put it right: ${wait.guard}, ${wait.why}.`;
  await noteOn(identifiersOf(action, action.controls), clip(text, 512), runtime);
};
