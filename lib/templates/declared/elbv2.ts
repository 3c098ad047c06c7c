import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';
import { listenersOf } from '../answers/elbv2.ts';
import { type DeclaredType, placesIn } from './declared-type.ts';

const places = placesIn({ attributes: 'LoadBalancerAttributes', zones: 'Subnets' });
const ofListener: Readonly<Record<string, string>> = {
  actions: 'DefaultActions',
  protocol: 'Protocol',
  tlsPolicy: 'SslPolicy',
};

export const declaredLoadBalancer: DeclaredType = {
  type: loadBalancer,
  as: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  id: ({ physicalId }) => physicalId,
  parts: {
    'AWS::ElasticLoadBalancingV2::Listener': { name: 'Name', by: ['LoadBalancerArn'] },
  },
  placeOf(resource, stack, evidence) {
    const [, index, field = ''] = /^listeners\[(\d+)\]\.(\w+)$/.exec(evidence) ?? [];
    if (index !== undefined) {
      const listener = listenersOf(stack, resource)[Number(index)];
      return listener && { declared: listener.declared, path: [ofListener[field] ?? field] };
    }
    // Which of the attributes it is stands in the list at a place of its own.
    return places(resource, stack, evidence.replace(/\..*$/, ''));
  },
};
