import type { Value } from '../../../lib/model/resource-type.ts';
import type { replicationInstance } from '../../../lib/resources/dms/replication-instance.ts';

type Instance = Value<(typeof replicationInstance)['facets']['instance']>;

/** A private instance with a standby that upgrades itself. */
export const instance = (given: Partial<Instance> = {}): { instance: Instance } => ({
  instance: {
    status: 'available',
    isPublic: false,
    spansZones: true,
    upgradesItself: true,
    ...given,
  },
});
