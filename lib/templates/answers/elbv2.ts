import { lazily, type Part } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, awsError, ownValue, switchIn, text } from './answer.ts';

const type = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const listenerType = 'AWS::ElasticLoadBalancingV2::Listener';

const balancerOf = (stack: Stack, arn: unknown): Resource => {
  const found = stack.find([type], (one) => one.physicalId === arn);
  if (!found) throw awsError('LoadBalancerNotFoundException');
  return found;
};

/** In the order in which they are declared. */
export const listenersOf = (stack: Stack, balancer: Resource): readonly Resource[] =>
  stack.leadingTo([balancer.physicalId, balancer.name], 'LoadBalancerArn', listenerType);

/** In any case, as Terraform's provider takes it: `http` is no other protocol. */
const protocolOf = (listener: Resource): string | undefined =>
  listener.get('Protocol').text(['HTTP', 'HTTPS', 'TCP', 'TLS'])?.toUpperCase();

/** Of one that another stack makes, its listeners tell it: HTTP is of Application Load Balancers alone. */
const kindOf = (stack: Stack, balancer: Resource): string => {
  if (!balancer.declared.isPart)
    return balancer.get('Type').text(['application', 'network']) ?? 'application';
  const protocols = listenersOf(stack, balancer).map(protocolOf);
  return protocols.some((one) => one === 'HTTP' || one === 'HTTPS') ? 'application' : 'network';
};

/**
 * What clients speak to a listener; Terraform's provider takes HTTP where nobody says it of an Application Load Balancer.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_listener
 */
const spokenTo = (stack: Stack, balancer: Resource, listener: Resource): string | undefined =>
  protocolOf(listener) ?? (kindOf(stack, balancer) === 'application' ? 'HTTP' : undefined);

const subnetsOf = (balancer: Resource): readonly string[] => [
  ...balancer
    .get('Subnets')
    .items()
    .flatMap((one) => one.name() ?? []),
  ...balancer
    .get('SubnetMappings')
    .items()
    .flatMap((one) => one.get('SubnetId').name() ?? []),
];

const described: Answer = (stack, { LoadBalancerArns }) => {
  const balancer = balancerOf(stack, [LoadBalancerArns].flat()[0]);
  return {
    LoadBalancers: [
      lazily({
        LoadBalancerArn: () => balancer.physicalId,
        Type: () => kindOf(stack, balancer),
        Scheme: () =>
          balancer.get('Scheme').text(['internet-facing', 'internal']) ?? 'internet-facing',
        State: () => ({ Code: 'active' }),
        // "You can specify only one subnet per Availability Zone": each stands for its zone.
        AvailabilityZones: () => subnetsOf(balancer).map((ZoneName) => ({ ZoneName })),
      }),
    ],
  };
};

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const ofAll = { 'deletion_protection.enabled': 'false' };
const byDefault: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  application: {
    ...ofAll,
    'access_logs.s3.enabled': 'false',
    'routing.http.desync_mitigation_mode': 'defensive',
    'routing.http.drop_invalid_header_fields.enabled': 'false',
  },
  network: { ...ofAll, 'access_logs.s3.enabled': 'false' },
  gateway: ofAll,
};
const stands: Readonly<Record<string, readonly string[]>> = {
  'routing.http.desync_mitigation_mode': ['monitor', 'defensive'],
};

/** Of the modes one that AWS gives is right, of all else none is. */
const unlessDeclared = (stack: Stack, key: string, value: string): string =>
  key === 'routing.http.desync_mitigation_mode'
    ? (ownValue(stack, 'the desync mode of balancers', value) ?? 'monitor')
    : value;

const setIn = (value: Part | undefined, key: string): string | undefined =>
  stands[key] ? value?.text(stands[key]) : switchIn(value);

const attributes: Answer = (stack, { LoadBalancerArn }) => {
  const balancer = balancerOf(stack, LoadBalancerArn);
  const set = balancer.get('LoadBalancerAttributes');
  const declared = new Map(set.items().map((one) => [one.get('Key').text(), one] as const));
  const values = byDefault[kindOf(stack, balancer)] ?? ofAll;
  return {
    Attributes: Object.entries(values).map(([Key, value]) => ({
      Key,
      Value: setIn(declared.get(Key)?.get('Value'), Key) ?? unlessDeclared(stack, Key, value),
    })),
  };
};

/** What is taken where a listener of HTTPS or TLS names no policy, but in the console. */
const policyByDefault = 'ELBSecurityPolicy-2016-08';
const policyOfToday = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

const listeners: Answer = (stack, { LoadBalancerArn }) => {
  const balancer = balancerOf(stack, LoadBalancerArn);
  return {
    Listeners: listenersOf(stack, balancer).map((one) => listenerShown(stack, balancer, one)),
  };
};
const listenerShown = (stack: Stack, balancer: Resource, listener: Resource) =>
  lazily({
    ListenerArn: () => listener.physicalId,
    Port: () => listener.get('Port').number(['80', '443']),
    Protocol: () => spokenTo(stack, balancer, listener),
    SslPolicy: () => {
      const protocol = protocolOf(listener);
      if (protocol !== 'HTTPS' && protocol !== 'TLS') return undefined;
      return listener.get('SslPolicy').text([policyByDefault, policyOfToday]) ?? policyByDefault;
    },
  });

const actionsIn = (resource: Resource, property: string) =>
  resource
    .get(property)
    .items()
    .map((action) => ({
      Type: action.get('Type').text(['forward', 'redirect', 'fixed-response']),
      RedirectConfig: {
        Protocol: action.get('RedirectConfig', 'Protocol').text(['HTTP', 'HTTPS']),
      },
    }));

const rules: Answer = (stack, { ListenerArn }) => {
  const arn = text(ListenerArn);
  const listener = stack.find([listenerType], (one) => one.physicalId === arn);
  if (!listener) throw awsError('ListenerNotFoundException');
  const more = stack.leadingTo([arn], 'ListenerArn', 'AWS::ElasticLoadBalancingV2::ListenerRule');
  return {
    Rules: [
      ...more.map((rule) => ({ Actions: actionsIn(rule, 'Actions') })),
      { IsDefault: true, Actions: actionsIn(listener, 'DefaultActions') },
    ],
  };
};

export const elbv2Answers: Answers = {
  describeLoadBalancers: described,
  describeLoadBalancerAttributes: attributes,
  describeListeners: listeners,
  describeRules: rules,
};
