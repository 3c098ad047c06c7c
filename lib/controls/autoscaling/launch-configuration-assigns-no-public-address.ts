import { defineControl, fail, pass } from '../../model/control.ts';
import { launchConfiguration } from '../../resources/autoscaling/launch-configuration.ts';

// Where it is silent the subnet decides, which EC2.15 evaluates: autoscaling-launch-config-public-ip-disabled looks for
// `true` alone.
export const launchConfigurationAssignsNoPublicAddress = defineControl(launchConfiguration, {
  id: 'Autoscaling.5',
  title:
    'Amazon EC2 instances launched using Auto Scaling group launch configurations should not have Public IP addresses',
  severity: 'HIGH',
  rationale:
    'Every instance that a group launches is on the internet, however private its subnet was meant.',
  standards: {
    'fsbp-1.0.0': ['Autoscaling.5'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  exposes: true,
  needs: ['configuration'],
  evaluate({ configuration: { assignsPublicAddress } }) {
    if (assignsPublicAddress !== true) return pass;
    return fail('the launch configuration gives instances a public address', [
      { path: 'configuration.assignsPublicAddress', actual: true, expected: false },
    ]);
  },
  remediation: {
    advice:
      'Make a launch template (or configuration) that gives no public address, have the group launch from it, and replace its instances; put what has to be reached behind a load balancer.',
  },
});
