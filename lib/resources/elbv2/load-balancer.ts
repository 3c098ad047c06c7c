import type {
  Action,
  Listener,
  LoadBalancer,
  LoadBalancerAttribute,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  defineResourceType,
  type IdsIn,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { elbv2 } from '../../services/elbv2.ts';
import { only, tagsIn } from '../described.ts';
import { type Naming, named, textsAt } from '../ids.ts';

const gone = 'LoadBalancerNotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<LoadBalancer> => {
  const asked = { LoadBalancerArns: [id] };
  return only((await reader.call('elbv2', 'describeLoadBalancers', asked)).LoadBalancers, gone);
};

const shown = ({ Type, Scheme, State }: LoadBalancer) => ({
  state: State?.Code,
  /** `application`, `network` or `gateway`. */
  kind: Type,
  isInternetFacing: Scheme === 'internet-facing',
});
const zonesOf = ({ AvailabilityZones = [] }: LoadBalancer): readonly string[] =>
  [...new Set(AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []))].toSorted();

/** What is set on it; `undefined` where its kind does not have the attribute. */
const attributesIn = (all: readonly LoadBalancerAttribute[]) => {
  const of = (key: string) => all.find(({ Key }) => Key === key)?.Value;
  const flag = (key: string) => {
    const value = of(key);
    return value === undefined ? undefined : value === 'true';
  };
  return {
    refusesDeletion: flag('deletion_protection.enabled'),
    logsAccess: flag('access_logs.s3.enabled'),
    dropsInvalidHeaders: flag('routing.http.drop_invalid_header_fields.enabled'),
    desyncMode: of('routing.http.desync_mitigation_mode'),
  };
};

/** What an action does with a request, without the credentials that actions for sign-in hold. */
const actionIn = ({ Type, RedirectConfig }: Action) => ({
  type: Type,
  ...(Type === 'redirect' ? { to: RedirectConfig?.Protocol ?? '#{protocol}' } : {}),
});

/** What any rule of a listener, its default action among them, does with requests without TLS. */
const actionsOf = async (reader: Reader, { ListenerArn, Protocol }: Listener) => {
  if (Protocol !== 'HTTP') return [];
  const actions: ReturnType<typeof actionIn>[] = [];
  for await (const { Rules = [] } of reader.pages('elbv2', 'describeRules', { ListenerArn }))
    actions.push(...Rules.flatMap(({ Actions = [] }) => Actions.map(actionIn)));
  return actions;
};

const listenerIn = async (reader: Reader, listener: Listener) => ({
  port: listener.Port,
  protocol: listener.Protocol,
  /** The security policy of one that ends TLS. */
  tlsPolicy: listener.SslPolicy,
  actions: await actionsOf(reader, listener),
});

/** The load balancer of a listener or of a rule, whose ARNs have ids of their own behind its own. */
const ofPart = (arn: string): string | undefined => {
  const [, before, kind, id] =
    /^(arn:[^:]+:elasticloadbalancing:[^:]*:\d{12}:)(listener|listener-rule)\/(\w+\/[^/]+\/\w+)\//.exec(
      arn,
    ) ?? [];
  return kind === undefined ? undefined : `${before}loadbalancer/${id}`;
};

/** A Classic Load Balancer has a name where others have their ARN. */
const unlessClassic =
  (naming: Naming): IdsIn =>
  (detail, account) =>
    textsAt(detail, 'requestParameters', 'loadBalancerName').length > 0
      ? []
      : named(naming)(detail, account);

const source = elbv2.eventSource;

/**
 * A load balancer with its listeners: application, network or gateway; its id is its ARN. Calls on Classic Load Balancers
 * have the same names, and give a name in place of the ARN.
 */
export const loadBalancer = defineResourceType({
  type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  scope: 'regional',
  securityHubType: 'AwsElbv2LoadBalancer',
  live: {
    gone: [gone, 'LoadBalancerNotFound'],
    settlesAfterSeconds: 15,
    unsettled: {
      facet: 'loadBalancer',
      while: (value) => Object(value).state === 'provisioning',
    },
    announcements: [
      {
        via: 'cloudtrail',
        source,
        calls: { CreateLoadBalancer: 'created' },
        idsIn: unlessClassic({ response: ['loadBalancers.loadBalancerArn'] }),
      },
      {
        via: 'cloudtrail',
        source,
        calls: {
          DeleteLoadBalancer: 'deleted',
          ModifyLoadBalancerAttributes: ['attributes'],
          SetSubnets: ['zones'],
          CreateListener: ['listeners'],
        },
        idsIn: unlessClassic({ request: ['loadBalancerArn'] }),
      },
      {
        via: 'cloudtrail',
        source,
        calls: {
          ModifyListener: ['listeners'],
          DeleteListener: ['listeners'],
          CreateRule: ['listeners'],
          ModifyRule: ['listeners'],
          DeleteRule: ['listeners'],
        },
        idsIn: named({ request: ['listenerArn', 'ruleArn'], idOf: ofPart }),
      },
    ],
    list: {
      actions: ['elasticloadbalancing:DescribeLoadBalancers'],
      hasInterface: true,
      page: async (reader, token) => {
        const { LoadBalancers = [], NextMarker } = await reader.call(
          'elbv2',
          'describeLoadBalancers',
          { PageSize: 400, ...(token === undefined ? {} : { Marker: token }) },
        );
        return {
          resources: LoadBalancers.map((one) => ({
            id: one.LoadBalancerArn ?? '',
            facets: { loadBalancer: shown(one), zones: zonesOf(one) },
          })),
          ...(NextMarker ? { next: NextMarker } : {}),
        };
      },
    },
  },
  configurationItem: 'resourceId',
  arn: ({ id }) => id,
  about: {
    actions: ['elasticloadbalancing:DescribeTags'],
    read: async (reader, { id }) => {
      const asked = { ResourceArns: [id] };
      const { TagDescriptions } = await reader.call('elbv2', 'describeTags', asked);
      return { arn: id, tags: tagsIn(TagDescriptions?.[0]?.Tags) };
    },
  },
  facets: {
    loadBalancer: {
      actions: ['elasticloadbalancing:DescribeLoadBalancers'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
      comparable: (value) => ({ ...Object(value), state: undefined }),
    },
    zones: {
      actions: ['elasticloadbalancing:DescribeLoadBalancers'],
      read: async (reader, ref) => zonesOf(await describe(reader, ref)),
    },
    attributes: {
      actions: ['elasticloadbalancing:DescribeLoadBalancerAttributes'],
      read: async (reader, { id }) => {
        const asked = { LoadBalancerArn: id };
        const { Attributes = [] } = await reader.call(
          'elbv2',
          'describeLoadBalancerAttributes',
          asked,
        );
        return attributesIn(Attributes);
      },
    },
    listeners: {
      actions: ['elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeRules'],
      read: async (reader, { id }) => {
        const all: Listener[] = [];
        const asked = { LoadBalancerArn: id };
        for await (const { Listeners = [] } of reader.pages('elbv2', 'describeListeners', asked))
          all.push(...Listeners);
        return Promise.all(all.map((one) => listenerIn(reader, one)));
      },
    },
  },
});
