import { autoScalingGroup } from '../../../lib/resources/autoscaling/auto-scaling-group.ts';
import { launchConfiguration } from '../../../lib/resources/autoscaling/launch-configuration.ts';
import { awsForTests, refOf } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(launchConfiguration);
seesEveryFacet(autoScalingGroup);

const aws = awsForTests();
const read = async (
  type: typeof launchConfiguration | typeof autoScalingGroup,
  id: string,
  ...names: string[]
) => {
  const reading = await aws.reader().read(type, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};

beforeAll(async () => {
  const [autoscaling, ec2] = await Promise.all([
    aws.clients()('autoscaling'),
    aws.clients()('ec2'),
  ]);
  const { Images: [image] = [] } = await ec2.describeImages({ Owners: ['amazon'] });
  const launched = { ImageId: image?.ImageId, InstanceType: 't3.micro' };
  await autoscaling.createLaunchConfiguration({
    ...{ LaunchConfigurationName: 'read-plain', ...launched },
  });
  await autoscaling.createLaunchConfiguration({
    ...{ LaunchConfigurationName: 'read-full', ...launched },
    AssociatePublicIpAddress: true,
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
  });
  const sizes = { MinSize: 0, MaxSize: 0 };
  await autoscaling.createAutoScalingGroup({
    ...{ AutoScalingGroupName: 'read-old', LaunchConfigurationName: 'read-plain', ...sizes },
    AvailabilityZones: ['us-east-1b', 'us-east-1a'],
  });
  const LaunchTemplateName = 'read-for-a-group';
  await ec2.createLaunchTemplate({ LaunchTemplateName, LaunchTemplateData: launched as never });
  await autoscaling.createAutoScalingGroup({
    ...{ AutoScalingGroupName: 'read-new', ...sizes },
    AvailabilityZones: ['us-east-1a'],
    HealthCheckType: 'ELB',
    LoadBalancerNames: [],
    MixedInstancesPolicy: {
      LaunchTemplate: {
        LaunchTemplateSpecification: { LaunchTemplateName, Version: '$Default' },
        Overrides: [{ InstanceType: 't3.small' }, { InstanceType: 't3.micro' }],
      },
    },
    Tags: [{ Key: 'data', Value: 'secret', PropagateAtLaunch: false }],
  });
}, 60_000);

describe('a launch configuration', () => {
  it('shows whether it gives public addresses and requires tokens', async () => {
    expect(await read(launchConfiguration, 'read-full', 'configuration')).toEqual({
      configuration: { value: { assignsPublicAddress: true, httpTokens: 'required', hops: 2 } },
    });
    const { configuration } = Object(
      await read(launchConfiguration, 'read-plain', 'configuration'),
    );
    expect(configuration.value.assignsPublicAddress).not.toBe(true);
    expect(configuration.value.httpTokens).toBeUndefined();
  });

  it('tells its ARN, and is listed with it', async () => {
    const about = { arn: expect.stringMatching(/:launchConfigurationName\/read-full$/), tags: {} };
    expect(await read(launchConfiguration, 'read-full', 'about')).toEqual({
      about: { value: about },
    });
    const { resources } = await launchConfiguration.live.list.page(aws.reader(), undefined);
    expect(resources.find(({ id }) => id === 'read-full')).toMatchObject({ about });
  });
});

describe('an Auto Scaling group', () => {
  it('shows where it is, what it launches from, and whom it asks', async () => {
    expect(await read(autoScalingGroup, 'read-old', 'group')).toEqual({
      group: {
        value: {
          status: undefined,
          zones: ['us-east-1a', 'us-east-1b'],
          balancers: [],
          healthChecks: ['EC2'],
          instanceTypes: [],
          launchesBy: 'configuration',
        },
      },
    });
    expect(await read(autoScalingGroup, 'read-new', 'group')).toMatchObject({
      group: {
        value: {
          healthChecks: ['ELB'],
          instanceTypes: ['t3.micro', 't3.small'],
          launchesBy: 'template',
        },
      },
    });
  });

  it('tells its ARN and tags, and is listed', async () => {
    const about = {
      arn: expect.stringMatching(/:autoScalingGroupName\/read-new$/),
      tags: { data: 'secret' },
    };
    expect(await read(autoScalingGroup, 'read-new', 'about')).toEqual({ about: { value: about } });
    const { resources } = await autoScalingGroup.live.list.page(aws.reader(), undefined);
    expect(resources.find(({ id }) => id === 'read-new')).toMatchObject({ about });
  });

  it('settles', () => {
    const { unsettled } = autoScalingGroup.live;
    expect(unsettled?.while({ status: 'Delete in progress' })).toBe(true);
    expect(unsettled?.while({ status: undefined })).toBe(false);
  });
});

describe.each([
  ['launch configuration', launchConfiguration, ['configuration']],
  ['group', autoScalingGroup, ['group']],
] as const)('a %s', (_, type, [facet]) => {
  it('that is not there is gone', async () => {
    expect(await read(type, 'never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(type, 'example')).toEqual({ [facet]: denied, about: denied });
  }, 60_000);
});
