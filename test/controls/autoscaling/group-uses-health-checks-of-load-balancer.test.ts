import { groupUsesHealthChecksOfLoadBalancer } from '../../../lib/controls/autoscaling/group-uses-health-checks-of-load-balancer.ts';
import { testControl } from '../harness.ts';
import { group } from './group.ts';

testControl(groupUsesHealthChecksOfLoadBalancer, {
  base: group(),
  rows: {
    'it asks EC2 and the load balancer': { given: {}, verdict: 'PASS' },
    'it asks the load balancer': { given: group({ healthChecks: ['ELB'] }), verdict: 'PASS' },
    'it asks EC2 alone': {
      given: group({ healthChecks: ['EC2'] }),
      verdict: 'FAIL',
      evidence: ['group.healthChecks'],
    },
    'it asks EC2 and its volumes': {
      given: group({ healthChecks: ['EC2', 'EBS'] }),
      verdict: 'FAIL',
    },
    'nothing says whom it asks': { given: group({ healthChecks: [] }), verdict: 'FAIL' },
    'it is behind no load balancer': {
      given: group({ balancers: [], healthChecks: ['EC2'] }),
      verdict: 'NOT_APPLICABLE',
      reason: /no load balancer/,
    },
  },
});
