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

const launched = (template: string, own = '[]', named = '!Ref Launch') =>
  `Resources:
  Launch: {Type: 'AWS::EC2::LaunchTemplate', Properties: {LaunchTemplateData: {BlockDeviceMappings: ${template}}}}
  It: {Type: 'AWS::EC2::Instance', Properties: {BlockDeviceMappings: ${own}, LaunchTemplate: {LaunchTemplateId: ${named}, Version: 1}}}
`;
it.each<[name: string, template: string, verdict: string]>([
  ['an encrypted one', launched(`[${disk('Encrypted: true')}]`), 'PASS'],
  ['one that says so', launched(`[${disk('Encrypted: false')}]`), 'FAIL'],
  ['nothing', launched('[]'), '0 verdicts'],
  [
    'one that the instance has otherwise',
    launched(`[${disk('Encrypted: false')}]`, `[${disk('Encrypted: true')}]`),
    'PASS',
  ],
  [
    'one of a device that the instance does not name',
    launched(`[${disk('Encrypted: false', '/dev/sde')}]`, `[${disk('Encrypted: true')}]`),
    'UNKNOWN it depends on whether the mappings of the launch template stay beside those of the instance',
  ],
  [
    'what another stack has, beside one of the instance',
    launched('[]', `[${disk('Encrypted: true')}]`, 'lt-1'),
    'UNKNOWN it depends on the launch template, which is not in the template',
  ],
  [
    'what another stack has, beside one of the instance that says no',
    launched('[]', `[${disk('Encrypted: false')}]`, 'lt-1'),
    'FAIL',
  ],
  ['what another stack has', launched('[]', '[]', 'lt-1'), '0 verdicts'],
])('EC2.3 of what a launch template makes: %s', async (_, template, verdict) => {
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
  [
    'one in a list of constants, of which only applying tells the rest',
    {
      values: { ebs_block_device: [{ device_name: '/dev/sdf', encrypted: true }] },
      unknown: { id: true, root_block_device: true, ebs_block_device: [unknownDisk] },
    },
    'PASS',
  ],
  [
    'one that a dynamic block makes',
    {
      unknown: { id: true, root_block_device: true, ebs_block_device: [{ encrypted: true }] },
    },
    'UNKNOWN it depends on aws_instance.it.ebs_block_device.0.encrypted, which is known after it is applied',
  ],
  [
    'all of them in one list that is known after applying',
    {
      unknown: { id: true, root_block_device: true, ebs_block_device: true },
      refers: { ebs_block_device: ['var.disks'] },
    },
    'UNKNOWN',
  ],
])('EC2.3 of what a launch by Terraform makes: %s', async (_, written, verdict) => {
  const address = 'aws_instance.it';
  const plan = planOf([{ address, ...written }]);
  expect(await verdictIn(plan, 'EC2.3', address)).toMatch(new RegExp(`^${verdict}`));
});

const byTerraform = (ebs: object, own?: Partial<Written>) =>
  planOf([
    {
      address: 'aws_launch_template.l',
      values: { block_device_mappings: [{ device_name: '/dev/sdf', ebs: [ebs] }] },
      unknown: { id: true },
    },
    {
      address: 'aws_instance.it',
      values: { launch_template: [{ version: '$Latest' }], ...own?.values },
      unknown: {
        id: true,
        ebs_block_device: true,
        root_block_device: true,
        launch_template: [{ id: true, name: true }],
        ...own?.unknown,
      },
      refers: {
        launch_template: [
          { id: { references: ['aws_launch_template.l.id', 'aws_launch_template.l'] } },
        ],
        ...own?.refers,
      },
    },
  ]);
it.each<[name: string, plan: unknown, verdict: string]>([
  ['an encrypted one', byTerraform({ encrypted: 'true' }), 'PASS'],
  ['one that says so', byTerraform({ encrypted: 'false' }), 'FAIL'],
  ['one that says nothing', byTerraform({}), 'FAIL'],
  [
    'a copy of a snapshot',
    byTerraform({ snapshot_id: 'snap-1' }),
    'UNKNOWN it depends on the encryption of the snapshot',
  ],
  [
    'one of a device that the instance has otherwise',
    byTerraform(
      { encrypted: 'false' },
      {
        values: { ebs_block_device: [{ device_name: '/dev/sdf', encrypted: true }] },
        unknown: { ebs_block_device: [{}] },
      },
    ),
    'PASS',
  ],
  [
    'another one, of a plan that does not say which',
    byTerraform(
      { encrypted: 'true' },
      {
        values: { ebs_block_device: [{ device_name: '/dev/sdf', encrypted: true }] },
        unknown: { ebs_block_device: [{}] },
        refers: { launch_template: [{ id: { references: ['var.id'] } }] },
      },
    ),
    'UNKNOWN it depends on the launch template, which is not in the template',
  ],
])('EC2.3 of what a launch template of Terraform makes: %s', async (_, plan, verdict) => {
  expect(await verdictIn(plan, 'EC2.3', 'aws_instance.it')).toBe(verdict);
});
