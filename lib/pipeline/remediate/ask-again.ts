import { conflict, retryOnConflict } from '../../aws/stores/retry-on-conflict.ts';
import type { ControlRow, Remediating, ResourceRow } from '../../engine/posture/row.ts';
import { nextVersion } from '../../engine/posture/row-version.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { wordsOf } from './note-waiting.ts';
import { targetOf } from './target.ts';

const isWaitingFor = (what: string, id: string, one: Remediating | undefined): boolean =>
  one?.state === 'waiting' && one.guard !== undefined && wordsOf(one.guard, [id]).includes(what);

/** The controls that wait for it, with those that share their plan: they are asked for together. */
const releasedIn = (what: string, { controls }: ResourceRow, at: string) => {
  const waiting = Object.entries(controls).filter(([id, { remediation }]) =>
    isWaitingFor(what, id, remediation),
  );
  const actions = new Set(waiting.map(([, { remediation }]) => remediation?.action));
  return Object.entries(controls).flatMap(([id, row]): [string, ControlRow][] => {
    const { remediation } = row;
    if (remediation?.state !== 'waiting' || !actions.has(remediation.action)) return [];
    const { bySweep: _, ...kept } = remediation;
    return [[id, { ...row, remediation: { ...kept, notBefore: at } }]];
  });
};

/** Has one row ask again now. */
const release = async (what: string, key: string, runtime: RemediationRuntime): Promise<void> => {
  const at = runtime.clock().toISOString();
  const row = await retryOnConflict(key, runtime.posture.turns, async () => {
    const before = (await runtime.posture.read([key])).get(key);
    const released = before && before.goneAt === undefined ? releasedIn(what, before, at) : [];
    if (!before || released.length === 0) return undefined;
    const controls = { ...before.controls, ...Object.fromEntries(released) };
    const after = { ...before, version: nextVersion(before.version), controls };
    // Looked at by the clock as well, should the message be lost.
    return (await runtime.posture.write(key, before, after, at)) ? after : conflict;
  });
  if (row) await targetOf(row).review(row, runtime);
  await runtime.remediation.waiting.forget(what, key);
};

const atOnce = 10;

/** Has everything asked for again at once that waited for what an operator has let go. */
export const askAgain = async (what: string, runtime: RemediationRuntime): Promise<void> => {
  const keys = await runtime.remediation.waiting.all(what);
  for (let from = 0; from < keys.length; from += atOnce) {
    const some = keys.slice(from, from + atOnce);
    await Promise.all(some.map((key) => release(what, key, runtime)));
  }
};
