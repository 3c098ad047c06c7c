import { defineControl, fail, pass, propose } from '../../model/control.ts';
import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';
import { setAttribute, setsAttributes } from './shared/attributes.ts';
import { outOfScope } from './shared/kinds.ts';

export const loadBalancerMitigatesDesync = defineControl(loadBalancer, {
  id: 'ELB.12',
  title:
    'Application Load Balancer should be configured with defensive or strictest desync mitigation mode',
  severity: 'MEDIUM',
  rationale:
    'A request that two servers end at different places takes somebody else’s answer, or poisons a cache.',
  standards: {
    'fsbp-1.0.0': ['ELB.12'],
    'nist-800-53-r5': ['AC-4(21)', 'CA-9(1)', 'CM-2'],
    'pci-dss-4.0.1': ['6.2.4'],
  },
  needs: ['loadBalancer', 'attributes'],
  // Where AWS does not show it, it is as it is made: defensive.
  evaluate: ({ loadBalancer: { kind }, attributes: { desyncMode = 'defensive' } }) =>
    outOfScope(kind, ['application']) ??
    (desyncMode === 'defensive' || desyncMode === 'strictest'
      ? pass
      : fail('the load balancer passes ambiguous requests on', [
          {
            path: 'attributes.desyncMode',
            actual: desyncMode,
            expected: ['defensive', 'strictest'],
          },
        ])),
  remediation: {
    advice:
      'Set the desync mitigation mode to defensive, as it is by default. Look first at DesyncMitigationMode_NonCompliant_Request_Count for clients whose requests are refused from then on.',
    grants: setsAttributes,
    plan: ({ attributes: { desyncMode } }, { arn }) =>
      desyncMode === undefined
        ? propose('its mode is not known')
        : setAttribute(arn, {
            key: 'routing.http.desync_mitigation_mode',
            ...{ value: 'defensive', before: desyncMode },
            // A client that sends such requests, and meant no harm, is refused.
            risk: 'disruptive',
            summary: 'refuses requests that are ambiguous and dangerous',
          }),
  },
});
