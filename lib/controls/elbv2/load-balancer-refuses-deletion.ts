import { defineControl, fail, pass, propose } from '../../model/control.ts';
import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';
import { setAttribute, setsAttributes } from './shared/attributes.ts';

export const loadBalancerRefusesDeletion = defineControl(loadBalancer, {
  id: 'ELB.6',
  title: 'Application, Gateway, and Network Load Balancers should have deletion protection enabled',
  severity: 'MEDIUM',
  rationale:
    'Deletion protection stands between one mistaken or hostile call and an outage: the address of a load balancer does not come back.',
  standards: {
    'fsbp-1.0.0': ['ELB.6'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-3', 'SC-5(2)'],
  },
  needs: ['attributes'],
  evaluate: ({ attributes: { refusesDeletion = false } }) =>
    refusesDeletion
      ? pass
      : fail('the load balancer can be deleted by one call', [
          { path: 'attributes.refusesDeletion', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn on deletion protection; it takes effect at once. Where something makes and deletes load balancers by itself, as the controller of a cluster does, set it there.',
    needs: ['loadBalancer'],
    grants: setsAttributes,
    plan: ({ loadBalancer: { state }, attributes: { refusesDeletion } }, { arn }) =>
      refusesDeletion !== undefined && (state === 'active' || state === 'active_impaired')
        ? setAttribute(arn, {
            key: 'deletion_protection.enabled',
            ...{ value: 'true', before: 'false', risk: 'safe' },
            summary: 'turns on deletion protection of the load balancer',
          })
        : propose(`its state is ${state ?? 'not known'}, or AWS does not show the setting`),
  },
});
