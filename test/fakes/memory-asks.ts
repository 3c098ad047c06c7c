import type { HostAsk, HostAsks } from '../../lib/aws/stores/host-asks.ts';

/** What people asked for, in memory; host-inventory.local.test.ts holds it to the real one. */
export const memoryAsks = (): HostAsks => {
  const all = new Map<string, HostAsk>();
  let begunAt: string | undefined;
  return {
    async claim(at, since) {
      if (begunAt !== undefined && begunAt > since) return false;
      begunAt = at;
      return true;
    },
    async note(id, ask) {
      if (!all.has(id)) all.set(id, ask);
    },
    became: async (id) => all.get(id),
  };
};
