import type { Cluster } from '@aws-sdk/client-ecs';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ecs } from '../../services/ecs.ts';
import { described, lowerCaseTagsIn, only } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => ecs.arn('cluster', ref, ref.id);
const gone = 'ClusterNotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<Cluster> => {
  const { clusters = [] } = await reader.call('ecs', 'describeClusters', {
    clusters: [id],
    include: ['SETTINGS', 'TAGS'],
  });
  // One that was deleted is described for a while.
  return only(
    clusters.filter(({ status }) => status !== 'INACTIVE'),
    gone,
  );
};
const { about, facet } = described({
  actions: ['ecs:DescribeClusters'],
  arn,
  describe,
  tagsOf: ({ tags }) => lowerCaseTagsIn(tags),
});

const shown = ({ status, settings = [] }: Cluster) => ({
  state: status,
  /** `enabled`, `enhanced` or `disabled`. */
  insights: settings.find(({ name }) => name === 'containerInsights')?.value ?? 'disabled',
});

/** The name in a cluster's name or ARN. */
const clusterName = (text: string): string | undefined =>
  text.startsWith('arn:') ? /:cluster\/([\w-]+)$/.exec(text)?.[1] : text;

/** A cluster of the account and region; its id is its name. */
export const ecsCluster = defineResourceType({
  type: 'AWS::ECS::Cluster',
  scope: 'regional',
  securityHubType: 'AwsEcsCluster',
  live: {
    gone: [gone],
    settlesAfterSeconds: 15,
    unsettled: {
      facet: 'cluster',
      while: (value) => /^(PROVISIONING|DEPROVISIONING)$/.test(String(Object(value).state)),
    },
    announcements: [
      {
        via: 'cloudtrail',
        source: ecs.eventSource,
        calls: {
          CreateCluster: 'created',
          UpdateCluster: ['cluster'],
          UpdateClusterSettings: ['cluster'],
          DeleteCluster: 'deleted',
        },
        idsIn: named({
          request: ['clusterName', 'cluster'],
          response: ['cluster.clusterName'],
          idOf: clusterName,
        }),
      },
    ],
    list: {
      actions: ['ecs:ListClusters'],
      page: async (reader, token) => {
        const { clusterArns = [], nextToken } = await reader.call(
          'ecs',
          'listClusters',
          token === undefined ? {} : { nextToken: token },
        );
        return {
          resources: clusterArns.flatMap((one) => {
            const id = clusterName(one);
            return id === undefined ? [] : [{ id }];
          }),
          ...(nextToken ? { next: nextToken } : {}),
        };
      },
    },
  },
  arn,
  about,
  facets: { cluster: facet(shown, 'state') },
});
