import type { Entry } from '../../aws/stores/ledger.ts';
import { identifiersOf } from '../../engine/findings/finding-id.ts';
import type { Action } from '../../engine/remediation/action.ts';
import { actionNote, ledgerNotice } from '../../engine/remediation/notification.ts';
import { noteOn } from '../runtime/note.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { type OfAction, unbegun } from './unbegun.ts';

/** The guard that refuses what stands in the ledger and is not what Plumbline planned. */
export const ledgerGuard = 'ledger';

/** Tells people, and on the findings, that an action is refused for what stands in the ledger. */
export const notifyOfLedger = async (
  refused: Action,
  runtime: RemediationRuntime,
): Promise<void> => {
  const { subject, message } = ledgerNotice(refused);
  await runtime.remediation.notify(subject, message);
  const findings = identifiersOf(refused, refused.controls);
  await noteOn(findings, actionNote(refused), runtime);
};

/** What is kept as this action is none of ours: nothing of it is used, and it ends as refused. */
export const disown = async (
  ask: OfAction,
  known: Entry,
  why: string,
  runtime: RemediationRuntime,
): Promise<void> => {
  const refused = await unbegun(ask, { guard: ledgerGuard, why }, undefined, runtime);
  // Told before it is written: what is told twice does no harm, what is never told does.
  await notifyOfLedger(refused, runtime);
  await runtime.remediation.ledger.put(known, refused);
};
