import type { Entry } from '../../aws/stores/ledger.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { failedCall, unanswered } from './action-log.ts';
import { targetOf } from './target.ts';
import { verify } from './verify.ts';

const why =
  'an earlier release began it, and nothing proves what it planned: nothing more is called';

/** Calls nothing more of an action that an earlier release left unfinished: its verdict says how far that came. */
export const endLeftBehind = async (entry: Entry, runtime: RemediationRuntime): Promise<void> => {
  const { action } = entry;
  const { finish } = targetOf(action);
  if (finish) return finish(entry, runtime);
  if (action.state === 'VERIFYING') return verify(entry, runtime);
  const isOver = action.calls.some(({ result }) => result === 'failed');
  const call = failedCall(unanswered(action), runtime.clock().toISOString(), why);
  const calls = isOver ? action.calls : [...action.calls, call];
  return verify({ ...entry, action: { ...action, calls } }, runtime);
};
