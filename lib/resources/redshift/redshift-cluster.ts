import type { Cluster } from '@aws-sdk/client-redshift';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { redshift } from '../../services/redshift.ts';
import { described, only, tagsIn } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => redshift.arn('cluster', ref, ref.id);
const gone = 'ClusterNotFoundFault';

const describe = async (reader: Reader, { id }: Ref): Promise<Cluster> => {
  const asked = { ClusterIdentifier: id };
  return only((await reader.call('redshift', 'describeClusters', asked)).Clusters, gone);
};
const { about, facet, page } = described({
  actions: ['redshift:DescribeClusters'],
  arn,
  describe,
  tagsOf: ({ Tags }) => tagsIn(Tags),
});

/** Of its administrator and database nothing is kept, of its endpoint neither. */
const shown = (one: Cluster) => ({
  state: one.ClusterStatus,
  isPublic: one.PubliclyAccessible ?? false,
  isEncrypted: one.Encrypted ?? false,
  snapshotDays: one.AutomatedSnapshotRetentionPeriod ?? 0,
  upgradesItself: one.AllowVersionUpgrade ?? false,
  routesInVpc: one.EnhancedVpcRouting ?? false,
});

// https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-clusters.html#rs-mgmt-cluster-status
const isSteady = /^(available|paused|storage-full|incompatible-.*|hardware-failure)$/;

/** A provisioned data warehouse of the account and region; its id is its identifier, in lower case. */
export const redshiftCluster = defineResourceType({
  type: 'AWS::Redshift::Cluster',
  scope: 'regional',
  securityHubType: 'AwsRedshiftCluster',
  ignoresCase: true,
  live: {
    gone: [gone, 'ClusterNotFound'],
    settlesAfterSeconds: 60,
    unsettled: {
      facet: 'cluster',
      while: (value) => !isSteady.test(String(Object(value).state ?? 'available')),
    },
    announcements: [
      {
        via: 'cloudtrail',
        source: redshift.eventSource,
        calls: {
          CreateCluster: 'created',
          RestoreFromClusterSnapshot: 'created',
          ModifyCluster: ['cluster'],
          DeleteCluster: 'deleted',
        },
        // A cluster that is renamed has two.
        idsIn: named({ request: ['clusterIdentifier', 'newClusterIdentifier'] }),
      },
    ],
    list: {
      actions: ['redshift:DescribeClusters'],
      page: async (reader, token) => {
        const { Clusters, Marker } = await reader.call('redshift', 'describeClusters', {
          MaxRecords: 100,
          ...(token === undefined ? {} : { Marker: token }),
        });
        return page(reader, { found: Clusters, next: Marker }, (one) => ({
          id: one.ClusterIdentifier ?? '',
          facets: { cluster: shown(one) },
        }));
      },
    },
  },
  configurationItem: 'resourceName',
  arn,
  about,
  facets: { cluster: facet(shown, 'state') },
});
