import { defineControl, fail, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

export const domainLogsAudits = defineControl(opensearchDomain, {
  id: 'Opensearch.5',
  title: 'OpenSearch domains should have audit logging enabled',
  severity: 'MEDIUM',
  rationale: 'Who read or deleted what in an index stands in the audit log, and nowhere else.',
  standards: {
    'fsbp-1.0.0': ['Opensearch.5'],
    'nist-800-53-r5': [
      ...['AC-2(4)', 'AC-4(26)', 'AC-6(9)', 'AU-10', 'AU-12', 'AU-2', 'AU-3', 'AU-6(3)'],
      ...['AU-6(4)', 'CA-7', 'SC-7(9)', 'SI-3(8)', 'SI-4(20)', 'SI-7(8)'],
    ],
    'pci-dss-4.0.1': ['10.5.1'],
  },
  needs: ['domain'],
  evaluate: ({ domain: { logs } }) =>
    logs.includes('AUDIT_LOGS')
      ? pass
      : fail('the domain writes no audit log', [
          { path: 'domain.logs', actual: logs, expected: 'AUDIT_LOGS among them' },
        ]),
  remediation: {
    advice:
      'Turn on fine-grained access control, publish audit logs to a log group, and turn auditing on in Dashboards: each of the three is needed. CloudWatch charges for what it takes in.',
  },
});
