import { defineControl, fail, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

export const domainAsksWhoCalls = defineControl(opensearchDomain, {
  id: 'Opensearch.7',
  title: 'OpenSearch domains should have fine-grained access control enabled',
  severity: 'HIGH',
  rationale: 'Without it whoever may call the domain may read and delete every index.',
  standards: {
    'fsbp-1.0.0': ['Opensearch.7'],
    'nist-800-53-r5': [...['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-5', 'AC-6']],
  },
  needs: ['domain'],
  evaluate: ({ domain }) =>
    domain.asksWho
      ? pass
      : fail('the domain has no fine-grained access control', [
          { path: 'domain.asksWho', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn on fine-grained access control; it needs encryption at rest, between nodes and HTTPS. Give who uses the domain roles before the migration period ends: others are shut out.',
  },
});
