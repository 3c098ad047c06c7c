import { securityHubIsEnabled } from '../../../lib/controls/plumbline/security-hub-is-enabled.ts';
import { testControl } from '../harness.ts';

testControl(securityHubIsEnabled, {
  rows: {
    'it is enabled': {
      given: { securityHub: 'arn:aws:securityhub:us-east-1:123456789012:hub/default' },
      verdict: 'PASS',
    },
    'it is not': {
      given: { securityHub: undefined },
      verdict: 'FAIL',
      reason: /not enabled/,
      evidence: ['securityHub'],
    },
  },
});
