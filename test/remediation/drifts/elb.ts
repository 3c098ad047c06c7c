import type { Clients } from '../../../lib/aws/clients.ts';
import type { Input } from '../../../lib/model/control.ts';
import { type Drift, uniqueName } from '../drift.ts';

type Attributes = NonNullable<
  Input<'elb', 'modifyLoadBalancerAttributes'>['LoadBalancerAttributes']
>;
const type = 'AWS::ElasticLoadBalancing::LoadBalancer';
const set =
  (LoadBalancerAttributes: Attributes) => async (clients: Clients, LoadBalancerName: string) =>
    (await clients('elb')).modifyLoadBalancerAttributes({
      LoadBalancerName,
      LoadBalancerAttributes,
    });

/** A Classic Load Balancer that drains connections, over all zones. */
const newBalancer = async (clients: Clients): Promise<string> => {
  const elb = await clients('elb');
  const LoadBalancerName = uniqueName('classic');
  await elb.createLoadBalancer({
    LoadBalancerName,
    AvailabilityZones: ['us-east-1a', 'us-east-1b'],
    Listeners: [{ Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 }],
  });
  await set({
    ConnectionDraining: { Enabled: true, Timeout: 300 },
    CrossZoneLoadBalancing: { Enabled: true },
  })(clients, LoadBalancerName);
  return LoadBalancerName;
};

export const elbDrifts: readonly Drift[] = [
  {
    control: 'ELB.7',
    type,
    title: 'somebody has connections cut',
    arrange: newBalancer,
    drift: set({ ConnectionDraining: { Enabled: false } }),
  },
  {
    control: 'ELB.9',
    type,
    title: 'somebody keeps requests within their zone',
    arrange: newBalancer,
    drift: set({ CrossZoneLoadBalancing: { Enabled: false } }),
  },
  {
    control: 'ELB.14',
    type,
    title: 'somebody has ambiguous requests counted alone',
    arrange: newBalancer,
    drift: set({
      AdditionalAttributes: [{ Key: 'elb.http.desyncmitigationmode', Value: 'monitor' }],
    }),
  },
];
