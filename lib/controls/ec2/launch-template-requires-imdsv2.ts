import { defineControl, fail, pass } from '../../model/control.ts';
import { launchTemplate } from '../../resources/ec2/launch-template.ts';

export const launchTemplateRequiresImdsv2 = defineControl(launchTemplate, {
  id: 'EC2.170',
  title: 'EC2 launch templates should use Instance Metadata Service Version 2 (IMDSv2)',
  severity: 'LOW',
  rationale: 'Each instance of the template may hand its credentials to a forged request.',
  standards: { 'fsbp-1.0.0': ['EC2.170'] },
  needs: ['defaultVersion'],
  evaluate({ defaultVersion: { httpTokens } }) {
    if (httpTokens === 'required') return pass;
    // Where the template is silent, Security Hub fails it though a default of the account or the image may require it.
    return fail('the default version does not require IMDSv2', [
      {
        path: 'defaultVersion.httpTokens',
        actual: httpTokens ?? 'not set',
        expected: 'required',
      },
    ]);
  },
  remediation: {
    advice: 'Create a version with HttpTokens required, and make it the default.',
  },
});
