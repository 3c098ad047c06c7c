import type { Value } from '../../../lib/model/resource-type.ts';
import type { mskCluster } from '../../../lib/resources/msk/msk-cluster.ts';

type Cluster = Value<(typeof mskCluster)['facets']['cluster']>;

/** A provisioned cluster that asks by IAM and is private. */
export const cluster = (given: Partial<Cluster> = {}): { cluster: Cluster } => ({
  cluster: {
    state: 'ACTIVE',
    isServerless: false,
    publicAccess: 'DISABLED',
    encryptsBetweenBrokers: true,
    authentication: ['IAM'],
    admitsAnybody: false,
    ...given,
  },
});
export const serverless = cluster({
  isServerless: true,
  publicAccess: undefined,
  encryptsBetweenBrokers: undefined,
  authentication: [],
});
