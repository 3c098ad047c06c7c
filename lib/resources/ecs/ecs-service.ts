import type { Service } from '@aws-sdk/client-ecs';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ecs } from '../../services/ecs.ts';
import { described, lowerCaseTagsIn, only } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => ecs.arn('service', ref, ref.id);
const gone = 'ServiceNotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<Service> => {
  const [cluster, service = ''] = id.split('/');
  const { services = [] } = await reader.call('ecs', 'describeServices', {
    cluster,
    services: [service],
    include: ['TAGS'],
  });
  // One that was deleted is described for a while.
  return only(
    services.filter(({ status }) => status !== 'INACTIVE'),
    gone,
  );
};
const { about, facet } = described({
  actions: ['ecs:DescribeServices'],
  arn,
  describe,
  tagsOf: ({ tags }) => lowerCaseTagsIn(tags),
});

/** A template need not say what nobody asks for. */
const shown = (one: Service) => ({
  state: one.status,
  /** Whether its tasks get public addresses; a service that others deploy has its network in its task sets alone. */
  get assignsPublicIp() {
    return [one, ...(one.taskSets ?? [])].some(
      ({ networkConfiguration }) =>
        networkConfiguration?.awsvpcConfiguration?.assignPublicIp === 'ENABLED',
    );
  },
  isFargate:
    one.launchType === 'FARGATE' ||
    (one.capacityProviderStrategy ?? []).some(({ capacityProvider = '' }) =>
      capacityProvider.startsWith('FARGATE'),
    ),
  /** `LATEST`, or a version such as `1.4.0`. */
  platformVersion: one.platformVersion,
  /** `Linux`, or one of several of Windows. */
  get platformFamily() {
    return one.platformFamily;
  },
});

/** Cluster and name in an ARN; that of before 2018 has no cluster. */
const serviceId = (text: string): string | undefined =>
  /:service\/([\w-]+\/[\w-]+)$/.exec(text)?.[1];

/** The services of a cluster, by their ids. */
const servicesIn = async (reader: Reader, cluster: string): Promise<readonly { id: string }[]> => {
  const name = cluster.split('/').at(-1) ?? '';
  const found: { id: string }[] = [];
  const asked = { cluster, maxResults: 100 };
  for await (const { serviceArns = [] } of reader.pages('ecs', 'listServices', asked))
    found.push(...serviceArns.map((one) => ({ id: `${name}/${one.split('/').at(-1)}` })));
  return found;
};

/** A service of a cluster; its id is the names of both: `cluster/service`. */
export const ecsService = defineResourceType({
  type: 'AWS::ECS::Service',
  scope: 'regional',
  securityHubType: 'AwsEcsService',
  live: {
    gone: [gone, 'ClusterNotFoundException'],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: ecs.eventSource,
        calls: {
          CreateService: 'created',
          UpdateService: ['service'],
          DeleteService: 'deleted',
          CreateTaskSet: ['service'],
          DeleteTaskSet: ['service'],
        },
        idsIn: named({
          response: ['service.serviceArn', 'taskSet.serviceArn'],
          idOf: serviceId,
        }),
      },
    ],
    list: {
      actions: ['ecs:ListClusters', 'ecs:ListServices'],
      /** The services of each of a page of clusters. */
      page: async (reader, token) => {
        const { clusterArns = [], nextToken } = await reader.call(
          'ecs',
          'listClusters',
          token === undefined ? {} : { nextToken: token },
        );
        const found = await Promise.all(clusterArns.map((one) => servicesIn(reader, one)));
        return { resources: found.flat(), ...(nextToken ? { next: nextToken } : {}) };
      },
    },
  },
  arn,
  about,
  facets: { service: facet(shown, 'state') },
});
