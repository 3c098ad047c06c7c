import { defineControl, fail, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

export const domainIsEncrypted = defineControl(opensearchDomain, {
  id: 'Opensearch.1',
  title: 'OpenSearch domains should have encryption at rest enabled',
  severity: 'MEDIUM',
  rationale: 'Data that is encrypted is of no use to whoever gets hold of a disk or a snapshot.',
  standards: {
    'fsbp-1.0.0': ['Opensearch.1'],
    'nist-800-53-r5': [...['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SI-7(6)']],
  },
  needs: ['domain'],
  evaluate: ({ domain }) =>
    domain.isEncrypted
      ? pass
      : fail('the domain is not encrypted at rest', [
          { path: 'domain.isEncrypted', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn on encryption at rest: since Elasticsearch 6.7 a domain takes it in place, others are made anew and their indices copied. It cannot be turned off again.',
  },
});
