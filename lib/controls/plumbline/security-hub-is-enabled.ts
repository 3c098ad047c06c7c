import { defineControl, fail, pass } from '../../model/control.ts';
import { securityHubRegion } from '../../resources/account/security-hub-region.ts';

export const securityHubIsEnabled = defineControl(securityHubRegion, {
  id: 'PL.BLIND.3',
  title: 'Security Hub should be enabled',
  severity: 'HIGH',
  rationale: 'Without Security Hub findings have nowhere to go.',
  standards: { 'cis-aws-3.0.0': ['4.16'], 'cis-aws-5.0.0': ['4.16'] },
  needs: ['securityHub'],
  evaluate: ({ securityHub }) =>
    securityHub
      ? pass
      : fail('Security Hub is not enabled in this region', [
          { path: 'securityHub', actual: null, expected: 'enabled' },
        ]),
  remediation: {
    advice: 'Enable Security Hub CSPM in this region; none of its standards is needed.',
    url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-settingup.html',
  },
});
