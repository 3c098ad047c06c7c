import { defineControl, fail, pass } from '../../model/control.ts';
import { instance } from '../../resources/ec2/instance.ts';

export const instanceHasNoPublicAddress = defineControl(instance, {
  id: 'EC2.9',
  title: 'Amazon EC2 instances should not have a public IPv4 address',
  severity: 'HIGH',
  rationale:
    'With a public address only a security group stands between an instance and everybody.',
  standards: {
    'fsbp-1.0.0': ['EC2.9'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
  },
  exposes: true,
  needs: ['instance'],
  evaluate({ instance: { publicAddresses } }) {
    if (publicAddresses.length === 0) return pass;
    return fail('the instance has a public IPv4 address', [
      { path: 'instance.publicAddresses', actual: publicAddresses, expected: [] },
    ]);
  },
  remediation: {
    advice:
      'Put the instance behind a load balancer or a NAT gateway. An Elastic IP can be disassociated; an address that came with the launch goes only with a new instance in a subnet that assigns none.',
  },
});
