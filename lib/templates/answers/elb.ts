import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, ownValue } from './answer.ts';

const named = (stack: Stack, name: unknown): Resource => {
  const found = stack.find(['AWS::ElasticLoadBalancing::LoadBalancer'], (one) => one.name === name);
  if (!found) throw awsError('AccessPointNotFoundException');
  return found;
};

const listenerOf = (listener: Part) => ({
  Listener: lazily({
    LoadBalancerPort: () => listener.get('LoadBalancerPort').number(['80', '443']),
    Protocol: () => listener.get('Protocol').text(['HTTP', 'HTTPS', 'TCP', 'SSL']),
    SSLCertificateId: () => listener.get('SSLCertificateId').name(),
  }),
  PolicyNames: listener.get('PolicyNames').nameList(),
});

/** Zones by their names, or subnets, of which each stands for its zone. */
const zonesOf = (balancer: Resource): readonly string[] => {
  const zones = balancer.get('AvailabilityZones').nameList();
  return zones.length > 0 ? zones : balancer.get('Subnets').nameList();
};

const described: Answer = (stack, { LoadBalancerNames }) => {
  const balancer = named(stack, [LoadBalancerNames].flat()[0]);
  return {
    LoadBalancerDescriptions: [
      lazily({
        LoadBalancerName: () => balancer.name,
        ListenerDescriptions: () => balancer.get('Listeners').items().map(listenerOf),
        AvailabilityZones: () => zonesOf(balancer),
      }),
    ],
  };
};

const attributes: Answer = (stack, { LoadBalancerName }) => {
  const balancer = named(stack, LoadBalancerName);
  return {
    LoadBalancerAttributes: lazily({
      AccessLog: () => ({
        Enabled: balancer.get('AccessLoggingPolicy', 'Enabled').flag() ?? false,
      }),
      ConnectionDraining: () => ({
        Enabled: balancer.get('ConnectionDrainingPolicy', 'Enabled').flag() ?? false,
      }),
      CrossZoneLoadBalancing: () => ({ Enabled: balancer.get('CrossZone').flag() ?? false }),
      // CloudFormation has no property for it, and AWS gives each the mode defensive.
      AdditionalAttributes: () => [
        {
          Key: 'elb.http.desyncmitigationmode',
          Value:
            balancer.get('DesyncMitigationMode').text(['monitor', 'defensive']) ??
            ownValue(stack, 'the desync mode of balancers', 'defensive') ??
            'monitor',
        },
      ],
    }),
  };
};

const policies: Answer = (stack, { LoadBalancerName }) => ({
  PolicyDescriptions: named(stack, LoadBalancerName)
    .get('Policies')
    .items()
    .map((one) => ({
      PolicyName: one.get('PolicyName').name(),
      PolicyTypeName: one.get('PolicyType').text(),
      PolicyAttributeDescriptions: one
        .get('Attributes')
        .items()
        .map((attribute) => ({
          AttributeName: attribute.get('Name').text(),
          AttributeValue: attribute.get('Value').text(),
        })),
    })),
});

export const elbAnswers: Answers = {
  describeLoadBalancers: described,
  describeLoadBalancerAttributes: attributes,
  describeLoadBalancerPolicies: policies,
};
