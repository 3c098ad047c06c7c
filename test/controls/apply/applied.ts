import type { Call } from '../../../lib/model/control.ts';
import { effects } from './index.ts';

type Snapshot = Readonly<Record<string, unknown>>;

/** The snapshot after these calls. Throws where it is not written down what AWS does at one of them. */
export const applied = (snapshot: Snapshot, calls: readonly Call[]): Snapshot => {
  let after = snapshot;
  for (const { service, operation, input } of calls) {
    const effect = effects[service]?.[operation];
    if (!effect)
      throw new Error(`say what AWS does at ${service}.${operation} in test/controls/apply`);
    after = effect(after, { ...input });
  }
  return after;
};
