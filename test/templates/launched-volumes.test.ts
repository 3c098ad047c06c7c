import { verdictOf } from './checking.ts';
import { planOf, verdictIn, type Written } from './terraform/plans.ts';

const instance = (mappings: string) =>
  `Parameters: {Open: {Type: String}}\nResources:\n  It: {Type: 'AWS::EC2::Instance', Properties: {BlockDeviceMappings: ${mappings}}}\n`;
const disk = (ebs: string, device = '/dev/sdf') => `{DeviceName: ${device}, Ebs: {${ebs}}}`;

it.each<[name: string, template: string, verdict: string]>([
  ['an encrypted one', instance(`[${disk('Encrypted: true')}]`), 'PASS'],
  ['one that says so', instance(`[${disk('Encrypted: false')}]`), 'FAIL'],
  ['one that says nothing', instance(`[${disk('VolumeSize: 8')}]`), 'FAIL'],
  [
    'the second of two',
    instance(`[${disk('Encrypted: true', '/dev/sde')}, ${disk('VolumeSize: 8')}]`),
    'FAIL',
  ],
  [
    'a root volume that says nothing',
    instance(`[${disk('VolumeSize: 8', '/dev/xvda')}]`),
    'UNKNOWN it depends on the encryption of the image',
  ],
  [
    'a copy of a snapshot',
    instance(`[${disk('SnapshotId: snap-1')}]`),
    'UNKNOWN it depends on the encryption of the snapshot',
  ],
  [
    'a disk of the host',
    instance('[{DeviceName: /dev/sdb, VirtualName: ephemeral0}]'),
    '0 verdicts',
  ],
  ['nothing', instance('[]'), '0 verdicts'],
  [
    'a parameter',
    instance(`[${disk('Encrypted: !Ref Open')}]`),
    'UNKNOWN it depends on the parameter Open, which has no default',
  ],
])('EC2.3 of what a launch makes: %s', async (_, template, verdict) => {
  expect(await verdictOf(template, 'EC2.3', 'It')).toBe(verdict);
});

const unknownDisk = { encrypted: true, snapshot_id: true, kms_key_id: true, volume_id: true };
it.each<[name: string, written: Omit<Written, 'address'>, verdict: string]>([
  [
    'one that says nothing, which only applying tells',
    {
      values: { ebs_block_device: [{ device_name: '/dev/sdf' }] },
      unknown: { id: true, root_block_device: true, ebs_block_device: [unknownDisk] },
    },
    'FAIL',
  ],
  [
    'none, and a root volume that only applying tells',
    { unknown: { id: true, root_block_device: true, ebs_block_device: true } },
    '0 verdicts',
  ],
  [
    'a root volume that is encrypted',
    {
      values: { root_block_device: [{ encrypted: true }] },
      unknown: { id: true, ebs_block_device: true },
    },
    'PASS',
  ],
])('EC2.3 of what a launch by Terraform makes: %s', async (_, written, verdict) => {
  const address = 'aws_instance.it';
  const plan = planOf([{ address, ...written }]);
  expect(await verdictIn(plan, 'EC2.3', address)).toBe(verdict);
});
