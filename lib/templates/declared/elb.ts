import { classicLoadBalancer } from '../../resources/elb/classic-load-balancer.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

export const declaredClassicLoadBalancer: DeclaredType = {
  type: classicLoadBalancer,
  as: 'AWS::ElasticLoadBalancing::LoadBalancer',
  id: ({ name }) => name,
  placeOf: placesIn({
    listeners: 'Listeners',
    zones: 'AvailabilityZones',
    'attributes.drains': 'ConnectionDrainingPolicy.Enabled',
    'attributes.logsAccess': 'AccessLoggingPolicy.Enabled',
    'attributes.crossesZones': 'CrossZone',
    'attributes.desyncMode': 'DesyncMitigationMode',
    tlsPolicies: 'Policies',
  }),
};
