import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const type = 'AWS::ElasticLoadBalancing::LoadBalancer';

/** A Classic Load Balancer that drains connections, over all zones. */
const newBalancer = async (clients: Clients): Promise<string> => {
  const elb = await clients('elb');
  const LoadBalancerName = uniqueName('classic');
  await elb.createLoadBalancer({
    LoadBalancerName,
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 }],
  });
  await elb.modifyLoadBalancerAttributes({
    LoadBalancerName,
    LoadBalancerAttributes: {
      ConnectionDraining: { Enabled: true, Timeout: 300 },
      CrossZoneLoadBalancing: { Enabled: true },
    },
  });
  return LoadBalancerName;
};

export const elbDrifts: readonly Drift[] = [
  {
    control: 'ELB.7',
    type,
    title: 'somebody has connections cut',
    arrange: newBalancer,
    drift: async (clients, LoadBalancerName) =>
      (await clients('elb')).modifyLoadBalancerAttributes({
        LoadBalancerName,
        LoadBalancerAttributes: { ConnectionDraining: { Enabled: false } },
      }),
  },
  {
    control: 'ELB.9',
    type,
    title: 'somebody keeps requests within their zone',
    arrange: newBalancer,
    drift: async (clients, LoadBalancerName) =>
      (await clients('elb')).modifyLoadBalancerAttributes({
        LoadBalancerName,
        LoadBalancerAttributes: { CrossZoneLoadBalancing: { Enabled: false } },
      }),
  },
  {
    control: 'ELB.14',
    type,
    title: 'somebody has ambiguous requests counted alone',
    arrange: newBalancer,
    drift: async (clients, LoadBalancerName) =>
      (await clients('elb')).modifyLoadBalancerAttributes({
        LoadBalancerName,
        LoadBalancerAttributes: {
          AdditionalAttributes: [{ Key: 'elb.http.desyncmitigationmode', Value: 'monitor' }],
        },
      }),
  },
];
