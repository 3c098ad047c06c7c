import type { HostInventory, SentCommand } from '../../lib/aws/stores/host-inventory.ts';

/** The inventory in memory; host-inventory.test.ts holds it to the real one. */
export const memoryInventory = (): HostInventory => {
  const commands = new Map<string, SentCommand>();
  const answers = new Map<string, string>();
  let begunAt: string | undefined;
  return {
    async noteCommand(command, at) {
      commands.set(command.id, command);
      for (const host of command.hosts) answers.set(host, answers.get(host) ?? at.toISOString());
    },
    command: async (id) => commands.get(id),
    async noteAnswer(host, at) {
      if (at > (answers.get(host) ?? '')) answers.set(host, at);
    },
    async forget(host) {
      answers.delete(host);
    },
    async *hosts() {
      for (const [id, answeredAt] of answers) yield { id, answeredAt };
    },
    async claimAudit(at, since) {
      if (begunAt !== undefined && begunAt > since) return false;
      begunAt = at;
      return true;
    },
    begunAt: async () => begunAt,
  };
};
