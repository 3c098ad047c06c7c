import { inParts } from '../../support/chunked.ts';
import type { RemediationRuntime } from '../runtime/runtime.ts';
import { release } from './release.ts';
import { targetOf } from './target.ts';

const atOnce = 10;

/** Has one row ask again now. */
const askAgainFor = async (
  what: string,
  key: string,
  runtime: RemediationRuntime,
): Promise<void> => {
  const row = await release(what, key, runtime);
  if (row) await targetOf(row).review(row, runtime);
  await runtime.remediation.waiting.forget(what, key);
};

/**
 * Has everything asked for again at once that waited for what an operator has let go. Throws the first failure once
 * all were tried.
 */
export const askAgain = async (what: string, runtime: RemediationRuntime): Promise<void> => {
  const keys = await runtime.remediation.waiting.all(what);
  const failures: unknown[] = [];
  for (const some of inParts(keys, atOnce)) {
    const asked = await Promise.allSettled(some.map((key) => askAgainFor(what, key, runtime)));
    for (const one of asked) if (one.status === 'rejected') failures.push(one.reason);
  }
  if (failures.length > 0) throw failures[0];
};
