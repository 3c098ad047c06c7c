import {
  type HostInventory,
  hostKey,
  type KnownHost,
  type PlaceAsked,
  type SentCommand,
} from '../../lib/aws/stores/host-inventory.ts';
import { regionId } from '../../lib/resources/account/own-names.ts';

/** The inventory in memory; host-inventory.test.ts holds it to the real one. */
export const memoryInventory = (): HostInventory => {
  const commands = new Map<string, SentCommand>();
  const known = new Map<string, KnownHost>();
  const places = new Map<string, PlaceAsked>();
  let begunAt: string | undefined;
  return {
    async noteCommand(command, at) {
      commands.set(command.id, command);
      const { hosts, where } = command;
      for (const id of hosts) {
        const key = hostKey({ host: id, ...(where && { where }) });
        const first = { id, ...(where && { where }), answeredAt: at.toISOString() };
        known.set(key, known.get(key) ?? first);
      }
    },
    command: async (id) => commands.get(id),
    async noteAnswer(host, at) {
      const { host: id, where } = host;
      if (at > (known.get(hostKey(host))?.answeredAt ?? ''))
        known.set(hostKey(host), { id, ...(where && { where }), answeredAt: at });
    },
    async forget(host) {
      known.delete(hostKey(host));
    },
    async *hosts() {
      yield* known.values();
    },
    async claimAudit(at, since) {
      if (begunAt !== undefined && begunAt > since) return false;
      begunAt = at;
      return true;
    },
    begunAt: async () => begunAt,
    async notePlace(asked) {
      places.set(regionId(asked), asked);
    },
    places: async () => [...places.values()],
  };
};
