import type { KeptRollout, Rollouts } from '../../lib/aws/stores/rollouts.ts';
import { memoryTurns } from './memory-turns.ts';

/** Rollouts in memory; host-rollouts.test.ts holds them to the real ones. */
export const memoryRollouts = (): Rollouts => {
  const all = new Map<string, KeptRollout>();
  let written = 0;
  const isLatest = (key: string, before: KeptRollout | undefined): boolean =>
    all.get(key)?.version === before?.version;
  return {
    turns: memoryTurns(),
    get: async (key) => structuredClone(all.get(key)),
    async put(key, before, rollout) {
      if (!isLatest(key, before)) return false;
      written += 1;
      all.set(key, structuredClone({ key, version: `${written}`, rollout }));
      return true;
    },
    all: async () => [...all.values()].map((one) => structuredClone(one)),
    forget: async (kept) => isLatest(kept.key, kept) && all.delete(kept.key),
  };
};
