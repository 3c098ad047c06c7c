import { defineControl, fail, pass, propose } from '../../model/control.ts';
import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';
import { setAttribute, setsAttributes } from './shared/attributes.ts';
import { outOfScope } from './shared/kinds.ts';

export const loadBalancerDropsInvalidHeaders = defineControl(loadBalancer, {
  id: 'ELB.4',
  title: 'Application Load Balancer should be configured to drop invalid http headers',
  severity: 'MEDIUM',
  rationale: 'A header that two servers read differently hides a second request in the first.',
  standards: {
    'fsbp-1.0.0': ['ELB.4'],
    'nist-800-53-r5': ['SC-7(4)', 'SC-8(2)'],
    'pci-dss-4.0.1': ['6.2.4'],
  },
  needs: ['loadBalancer', 'attributes'],
  evaluate: ({ loadBalancer: { kind }, attributes: { dropsInvalidHeaders = false } }) =>
    outOfScope(kind, ['application']) ??
    (dropsInvalidHeaders
      ? pass
      : fail('the load balancer passes invalid headers on', [
          { path: 'attributes.dropsInvalidHeaders', actual: false, expected: true },
        ])),
  remediation: {
    advice:
      'Drop invalid header fields. Look first whether clients send headers with anything but letters, digits and hyphens in their names, as underscores: these are dropped from then on.',
    grants: setsAttributes,
    plan: ({ attributes: { dropsInvalidHeaders } }, { arn }) =>
      dropsInvalidHeaders === undefined
        ? propose('AWS does not show what it does with them')
        : setAttribute(arn, {
            key: 'routing.http.drop_invalid_header_fields.enabled',
            ...{ value: 'true', before: 'false' },
            // A client that sends an underscore in a name of a header notices it.
            risk: 'disruptive',
            summary: 'drops headers with invalid names from requests',
          }),
  },
});
