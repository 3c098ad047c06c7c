import { loadBalancerRefusesDeletion } from '../../../lib/controls/elbv2/load-balancer-refuses-deletion.ts';
import { testControl } from '../harness.ts';
import { application, attributes, gateway, network, networkAttributes } from './balancers.ts';

const plan = {
  risk: 'safe',
  calls: ['elbv2.modifyLoadBalancerAttributes'],
  input: { Attributes: [{ Key: 'deletion_protection.enabled', Value: 'true' }] },
} as const;
const deletable = { ...attributes, refusesDeletion: false };

testControl(loadBalancerRefusesDeletion, {
  base: { loadBalancer: application, attributes },
  rows: {
    'it is on': { given: {}, verdict: 'PASS' },
    'it is off, as by default': {
      given: { attributes: deletable },
      verdict: 'FAIL',
      evidence: ['attributes.refusesDeletion'],
      plan,
    },
    'AWS does not say': {
      given: { attributes: { ...attributes, refusesDeletion: undefined } },
      verdict: 'FAIL',
      plan: { proposal: /does not show/ },
    },
    'a Network Load Balancer': {
      given: {
        loadBalancer: network,
        attributes: { ...networkAttributes, refusesDeletion: false },
      },
      verdict: 'FAIL',
      plan,
    },
    'a Gateway Load Balancer': {
      given: { loadBalancer: gateway, attributes: deletable },
      verdict: 'FAIL',
      plan,
    },
    'one that is being made': {
      given: { loadBalancer: { ...application, state: 'provisioning' }, attributes: deletable },
      verdict: 'FAIL',
      plan: { proposal: /provisioning/ },
    },
  },
});
