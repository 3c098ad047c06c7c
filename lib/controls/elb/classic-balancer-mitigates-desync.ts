import { defineControl, fail, pass, propose } from '../../model/control.ts';
import { classicLoadBalancer } from '../../resources/elb/classic-load-balancer.ts';
import { setAttributes, setsAttributes } from './shared/attributes.ts';

const key = 'elb.http.desyncmitigationmode';

export const classicBalancerMitigatesDesync = defineControl(classicLoadBalancer, {
  id: 'ELB.14',
  title: 'Classic Load Balancers should use defensive or strictest desync mitigation',
  severity: 'MEDIUM',
  rationale:
    'A request that two servers read differently smuggles a second one past the rules for the first.',
  standards: {
    'fsbp-1.0.0': ['ELB.14'],
    'nist-800-53-r5': ['AC-4(21)', 'CA-9(1)', 'CM-2'],
    'pci-dss-4.0.1': ['6.2.4'],
  },
  needs: ['attributes'],
  evaluate: ({ attributes: { desyncMode } }) =>
    desyncMode === 'defensive' || desyncMode === 'strictest'
      ? pass
      : fail('ambiguous requests are passed on', [
          {
            path: 'attributes.desyncMode',
            actual: desyncMode ?? null,
            expected: 'defensive or strictest',
          },
        ]),
  remediation: {
    advice:
      'Set the mode to defensive: what is known to be an attack is refused, and the rest passed on.',
    grants: setsAttributes,
    plan({ attributes: { desyncMode } }, { ref: { id } }) {
      if (desyncMode !== 'monitor') return propose('AWS does not show the setting');
      const set = (Value: string) => ({ AdditionalAttributes: [{ Key: key, Value }] });
      return setAttributes(
        id,
        'refuses requests that are known to be an attack',
        set('defensive'),
        set(desyncMode),
      );
    },
  },
});
