import { attempted } from '../../aws/errors.ts';
import type { ControlRow, Remediating, ResourceRow } from '../../engine/posture/row.ts';
import { switchWord } from '../../resources/account/switch-word.ts';
import { rewriteRow, withControls } from '../runtime/rewrite-row.ts';
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
  runtime: RemediationRuntime,
): Promise<ResourceRow | undefined> => {
  const at = runtime.clock().toISOString();
  return rewriteRow(
    key,
    runtime,
    (row) => (row.goneAt === undefined ? withControls(row, releasedIn(what, row, at)) : undefined),
    () => at,
  );
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
