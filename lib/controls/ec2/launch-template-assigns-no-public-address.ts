import { defineControl, fail, pass } from '../../model/control.ts';
import { launchTemplate } from '../../resources/ec2/launch-template.ts';

export const launchTemplateAssignsNoPublicAddress = defineControl(launchTemplate, {
  id: 'EC2.25',
  title: 'Amazon EC2 launch templates should not assign public IPs to network interfaces',
  severity: 'HIGH',
  rationale:
    'Every instance of the template is on the internet, however private its subnet was meant.',
  standards: {
    'fsbp-1.0.0': ['EC2.25'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  needs: ['defaultVersion'],
  evaluate({ defaultVersion: { publicInterfaces } }) {
    if (publicInterfaces.length === 0) return pass;
    return fail(
      'the default version gives instances a public address',
      publicInterfaces.map((index) => ({
        path: `defaultVersion.publicInterfaces[${index}]`,
        actual: true,
        expected: false,
      })),
    );
  },
  remediation: {
    advice:
      'Create a version whose network interfaces get no public address, and make it the default; put what has to be reached behind a load balancer.',
  },
});
