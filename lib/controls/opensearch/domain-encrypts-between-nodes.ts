import { defineControl, fail, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

export const domainEncryptsBetweenNodes = defineControl(opensearchDomain, {
  id: 'Opensearch.3',
  title: 'OpenSearch domains should encrypt data sent between nodes',
  severity: 'MEDIUM',
  rationale: 'What nodes tell each other is read by nobody else then.',
  standards: {
    'fsbp-1.0.0': ['Opensearch.3'],
    'nist-800-53-r5': [
      ...['AC-4', 'SC-13', 'SC-23', 'SC-23(3)', 'SC-7(4)', 'SC-8', 'SC-8(1)', 'SC-8(2)'],
    ],
  },
  needs: ['domain'],
  evaluate: ({ domain }) =>
    domain.encryptsBetweenNodes
      ? pass
      : fail('nodes of the domain do not encrypt what they send', [
          { path: 'domain.encryptsBetweenNodes', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn on node-to-node encryption: since Elasticsearch 6.7 a domain takes it in place. It cannot be turned off again.',
  },
});
