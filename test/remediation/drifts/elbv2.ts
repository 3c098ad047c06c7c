import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const set = (Key: string, Value: string) => async (clients: Clients, LoadBalancerArn: string) =>
  (await clients('elbv2')).modifyLoadBalancerAttributes({
    LoadBalancerArn,
    Attributes: [{ Key, Value }],
  });

/** Makes one that is as the attribute says, and answers its ARN. */
const having = (Key: string, Value: string) => async (clients: Clients) => {
  const ec2 = await clients('ec2');
  const { Subnets = [] } = await ec2.describeSubnets({
    Filters: [{ Name: 'default-for-az', Values: ['true'] }],
  });
  const elbv2 = await clients('elbv2');
  const { LoadBalancers } = await elbv2.createLoadBalancer({
    Name: uniqueName('d').slice(0, 32),
    Subnets: Subnets.flatMap(({ SubnetId = [] }) => SubnetId).slice(0, 2),
  });
  const arn = LoadBalancers?.[0]?.LoadBalancerArn ?? '';
  await set(Key, Value)(clients, arn);
  return arn;
};

const drifts = [
  [
    'ELB.6',
    'somebody turns off deletion protection of a load balancer',
    'deletion_protection.enabled',
    ['true', 'false'],
  ],
  [
    'ELB.4',
    'somebody lets a load balancer pass invalid headers on',
    'routing.http.drop_invalid_header_fields.enabled',
    ['true', 'false'],
  ],
  [
    'ELB.12',
    'somebody lets a load balancer pass ambiguous requests on',
    'routing.http.desync_mitigation_mode',
    ['defensive', 'monitor'],
  ],
] as const;

export const elbv2Drifts: readonly Drift[] = drifts.map(
  ([control, title, key, [before, after]]) => ({
    control,
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    title,
    arrange: having(key, before),
    drift: set(key, after),
  }),
);
