import { regionLogsAutomation } from '../../../lib/controls/ssm/region-logs-automation.ts';
import { testControl } from '../harness.ts';

testControl(regionLogsAutomation, {
  rows: {
    'to CloudWatch': {
      given: { automationLog: { value: 'CloudWatch', isDefault: false } },
      verdict: 'PASS',
    },
    'nowhere, as it begins': {
      given: { automationLog: { value: 'None', isDefault: true } },
      verdict: 'FAIL',
      evidence: ['automationLog.value'],
    },
    'AWS shows no value': {
      given: { automationLog: { value: undefined, isDefault: true } },
      verdict: 'FAIL',
    },
    'a region without the setting': {
      given: { automationLog: undefined },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
