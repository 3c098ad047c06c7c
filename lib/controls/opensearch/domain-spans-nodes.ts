import { defineControl, type Evidence, fail, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

export const domainSpansNodes = defineControl(opensearchDomain, {
  id: 'Opensearch.6',
  title: 'OpenSearch domains should have at least three data nodes',
  severity: 'MEDIUM',
  rationale:
    'With fewer nodes, or all in one zone, one that fails takes data or the domain with it.',
  standards: {
    'fsbp-1.0.0': ['Opensearch.6'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['domain'],
  evaluate({ domain: { nodes } }) {
    const faults: readonly Evidence[] = [
      ...(nodes.data < 3
        ? [{ path: 'domain.nodes.data', actual: nodes.data, expected: '3 at least' }]
        : []),
      ...(nodes.areInZones
        ? []
        : [{ path: 'domain.nodes.areInZones', actual: false, expected: true }]),
    ];
    return faults.length === 0 ? pass : fail('the domain does not survive a node', faults);
  },
  remediation: {
    advice:
      'Have three data nodes at least and turn on zone awareness. The domain makes new nodes and moves its data; more nodes cost more.',
  },
});
