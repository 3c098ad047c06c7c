import type { RegionNote, Regions } from '../../lib/aws/stores/regions.ts';
import { regionId } from '../../lib/resources/account/own-names.ts';

/** Notes of regions in memory; regions.local.test.ts holds the same to the table. */
export const memoryRegions = (notes = new Map<string, RegionNote>()): Regions => {
  const read = (where: Parameters<Regions['read']>[0]): RegionNote =>
    notes.get(regionId(where)) ?? { account: where.account, region: where.region };
  return {
    all: async () => [...notes.values()],
    read: async (where) => read(where),
    async note(where, news) {
      notes.set(regionId(where), { ...read(where), ...news });
    },
    async opened(where) {
      const { closedSince: _, ...note } = read(where);
      notes.set(regionId(where), note);
    },
  };
};
