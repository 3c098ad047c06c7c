import { randomUUID } from 'node:crypto';
import type { Holder } from '../../aws/stores/locks.ts';
import { keyOf } from '../../engine/changes/change.ts';
import type { Delivered } from '../../engine/remediation/delivery.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';

/** Seconds after which a lock that was not given back is nobody's: twice what the function may take. */
const lockSeconds = 120;

const holderOf = ({ delivery }: Delivered): Holder => ({
  token: randomUUID(),
  ...(delivery ? { delivery } : {}),
});

/** Runs work while no other delivery touches the resource. Throws where one does: this one is tried again. */
export const withLock = async (
  ask: Delivered,
  runtime: RemediationRuntime,
  work: () => Promise<void>,
): Promise<void> => {
  const key = keyOf(ask);
  const holder = holderOf(ask);
  const now = runtime.clock();
  const until = new Date(now.getTime() + lockSeconds * 1000);
  if (!(await runtime.remediation.locks.take(key, holder, now, until))) {
    throw new Error(`another action works on ${key}; this one is tried again`);
  }
  try {
    await work();
  } finally {
    await runtime.remediation.locks.release(key, holder);
  }
};

/** Gives back what an earlier receive of the request's message held when it died. */
export const releaseLock = (ask: Delivered, runtime: RemediationRuntime): Promise<void> =>
  runtime.remediation.locks.release(keyOf(ask), holderOf(ask));
