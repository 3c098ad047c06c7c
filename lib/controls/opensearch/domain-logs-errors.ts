import { defineControl, fail, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

export const domainLogsErrors = defineControl(opensearchDomain, {
  id: 'Opensearch.4',
  title: 'OpenSearch domain error logging to CloudWatch Logs should be enabled',
  severity: 'MEDIUM',
  rationale: 'Why a domain failed, or who was refused, stands in its error log and nowhere else.',
  standards: {
    'fsbp-1.0.0': ['Opensearch.4'],
    'nist-800-53-r5': [
      ...['AC-2(4)', 'AC-4(26)', 'AC-6(9)', 'AU-10', 'AU-12', 'AU-2', 'AU-3', 'AU-6(3)'],
      ...['AU-6(4)', 'CA-7', 'SC-7(9)', 'SI-3(8)', 'SI-4(20)', 'SI-7(8)'],
    ],
  },
  needs: ['domain'],
  evaluate: ({ domain: { logs } }) =>
    logs.includes('ES_APPLICATION_LOGS')
      ? pass
      : fail('the domain writes no error log', [
          { path: 'domain.logs', actual: logs, expected: 'ES_APPLICATION_LOGS among them' },
        ]),
  remediation: {
    advice:
      'Publish error logs to a log group whose policy lets es.amazonaws.com write. CloudWatch charges for what it takes in.',
  },
});
