import type { AuditRequest, AuditRequests } from '../../lib/aws/stores/audit-requests.ts';

/** What people asked for, in memory; host-inventory.local.test.ts holds it to the real one. */
export const memoryAuditRequests = (): AuditRequests => {
  const all = new Map<string, AuditRequest>();
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
