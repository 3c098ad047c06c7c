import { call, defineControl, fail, pass } from '../../model/control.ts';
import { ec2Region } from '../../resources/account/ec2-region.ts';

export const regionEncryptsVolumes = defineControl(ec2Region, {
  id: 'EC2.7',
  title: 'EBS default encryption should be enabled',
  severity: 'MEDIUM',
  rationale:
    'A volume cannot be encrypted later: only the default reaches those that are made without a word of it.',
  standards: {
    'fsbp-1.0.0': ['EC2.7'],
    'cis-aws-1.4.0': ['2.2.1'],
    'cis-aws-3.0.0': ['2.2.1'],
    'cis-aws-5.0.0': ['5.1.1'],
    'nist-800-53-r5': [
      ...['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
    ],
  },
  needs: ['ebsEncryption'],
  evaluate({ ebsEncryption: { byDefault } }) {
    if (byDefault) return pass;
    return fail('new volumes are not encrypted unless whoever makes them asks for it', [
      { path: 'ebsEncryption.byDefault', actual: false, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Turn on EBS encryption by default in each region. Volumes and snapshots that are there stay as they are.',
    // IAM checks no resource for them.
    grants: [
      {
        actions: ['ec2:EnableEbsEncryptionByDefault', 'ec2:DisableEbsEncryptionByDefault'],
        on: () => ['*'],
      },
    ],
    plan: () => ({
      kind: 'calls',
      risk: 'safe',
      summary: 'encrypts new volumes and copies of snapshots in the region with its default key',
      calls: [call('ec2', 'enableEbsEncryptionByDefault', {})],
      undo: { calls: [call('ec2', 'disableEbsEncryptionByDefault', {})], widensAccess: false },
    }),
  },
});
