import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { ssmRegion } from '../../resources/account/ssm-region.ts';

export const regionLogsAutomation = defineControl(ssmRegion, {
  id: 'SSM.6',
  title: 'SSM Automation should have CloudWatch logging enabled',
  severity: 'MEDIUM',
  rationale: 'What a script of a runbook did and printed stands nowhere else.',
  standards: { 'fsbp-1.0.0': ['SSM.6'] },
  needs: ['automationLog'],
  evaluate({ automationLog }) {
    if (!automationLog) return notApplicable('the region does not have the setting');
    if (automationLog.value === 'CloudWatch') return pass;
    return fail('scripts of Automation write no log', [
      {
        path: 'automationLog.value',
        actual: automationLog.value ?? null,
        expected: 'CloudWatch',
      },
    ]);
  },
  remediation: {
    advice:
      'Send the output of scripts to CloudWatch Logs in the preferences of Automation, and choose a log group. CloudWatch charges for what it takes in.',
  },
});
