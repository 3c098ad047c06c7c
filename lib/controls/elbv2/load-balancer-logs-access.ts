import { defineControl, fail, pass } from '../../model/control.ts';
import { classicLoadBalancer } from '../../resources/elb/classic-load-balancer.ts';
import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';
import { outOfScope } from './shared/kinds.ts';

export const loadBalancerLogsAccess = defineControl([loadBalancer, classicLoadBalancer], {
  id: 'ELB.5',
  title: 'Application and Classic Load Balancers logging should be enabled',
  severity: 'MEDIUM',
  rationale: 'Who asked for what, and from where, stands in the access log and nowhere else.',
  standards: {
    'fsbp-1.0.0': ['ELB.5'],
    'nist-800-53-r5': [
      ...['AC-4(26)', 'AU-10', 'AU-12', 'AU-2', 'AU-3', 'AU-6(3)', 'AU-6(4)', 'CA-7', 'SC-7(9)'],
      'SI-7(8)',
    ],
  },
  needs: ['loadBalancer', 'attributes'],
  // A Network Load Balancer logs nothing but what its TLS listeners take.
  evaluate: ({ loadBalancer: { kind }, attributes: { logsAccess = false } }) =>
    outOfScope(kind, ['application', 'classic']) ??
    (logsAccess
      ? pass
      : fail('the load balancer writes no access log', [
          { path: 'attributes.logsAccess', actual: false, expected: true },
        ])),
  remediation: {
    advice:
      'Let it write access logs to a bucket of its region whose policy lets logdelivery.elasticloadbalancing.amazonaws.com write. What the bucket holds costs money: give it a lifecycle.',
  },
});
