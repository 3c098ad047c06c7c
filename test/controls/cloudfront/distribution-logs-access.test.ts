import { distributionLogsAccess } from '../../../lib/controls/cloudfront/distribution-logs-access.ts';
import { testControl } from '../harness.ts';
import { distribution } from './distributions.ts';

testControl(distributionLogsAccess, {
  rows: {
    on: { given: { distribution }, verdict: 'PASS' },
    off: {
      given: { distribution: { ...distribution, logsAccess: false } },
      verdict: 'FAIL',
      evidence: ['distribution.logsAccess'],
    },
  },
});
