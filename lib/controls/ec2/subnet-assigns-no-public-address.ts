import { call, defineControl, fail, pass } from '../../model/control.ts';
import { subnet } from '../../resources/ec2/subnet.ts';

const assign = (SubnetId: string, Value: boolean) =>
  call('ec2', 'modifySubnetAttribute', { SubnetId, MapPublicIpOnLaunch: { Value } });

export const subnetAssignsNoPublicAddress = defineControl(subnet, {
  id: 'EC2.15',
  title: 'Amazon EC2 subnets should not automatically assign public IP addresses',
  severity: 'MEDIUM',
  rationale:
    'What is launched into such a subnet is on the internet without anybody having asked for it.',
  standards: {
    'fsbp-1.0.0': ['EC2.15'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  needs: ['subnet'],
  evaluate({ subnet: { mapsPublicIp } }) {
    if (!mapsPublicIp) return pass;
    return fail('instances that are launched into the subnet get a public address', [
      { path: 'subnet.mapsPublicIp', actual: true, expected: false },
    ]);
  },
  remediation: {
    advice:
      'Turn automatic assignment off, and have launches that need a public address ask for one.',
    grants: [{ actions: ['ec2:ModifySubnetAttribute'], on: ({ arn }) => [arn] }],
    plan: (_, { ref: { id } }) => ({
      kind: 'calls',
      // A group of instances may rely on the address that comes with each launch.
      risk: 'disruptive',
      summary: 'no longer gives a public address to what is launched into the subnet',
      calls: [assign(id, false)],
      undo: { calls: [assign(id, true)], widensAccess: true },
    }),
  },
});
