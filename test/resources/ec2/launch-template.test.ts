import type { EC2 } from '@aws-sdk/client-ec2';
import { launchTemplate } from '../../../lib/resources/ec2/launch-template.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(launchTemplate);

const aws = awsForTests();
let ec2: EC2;
let id = '';
const read = async (of = id) => {
  const reading = await aws.reader().read(launchTemplate, refOf(of), ['defaultVersion']);
  return reading.gone ? 'gone' : Object(reading.facets['defaultVersion']).value;
};

beforeAll(async () => {
  ec2 = await aws.clients()('ec2');
  const { LaunchTemplate } = await ec2.createLaunchTemplate({
    LaunchTemplateName: 'facet-template',
    LaunchTemplateData: { UserData: Buffer.from('planted-secret').toString('base64') },
    TagSpecifications: [
      { ResourceType: 'launch-template', Tags: [{ Key: 'team', Value: 'shop' }] },
    ],
  });
  id = LaunchTemplate?.LaunchTemplateId ?? '';
}, 60_000);

it('shows its default version, and nothing of its user data', async () => {
  expect(await read()).toEqual({ publicInterfaces: [], httpTokens: undefined });
  await ec2.createLaunchTemplateVersion({
    LaunchTemplateId: id,
    LaunchTemplateData: {
      NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true }],
      MetadataOptions: { HttpTokens: 'optional' },
    },
  });
  expect(await read()).toMatchObject({ publicInterfaces: [] });
  await ec2.modifyLaunchTemplate({ LaunchTemplateId: id, DefaultVersion: '2' });
  expect(await read()).toEqual({ publicInterfaces: [0], httpTokens: 'optional' });
});

it('shows which volumes it says something of', async () => {
  const { LaunchTemplate } = await ec2.createLaunchTemplate({
    LaunchTemplateName: 'facet-volumes',
    LaunchTemplateData: {
      BlockDeviceMappings: [
        { DeviceName: '/dev/xvda', Ebs: { Encrypted: false } },
        { DeviceName: '/dev/sdf', Ebs: { Encrypted: true } },
        { DeviceName: '/dev/sdg', VirtualName: 'ephemeral0' },
      ],
    },
  });
  const ref = refOf(LaunchTemplate?.LaunchTemplateId ?? '');
  expect(await launchTemplate.facets.volumes.read(aws.reader(), ref)).toEqual([
    { device: '/dev/xvda', isEncrypted: false },
    { device: '/dev/sdf', isEncrypted: true },
  ]);
  const bare = await aws.reader().read(launchTemplate, refOf(id), ['volumes']);
  expect(bare).toMatchObject({ facets: { volumes: { value: [] } } });
});

it('is listed with ARN and tags', async () => {
  const about = {
    arn: `arn:aws:ec2:${region}:${accountId}:launch-template/${id}`,
    tags: { team: 'shop' },
  };
  const { resources } = await launchTemplate.live.list.page(aws.reader(), undefined);
  expect(resources).toContainEqual({ id, about });
  expect(await launchTemplate.about.read(aws.reader(), refOf(id))).toEqual(about);
});

it('is gone where it is not there', async () => {
  expect(await read('lt-0123456789abcdef0')).toBe('gone');
});

it('is denied to whoever may read nothing', async () => {
  for (const one of Object.values(Object(await deniedReading(launchTemplate, 'lt-1'))))
    expect(one).toEqual({ denied: expect.any(String) });
}, 60_000);
