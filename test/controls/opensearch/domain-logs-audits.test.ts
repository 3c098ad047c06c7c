import { domainLogsAudits } from '../../../lib/controls/opensearch/domain-logs-audits.ts';
import { testControl } from '../harness.ts';
import { domain } from './domains.ts';

testControl(domainLogsAudits, {
  rows: {
    'it does': { given: { domain }, verdict: 'PASS' },
    'another log alone': {
      given: { domain: { ...domain, logs: ['ES_APPLICATION_LOGS'] } },
      verdict: 'FAIL',
      evidence: ['domain.logs'],
    },
    none: { given: { domain: { ...domain, logs: [] } }, verdict: 'FAIL' },
  },
});
