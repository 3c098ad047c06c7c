import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { autoScalingGroup } from '../../resources/autoscaling/auto-scaling-group.ts';

export const groupUsesHealthChecksOfLoadBalancer = defineControl(autoScalingGroup, {
  id: 'AutoScaling.1',
  title: 'Auto Scaling groups associated with a load balancer should use ELB health checks',
  severity: 'LOW',
  rationale:
    'Without them an instance that no longer answers stays in the group for as long as it runs.',
  standards: {
    'fsbp-1.0.0': ['AutoScaling.1'],
    'nist-800-53-r5': ['CA-7', 'CP-2(2)', 'SI-2'],
  },
  needs: ['group'],
  evaluate({ group: { balancers, healthChecks } }) {
    if (balancers.length === 0) return notApplicable('it is behind no load balancer');
    if (healthChecks.includes('ELB')) return pass;
    return fail('the group does not ask its load balancer whether instances are well', [
      { path: 'group.healthChecks', actual: healthChecks, expected: 'ELB among them' },
    ]);
  },
  remediation: {
    advice:
      'Turn on Elastic Load Balancing health checks of the group, with a grace period that its instances need to start: those that fail the checks are replaced.',
  },
});
