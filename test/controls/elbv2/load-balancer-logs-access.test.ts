import { loadBalancerLogsAccess } from '../../../lib/controls/elbv2/load-balancer-logs-access.ts';
import { attributes as classic } from '../elb/balancers.ts';
import { testControl } from '../harness.ts';
import { application, attributes, network, networkAttributes } from './balancers.ts';

testControl(loadBalancerLogsAccess, {
  base: { loadBalancer: application, attributes },
  rows: {
    'it logs': { given: {}, verdict: 'PASS' },
    'it does not': {
      given: { attributes: { ...attributes, logsAccess: false } },
      verdict: 'FAIL',
      evidence: ['attributes.logsAccess'],
    },
    'AWS does not say': {
      given: { attributes: { ...attributes, logsAccess: undefined } },
      verdict: 'FAIL',
    },
    'a Classic Load Balancer that logs': {
      given: { loadBalancer: { kind: 'classic' }, attributes: classic },
      verdict: 'PASS',
    },
    'a Classic Load Balancer that does not': {
      given: { loadBalancer: { kind: 'classic' }, attributes: { ...classic, logsAccess: false } },
      verdict: 'FAIL',
      evidence: ['attributes.logsAccess'],
    },
    // Security Hub names Application and Classic Load Balancers; Prowler fails this one.
    'a Network Load Balancer': {
      given: { loadBalancer: network, attributes: networkAttributes },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
