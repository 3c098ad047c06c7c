import type { Cluster } from '@aws-sdk/client-eks';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { eks } from '../../services/eks.ts';
import { described, only } from '../described.ts';
import { named } from '../ids.ts';
import { administratorsOf } from './cluster-administrators.ts';

const arn = (ref: Ref) => eks.arn('cluster', ref, ref.id);
const gone = 'ResourceNotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<Cluster> => {
  const { cluster } = await reader.call('eks', 'describeCluster', { name: id });
  return only(cluster && [cluster], gone);
};
const { about, facet } = described({
  actions: ['eks:DescribeCluster'],
  arn,
  describe,
  tagsOf: ({ tags = {} }) => tags,
});

/** Clusters older than access entries do not say it. */
const takesEntries = ({ accessConfig }: Cluster): boolean =>
  (accessConfig?.authenticationMode ?? 'CONFIG_MAP') !== 'CONFIG_MAP';

/** Nothing of its certificate, and no address. */
const shown = (cluster: Cluster) => {
  const { status, resourcesVpcConfig: network, logging, encryptionConfig = [] } = cluster;
  return {
    state: status,
    hasPublicEndpoint: network?.endpointPublicAccess ?? true,
    /** Whom the public endpoint answers: everybody, where nothing else is set. */
    publicSources: network?.publicAccessCidrs ?? ['0.0.0.0/0'],
    /** Kinds of logs that it writes to CloudWatch. */
    logs: (logging?.clusterLogging ?? [])
      .flatMap(({ enabled, types = [] }) => (enabled ? types : []))
      .map(String)
      .toSorted(),
    /** With a key of KMS that somebody chose: EKS encrypts with a key of its own anyway, since Kubernetes 1.28. */
    encryptsSecrets: encryptionConfig.some(
      ({ provider, resources }) => provider?.keyArn && resources?.includes('secrets'),
    ),
    takesEntries: takesEntries(cluster),
  };
};

/** What AWS says of the version that a cluster runs; `undefined` where it says nothing of it. */
const supportOf = async (reader: Reader, ref: Ref) => {
  const { version } = await describe(reader, ref);
  const { clusterVersions = [] } = await reader.call('eks', 'describeClusterVersions', {
    ...(version === undefined ? {} : { clusterVersions: [version] }),
    includeAll: true,
  });
  const found = clusterVersions.find(({ clusterVersion }) => clusterVersion === version);
  return {
    version,
    status: found?.versionStatus,
    /** When standard support ends, ISO 8601. */
    endsAt: found?.endOfStandardSupportDate?.toISOString(),
  };
};

/** Whom its access entries let administer it; `undefined` where only a ConfigMap in it says so. */
const adminsOf = async (reader: Reader, ref: Ref) =>
  takesEntries(await describe(reader, ref)) ? administratorsOf(reader, ref) : undefined;

/** The name in a cluster's name or ARN. */
const clusterName = (text: string): string | undefined =>
  text.startsWith('arn:') ? /:cluster\/([\w-]+)$/.exec(text)?.[1] : text;

/** A Kubernetes cluster of the account and region; its id is its name. */
export const eksCluster = defineResourceType({
  type: 'AWS::EKS::Cluster',
  scope: 'regional',
  securityHubType: 'AwsEksCluster',
  live: {
    gone: [gone],
    settlesAfterSeconds: 60,
    unsettled: {
      facet: 'cluster',
      while: (value) => /^(CREATING|UPDATING|DELETING|PENDING)$/.test(String(Object(value).state)),
    },
    announcements: [
      {
        via: 'cloudtrail',
        source: eks.eventSource,
        calls: {
          CreateCluster: 'created',
          UpdateClusterConfig: ['cluster', 'administrators'],
          AssociateEncryptionConfig: ['cluster'],
          AssociateAccessPolicy: ['administrators'],
          DisassociateAccessPolicy: ['administrators'],
          DeleteAccessEntry: ['administrators'],
          UpdateClusterVersion: ['support'],
          DeleteCluster: 'deleted',
        },
        idsIn: named({
          request: ['name', 'clusterName'],
          response: ['cluster.name', 'update.clusterName'],
          idOf: clusterName,
        }),
      },
    ],
    list: {
      actions: ['eks:ListClusters'],
      hasInterface: true,
      page: async (reader, token) => {
        const { clusters = [], nextToken } = await reader.call(
          'eks',
          'listClusters',
          token === undefined ? {} : { nextToken: token },
        );
        return {
          resources: clusters.map((id) => ({ id })),
          ...(nextToken ? { next: nextToken } : {}),
        };
      },
    },
  },
  configurationItem: 'resourceName',
  arn,
  about,
  reachable: {
    actions: ['eks:DescribeCluster'],
    announcements: [],
    // AWS keeps the public endpoint in a network of its own: who may come stands in the cluster alone.
    read: async (reader, ref) => {
      const { hasPublicEndpoint, publicSources } = shown(await describe(reader, ref));
      const way = {
        at: ref.id,
        families: hasPublicEndpoint ? (['IPv4', 'IPv6'] as const) : [],
        gates: [],
        groups: [],
        admits: publicSources.map((cidr) => ({ protocol: 'tcp', cidr })),
        ports: [{ from: 443, to: 443 }],
      };
      return { ways: [way], through: [] };
    },
  },
  facets: {
    cluster: facet(shown, 'state'),
    administrators: {
      actions: ['eks:DescribeCluster', 'eks:ListAccessEntries', 'eks:ListAssociatedAccessPolicies'],
      read: adminsOf,
    },
    /** Whether AWS still supports the version of Kubernetes. */
    support: {
      actions: ['eks:DescribeCluster', 'eks:DescribeClusterVersions'],
      read: supportOf,
      comparable: (value) => Object(value).version,
    },
  },
});
