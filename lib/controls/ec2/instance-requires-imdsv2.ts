import { call, defineControl, fail, pass, unknown } from '../../model/control.ts';
import { instance } from '../../resources/ec2/instance.ts';

export const instanceRequiresImdsv2 = defineControl(instance, {
  id: 'EC2.8',
  title: 'EC2 instances should use Instance Metadata Service Version 2 (IMDSv2)',
  severity: 'HIGH',
  rationale:
    'IMDSv1 hands the credentials of the instance to whoever makes its software fetch an address.',
  standards: {
    'fsbp-1.0.0': ['EC2.8'],
    'cis-aws-3.0.0': ['5.6'],
    'cis-aws-5.0.0': ['5.7'],
    'nist-800-53-r5': ['AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6'],
    'pci-dss-4.0.1': ['2.2.6'],
  },
  needs: ['instance'],
  evaluate({ instance: { metadata } }) {
    if (metadata.httpTokens === 'required') return pass;
    if (metadata.httpTokens === undefined)
      return unknown('EC2 does not say whether the instance requires IMDSv2');
    // Security Hub asks for it of an instance whose metadata service is off as well: it can be turned on.
    return fail('the instance answers requests of IMDSv1', [
      { path: 'instance.metadata.httpTokens', actual: metadata.httpTokens, expected: 'required' },
    ]);
  },
  remediation: {
    advice:
      'Where the CloudWatch metric MetadataNoToken of the instance stays 0, set HttpTokens to required. Elsewhere update the software that still uses IMDSv1 first.',
    grants: [{ actions: ['ec2:ModifyInstanceMetadataOptions'], on: ({ arn }) => [arn] }],
    plan: (_, { ref: { id: InstanceId } }) => ({
      kind: 'calls',
      // What still uses IMDSv1 on the instance loses its credentials; nothing restarts.
      risk: 'disruptive',
      summary: 'requires IMDSv2 of the instance, and shuts out its software that uses IMDSv1',
      calls: [call('ec2', 'modifyInstanceMetadataOptions', { InstanceId, HttpTokens: 'required' })],
      undo: {
        calls: [
          call('ec2', 'modifyInstanceMetadataOptions', { InstanceId, HttpTokens: 'optional' }),
        ],
        widensAccess: false,
      },
    }),
  },
});
