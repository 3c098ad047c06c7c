import { defineControl, fail, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

export const domainRunsLatestSoftware = defineControl(opensearchDomain, {
  id: 'Opensearch.10',
  title: 'OpenSearch domains should have the latest software update installed',
  severity: 'LOW',
  rationale:
    'A domain has what AWS repairs in the software of its nodes only once it runs the new version.',
  standards: {
    'fsbp-1.0.0': ['Opensearch.10'],
    'nist-800-53-r5': ['SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'],
    'pci-dss-4.0.1': ['6.3.3'],
  },
  needs: ['software'],
  // No event of CloudTrail announces a new version: the sweep finds it.
  evaluate: ({ software: { hasUpdate, version } }) =>
    hasUpdate
      ? fail('newer software is there for the domain', [
          { path: 'software.version', actual: version ?? null, expected: 'the latest' },
        ])
      : pass,
  remediation: {
    advice:
      'Start the update, or turn on automatic updates and choose an off-peak window. The domain makes new nodes, which takes a while.',
  },
});
