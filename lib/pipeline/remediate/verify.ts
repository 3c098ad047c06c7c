import type { Entry } from '../../aws/stores/ledger.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { save } from './action-log.ts';

/** Has the resource evaluated again: only that verdict says what an action achieved. */
export const verify = async (entry: Entry, runtime: RemediationRuntime): Promise<void> => {
  const { action } = entry;
  // A call that was made right before a crash has left no time: it is evaluated once what is so now has settled.
  const at =
    (action.state === 'VERIFYING' ? action.actedAt : undefined) ?? runtime.clock().toISOString();
  if (action.state !== 'VERIFYING')
    await save(entry, { ...action, state: 'VERIFYING', actedAt: at }, runtime);
  await runtime.queues.review({
    version: 1,
    type: action.type,
    ref: action.ref,
    facets: 'all',
    cause: { kind: 'verify', action: action.id, at },
  });
};
