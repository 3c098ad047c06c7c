import type { Turns } from '../../lib/aws/stores/turns.ts';

/** Lines in memory; posture.local.test.ts holds them to the real ones. */
export const memoryTurns = (): Turns => {
  const lines = new Map<string, { last: number; through: number }>();
  const lineOf = (key: string) => {
    const line = lines.get(key) ?? { last: 0, through: 0 };
    lines.set(key, line);
    return line;
  };
  return {
    async take(key) {
      lineOf(key).last += 1;
      return lineOf(key).last;
    },
    through: async (key) => lineOf(key).through,
    async leave(key, place) {
      lineOf(key).through = Math.max(lineOf(key).through, place);
    },
  };
};
