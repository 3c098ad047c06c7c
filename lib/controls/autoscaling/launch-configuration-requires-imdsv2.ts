import { defineControl, fail, pass } from '../../model/control.ts';
import { launchConfiguration } from '../../resources/autoscaling/launch-configuration.ts';

export const launchConfigurationRequiresImdsv2 = defineControl(launchConfiguration, {
  id: 'AutoScaling.3',
  title:
    'Auto Scaling group launch configurations should configure EC2 instances to require Instance Metadata Service Version 2 (IMDSv2)',
  severity: 'HIGH',
  rationale:
    'Each instance that a group launches may hand the credentials of its role to a forged request.',
  standards: {
    'fsbp-1.0.0': ['AutoScaling.3'],
    'nist-800-53-r5': ['AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6', 'CA-9(1)', 'CM-2'],
    'pci-dss-4.0.1': ['2.2.6'],
  },
  needs: ['configuration'],
  evaluate({ configuration: { httpTokens } }) {
    if (httpTokens === 'required') return pass;
    // Where it is silent, Security Hub fails it though a default of the account or the image may require it.
    return fail('the launch configuration does not require IMDSv2', [
      {
        path: 'configuration.httpTokens',
        actual: httpTokens ?? 'not set',
        expected: 'required',
      },
    ]);
  },
  remediation: {
    advice:
      'Make a launch template (or configuration) with HttpTokens required, have the group launch from it, and replace its instances: a launch configuration cannot be changed.',
  },
});
