import { defineControl, fail, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

export const domainIsInVpc = defineControl(opensearchDomain, {
  id: 'Opensearch.2',
  title: 'OpenSearch domains should be in a VPC',
  severity: 'CRITICAL',
  rationale:
    'The endpoint of a domain outside a VPC is on the internet: its policy alone stands before the data.',
  standards: {
    'fsbp-1.0.0': ['Opensearch.2'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)'],
      ...['SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
  },
  exposes: true,
  needs: ['domain'],
  evaluate: ({ domain }) =>
    domain.isInVpc
      ? pass
      : fail('the domain has a public endpoint', [
          { path: 'domain.isInVpc', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'A domain cannot be moved into a VPC: make one there, copy the indices from a snapshot, then delete the public one. Narrow its policy until then.',
  },
});
