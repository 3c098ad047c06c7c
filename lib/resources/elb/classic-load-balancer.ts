import type {
  ListenerDescription,
  LoadBalancerAttributes,
  LoadBalancerDescription,
} from '@aws-sdk/client-elastic-load-balancing';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { elb } from '../../services/elb.ts';
import { only, tagsIn } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => elb.arn('loadbalancer', ref, ref.id);
const gone = 'AccessPointNotFoundException';

const describe = async (reader: Reader, { id }: Ref): Promise<LoadBalancerDescription> => {
  const asked = { LoadBalancerNames: [id] };
  const found = await reader.call('elb', 'describeLoadBalancers', asked);
  return only(found.LoadBalancerDescriptions, gone);
};

/** Whether a certificate is one of ACM, which renews it; `undefined` where the listener ends no TLS. */
const isOfAcm = (certificate: string | undefined): boolean | undefined =>
  certificate ? /^arn:[^:]+:acm:/.test(certificate) : undefined;

const listenerIn = ({ Listener, PolicyNames = [] }: ListenerDescription) => ({
  port: Listener?.LoadBalancerPort,
  protocol: Listener?.Protocol?.toUpperCase(),
  isOfAcm: isOfAcm(Listener?.SSLCertificateId),
  policies: PolicyNames,
});
const listenersOf = ({ ListenerDescriptions = [] }: LoadBalancerDescription) =>
  ListenerDescriptions.map(listenerIn);
const zonesOf = ({ AvailabilityZones = [] }: LoadBalancerDescription): readonly string[] =>
  AvailabilityZones.toSorted();

const attributesIn = (one: LoadBalancerAttributes | undefined) => ({
  drains: one?.ConnectionDraining?.Enabled ?? false,
  logsAccess: one?.AccessLog?.Enabled ?? false,
  crossesZones: one?.CrossZoneLoadBalancing?.Enabled ?? false,
  desyncMode: one?.AdditionalAttributes?.find(({ Key }) => Key === 'elb.http.desyncmitigationmode')
    ?.Value,
});

/** The predefined policy that each of its policies of TLS is a copy of; `undefined` of one that somebody made. */
const tlsPoliciesOf = async (reader: Reader, { id: LoadBalancerName }: Ref) => {
  const { PolicyDescriptions = [] } = await reader.call('elb', 'describeLoadBalancerPolicies', {
    LoadBalancerName,
  });
  return PolicyDescriptions.filter(
    ({ PolicyTypeName }) => PolicyTypeName === 'SSLNegotiationPolicyType',
  ).map(({ PolicyName = '', PolicyAttributeDescriptions = [] }) => ({
    name: PolicyName,
    predefined: PolicyAttributeDescriptions.find(
      ({ AttributeName }) => AttributeName === 'Reference-Security-Policy',
    )?.AttributeValue,
  }));
};

const source = elb.eventSource;
const listeners = ['listeners'] as const;
const zones = ['zones'] as const;

/**
 * A Classic Load Balancer; its id is its name. Calls on those of the second kind have the same names, and give an ARN in
 * place of it.
 */
export const classicLoadBalancer = defineResourceType({
  type: 'AWS::ElasticLoadBalancing::LoadBalancer',
  scope: 'regional',
  securityHubType: 'AwsElbLoadBalancer',
  live: {
    gone: [gone, 'LoadBalancerNotFound'],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source,
        calls: {
          CreateLoadBalancer: 'created',
          DeleteLoadBalancer: 'deleted',
          ModifyLoadBalancerAttributes: ['attributes'],
          CreateLoadBalancerListeners: listeners,
          DeleteLoadBalancerListeners: listeners,
          SetLoadBalancerListenerSSLCertificate: listeners,
          SetLoadBalancerPoliciesOfListener: listeners,
          CreateLoadBalancerPolicy: ['tlsPolicies'],
          DeleteLoadBalancerPolicy: ['tlsPolicies'],
          EnableAvailabilityZonesForLoadBalancer: zones,
          DisableAvailabilityZonesForLoadBalancer: zones,
          AttachLoadBalancerToSubnets: zones,
          DetachLoadBalancerFromSubnets: zones,
        },
        idsIn: named({ request: ['loadBalancerName'], otherwise: 'none' }),
      },
    ],
    list: {
      actions: ['elasticloadbalancing:DescribeLoadBalancers'],
      hasInterface: true,
      page: async (reader, token) => {
        const { LoadBalancerDescriptions = [], NextMarker } = await reader.call(
          'elb',
          'describeLoadBalancers',
          { PageSize: 400, ...(token === undefined ? {} : { Marker: token }) },
        );
        return {
          resources: LoadBalancerDescriptions.map((one) => ({
            id: one.LoadBalancerName ?? '',
            facets: {
              loadBalancer: { kind: 'classic' },
              listeners: listenersOf(one),
              zones: zonesOf(one),
            },
          })),
          ...(NextMarker ? { next: NextMarker } : {}),
        };
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['elasticloadbalancing:DescribeTags'],
    read: async (reader, ref) => {
      const asked = { LoadBalancerNames: [ref.id] };
      const { TagDescriptions } = await reader.call('elb', 'describeTags', asked);
      return { arn: arn(ref), tags: tagsIn(TagDescriptions?.[0]?.Tags) };
    },
  },
  facets: {
    /** What tells it from those of the second version, which have an attribute of this name too. */
    loadBalancer: {
      actions: ['elasticloadbalancing:DescribeLoadBalancers'],
      read: async (reader, ref) => {
        await describe(reader, ref);
        return { kind: 'classic' };
      },
    },
    listeners: {
      actions: ['elasticloadbalancing:DescribeLoadBalancers'],
      read: async (reader, ref) => listenersOf(await describe(reader, ref)),
    },
    zones: {
      actions: ['elasticloadbalancing:DescribeLoadBalancers'],
      read: async (reader, ref) => zonesOf(await describe(reader, ref)),
    },
    attributes: {
      actions: ['elasticloadbalancing:DescribeLoadBalancerAttributes'],
      read: async (reader, { id: LoadBalancerName }) => {
        const asked = { LoadBalancerName };
        const shown = await reader.call('elb', 'describeLoadBalancerAttributes', asked);
        return attributesIn(shown.LoadBalancerAttributes);
      },
    },
    tlsPolicies: {
      actions: ['elasticloadbalancing:DescribeLoadBalancerPolicies'],
      read: tlsPoliciesOf,
    },
  },
});
