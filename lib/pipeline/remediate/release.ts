import { attempted } from '../../aws/errors.ts';
import { conflict, retryOnConflict } from '../../aws/stores/retry-on-conflict.ts';
import type { ControlRow, Remediating, ResourceRow } from '../../engine/posture/row.ts';
import { nextVersion } from '../../engine/posture/row-version.ts';
import { switchWord } from '../../resources/account/switch.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { wordsOf } from './note-waiting.ts';

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

/** The row that waits no more, and is due now; undefined where nothing of it waited for this. */
export const release = (
  what: string,
  key: string,
  { posture, clock }: RemediationRuntime,
): Promise<ResourceRow | undefined> => {
  const at = clock().toISOString();
  return retryOnConflict(key, posture.turns, async () => {
    const before = (await posture.read([key])).get(key);
    const released = before && before.goneAt === undefined ? releasedIn(what, before, at) : [];
    if (!before || released.length === 0) return undefined;
    const controls = { ...before.controls, ...Object.fromEntries(released) };
    const after = { ...before, version: nextVersion(before.version), controls };
    return (await posture.write(key, before, after, at)) ? after : conflict;
  });
};

/**
 * Lets a row go that was noted as waiting for the switch just now, where that is on by now: whoever turned it on
 * meanwhile looked before the note was there. The clock asks for it within a quarter of an hour.
 */
export const releaseIfOn = async (
  key: string,
  guard: string,
  runtime: RemediationRuntime,
): Promise<void> => {
  if (guard !== 'killSwitch') return;
  const read = await attempted(() => runtime.remediation.isOn());
  if ('value' in read && read.value) await release(switchWord, key, runtime);
};
