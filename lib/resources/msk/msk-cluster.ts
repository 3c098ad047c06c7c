import type { Cluster } from '@aws-sdk/client-kafka';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { kafka } from '../../services/kafka.ts';
import { idIn } from '../../services/service.ts';
import { described, only } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => kafka.arn('cluster', ref, ref.id);
const gone = 'NotFoundException';

const describe = async (reader: Reader, ref: Ref): Promise<Cluster> => {
  const asked = { ClusterArn: arn(ref) };
  const { ClusterInfo } = await reader.call('kafka', 'describeClusterV2', asked);
  return only(ClusterInfo && [ClusterInfo], gone);
};
const { about, facet, page } = described({
  actions: ['kafka:DescribeClusterV2'],
  arn,
  describe,
  tagsOf: ({ Tags = {} }) => Tags,
});

/** Ways in which clients say who they are. */
const waysOf = ({ Provisioned }: Cluster): readonly string[] => {
  const { Sasl, Tls } = Provisioned?.ClientAuthentication ?? {};
  return [
    ...(Sasl?.Iam?.Enabled ? ['IAM'] : []),
    ...(Sasl?.Scram?.Enabled ? ['SCRAM'] : []),
    ...(Tls?.Enabled || (Tls?.CertificateAuthorityArnList ?? []).length > 0 ? ['TLS'] : []),
  ];
};

const shown = (cluster: Cluster) => {
  const { ClusterType, Provisioned, State } = cluster;
  return {
    state: State,
    isServerless: ClusterType === 'SERVERLESS',
    /** `DISABLED`, or by which addresses its brokers are reached; nothing where it does not say. */
    publicAccess: Provisioned?.BrokerNodeGroupInfo?.ConnectivityInfo?.PublicAccess?.Type,
    encryptsBetweenBrokers: Provisioned?.EncryptionInfo?.EncryptionInTransit?.InCluster,
    authentication: waysOf(cluster),
    admitsAnybody: Provisioned?.ClientAuthentication?.Unauthenticated?.Enabled ?? false,
  };
};

/** https://docs.aws.amazon.com/MSK/2.0/APIReference/v2-clusters-clusterarn.html, `ClusterState` */
const isChanging = (value: unknown): boolean =>
  /^(CREATING|UPDATING|DELETING|HEALING|MAINTENANCE|REBOOTING_BROKER)$/.test(
    String(Object(value).state),
  );

/** `name/uuid` of an ARN. */
const idOf = (text: string): string | undefined => idIn(kafka, 'cluster', text);

/** A cluster of MSK; its id is `name/uuid`, the end of its ARN. */
export const mskCluster = defineResourceType({
  type: 'AWS::MSK::Cluster',
  scope: 'regional',
  securityHubType: 'AwsMskCluster',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    unsettled: { facet: 'cluster', while: isChanging },
    announcements: [
      {
        via: 'cloudtrail',
        source: kafka.eventSource,
        calls: {
          CreateCluster: 'created',
          CreateClusterV2: 'created',
          UpdateConnectivity: ['cluster'],
          UpdateSecurity: ['cluster'],
          DeleteCluster: 'deleted',
        },
        idsIn: named({ request: ['clusterArn'], response: ['clusterArn'], idOf }),
      },
    ],
    list: {
      actions: ['kafka:ListClustersV2'],
      hasInterface: true,
      page: async (reader, token) => {
        const { ClusterInfoList, NextToken } = await reader.call('kafka', 'listClustersV2', {
          MaxResults: 100,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        return page(reader, { found: ClusterInfoList, next: NextToken }, (one) => ({
          id: idIn(kafka, 'cluster', one.ClusterArn ?? '') ?? '',
          facets: { cluster: shown(one) },
        }));
      },
    },
  },
  arn,
  about,
  facets: { cluster: facet(shown, 'state') },
});
