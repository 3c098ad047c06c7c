import { iam } from '../../services/iam.ts';
import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, leaveToAnother, ownValue } from './answer.ts';

const named = (stack: Stack, name: unknown): Resource => {
  const found = stack.find(['AWS::ElasticLoadBalancing::LoadBalancer'], (one) => one.name === name);
  if (!found) throw awsError('AccessPointNotFoundException');
  return found;
};

/** Terraform gives the listener of a port its policies apart: those take the place of what it had. */
const policiesOf = (balancer: Resource, listener: Part): readonly string[] => {
  const apart = balancer.get('ListenerPolicies').items();
  if (apart.length === 0) return listener.get('PolicyNames').nameList();
  const port = listener.get('LoadBalancerPort').number(['80', '443']);
  const own = apart.filter((one) => one.get('LoadBalancerPort').number(['80', '443']) === port);
  return own.flatMap((one) => one.get('PolicyNames').nameList());
};

/** What is not known can be a certificate of ACM, or one of IAM. */
const certificateOf = (stack: Stack, listener: Part): string | undefined => {
  const set = listener.get('SSLCertificateId');
  const name = set.name();
  if (name?.startsWith('arn:')) return name;
  const { partition, region, account } = stack.template.deployment;
  return set.text([
    `arn:${partition}:acm:${region}:${account}:certificate/any`,
    iam.arn('server-certificate', stack.template.deployment, 'any'),
  ]);
};

const listenerOf = (stack: Stack, balancer: Resource) => (listener: Part) => ({
  Listener: lazily({
    LoadBalancerPort: () => listener.get('LoadBalancerPort').number(['80', '443']),
    Protocol: () => listener.get('Protocol').text(['HTTP', 'HTTPS', 'TCP', 'SSL']),
    SSLCertificateId: () => certificateOf(stack, listener),
  }),
  PolicyNames: policiesOf(balancer, listener),
});

/** Zones by their names, or subnets, of which each stands for its zone. */
const zonesOf = (balancer: Resource): readonly string[] => {
  if (balancer.declared.isPart) leaveToAnother('the subnets');
  const zones = balancer.get('AvailabilityZones').nameList();
  return zones.length > 0 ? zones : balancer.get('Subnets').nameList();
};

const described: Answer = (stack, { LoadBalancerNames }) => {
  const balancer = named(stack, [LoadBalancerNames].flat()[0]);
  return {
    LoadBalancerDescriptions: [
      lazily({
        LoadBalancerName: () => balancer.name,
        ListenerDescriptions: () =>
          balancer.get('Listeners').items().map(listenerOf(stack, balancer)),
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

const policies: Answer = (stack, { LoadBalancerName }) => {
  const balancer = named(stack, LoadBalancerName);
  // Those of Terraform are resources of their own.
  const all = ['Policies', 'OwnPolicies'].flatMap((name) => balancer.get(name).items());
  return {
    PolicyDescriptions: all.map((one) => ({
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
  };
};

export const elbAnswers: Answers = {
  describeLoadBalancers: described,
  describeLoadBalancerAttributes: attributes,
  describeLoadBalancerPolicies: policies,
};
