import type { Cluster } from '@aws-sdk/client-redshift';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { redshift } from '../../services/redshift.ts';
import { described, only, tagsIn } from '../described.ts';
import { databaseReachable, type Placed } from '../ec2/reachable.ts';
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

/** Whether it takes connections in the clear, by the parameter groups that it uses; the default is as the group has it. */
const tlsOf = async (reader: Reader, ref: Ref) => {
  const { ClusterParameterGroups: groups = [] } = await describe(reader, ref);
  const all = groups.map(async ({ ParameterGroupName, ParameterApplyStatus, ...more }) => {
    const own = await requirementOf(reader, ParameterGroupName);
    const statuses = more.ClusterParameterStatusList ?? [];
    const known = statuses.find(({ ParameterName }) => ParameterName === 'require_ssl');
    return {
      group: ParameterGroupName,
      isRequired: own,
      /** `in-sync`, or `pending-reboot` where the cluster does not do so yet. */
      status: known?.ParameterApplyStatus ?? ParameterApplyStatus,
    };
  });
  return Promise.all(all);
};
const requirementOf = async (reader: Reader, group: string | undefined): Promise<boolean> => {
  const asked = { ParameterGroupName: group };
  for await (const { Parameters = [] } of reader.pages(
    'redshift',
    'describeClusterParameters',
    asked,
  )) {
    const found = Parameters.find(({ ParameterName }) => ParameterName === 'require_ssl');
    if (found) return found.ParameterValue === 'true';
  }
  return false;
};

/** Where it answers, in any subnet of its group; one without a group is in no VPC, and no longer offered. */
const placed = async (reader: Reader, ref: Ref): Promise<Placed | undefined> => {
  const one = await describe(reader, ref);
  const { ClusterSubnetGroupName, Endpoint, VpcSecurityGroups = [] } = one;
  if (!one.PubliclyAccessible || ClusterSubnetGroupName === undefined) return undefined;
  const { ClusterSubnetGroups = [] } = await reader.call(
    'redshift',
    'describeClusterSubnetGroups',
    {
      ClusterSubnetGroupName,
    },
  );
  const [{ VpcId = '', Subnets = [] } = {}] = ClusterSubnetGroups;
  const port = Endpoint?.Port;
  return {
    at: ref.id,
    vpc: VpcId,
    subnets: Subnets.flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
    groups: VpcSecurityGroups.flatMap(({ VpcSecurityGroupId }) => VpcSecurityGroupId ?? []),
    families: ['IPv4'],
    ...(port === undefined ? {} : { ports: [{ from: port, to: port }] }),
  };
};

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
          ModifyCluster: ['cluster', 'tls', 'zones'],
          RebootCluster: ['tls'],
          EnableLogging: ['logging'],
          DisableLogging: ['logging'],
          DeleteCluster: 'deleted',
        },
        // A cluster that is renamed has two.
        idsIn: named({ request: ['clusterIdentifier', 'newClusterIdentifier'] }),
      },
      {
        // Which clusters use the group it does not say.
        via: 'cloudtrail',
        source: redshift.eventSource,
        calls: { ModifyClusterParameterGroup: ['tls'], ResetClusterParameterGroup: ['tls'] },
        idsIn: () => 'all',
      },
    ],
    list: {
      actions: ['redshift:DescribeClusters'],
      hasInterface: true,
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
  reachable: databaseReachable(
    ['redshift:DescribeClusters', 'redshift:DescribeClusterSubnetGroups'],
    placed,
  ),
  facets: {
    cluster: facet(shown, 'state'),
    zones: {
      actions: ['redshift:DescribeClusters'],
      read: async (reader, ref) => ({
        spansZones: (await describe(reader, ref)).MultiAZ?.toLowerCase() === 'enabled',
      }),
    },
    /** Of its administrator only whether everybody knows the name. */
    admin: {
      actions: ['redshift:DescribeClusters'],
      read: async (reader, ref) => ({
        hasDefaultName: (await describe(reader, ref)).MasterUsername === 'awsuser',
      }),
    },
    logging: {
      actions: ['redshift:DescribeLoggingStatus'],
      read: async (reader, { id }) => {
        const asked = { ClusterIdentifier: id };
        const shown = await reader.call('redshift', 'describeLoggingStatus', asked);
        return { isOn: shown.LoggingEnabled ?? false };
      },
    },
    tls: {
      actions: ['redshift:DescribeClusters', 'redshift:DescribeClusterParameters'],
      read: tlsOf,
    },
  },
});
