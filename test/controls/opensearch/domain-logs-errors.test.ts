import { domainLogsErrors } from '../../../lib/controls/opensearch/domain-logs-errors.ts';
import { testControl } from '../harness.ts';
import { domain } from './domains.ts';

testControl(domainLogsErrors, {
  rows: {
    'it does': { given: { domain }, verdict: 'PASS' },
    'another log alone': {
      given: { domain: { ...domain, logs: ['AUDIT_LOGS', 'SEARCH_SLOW_LOGS'] } },
      verdict: 'FAIL',
      evidence: ['domain.logs'],
    },
    none: { given: { domain: { ...domain, logs: [] } }, verdict: 'FAIL' },
  },
});
