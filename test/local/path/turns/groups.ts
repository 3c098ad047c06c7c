import type { UpdateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { ImageId, nameOf, type Turn } from './turn.ts';

type Group = Omit<UpdateAutoScalingGroupType, 'AutoScalingGroupName'>;

/** What is launched: it has the name of the group, as a template and as a configuration. */
const launching = (LaunchTemplateName: string, ...types: readonly string[]): Group => ({
  MixedInstancesPolicy: {
    LaunchTemplate: {
      LaunchTemplateSpecification: { LaunchTemplateName, Version: '$Default' },
      Overrides: types.map((InstanceType) => ({ InstanceType })),
    },
  },
});
const rightly = (name: string): Group => ({
  ...{ MinSize: 0, MaxSize: 0, HealthCheckType: 'ELB', HealthCheckGracePeriod: 60 },
  AvailabilityZones: ['us-east-1a', 'us-east-1b'],
  ...launching(name, 't3.small', 't3.micro'),
});

const group = (
  [control, ...also]: readonly [string, ...string[]],
  wrong: (name: string) => Group,
): Turn => {
  const set = async (clients: Clients, AutoScalingGroupName: string, given: Group) =>
    (await clients('autoscaling')).updateAutoScalingGroup({ AutoScalingGroupName, ...given });
  return {
    ...{ control, also },
    type: 'AWS::AutoScaling::AutoScalingGroup',
    make: async (clients) => {
      const name = nameOf('turn');
      const ec2 = await clients('ec2');
      const launched = { ImageId, InstanceType: 't3.micro' } as const;
      await ec2.createLaunchTemplate({
        ...{ LaunchTemplateName: name, LaunchTemplateData: launched },
      });
      const autoscaling = await clients('autoscaling');
      await autoscaling.createLaunchConfiguration({ LaunchConfigurationName: name, ...launched });
      const { TargetGroups: [targets] = [] } = await (await clients('elbv2')).createTargetGroup({
        ...{ Name: name, Protocol: 'HTTP', Port: 80, TargetType: 'instance' },
        VpcId: (await ec2.describeVpcs({})).Vpcs?.[0]?.VpcId,
      });
      await autoscaling.createAutoScalingGroup({
        ...{ AutoScalingGroupName: name, TargetGroupARNs: [targets?.TargetGroupArn ?? ''] },
        ...{ MinSize: 0, MaxSize: 0 },
        ...rightly(name),
      });
      return name;
    },
    wrong: (clients, name) => set(clients, name, wrong(name)),
    right: (clients, name) => set(clients, name, rightly(name)),
  };
};

export const groupTurns: readonly Turn[] = [
  group(['AutoScaling.1', 'AutoScaling.2', 'AutoScaling.6'], (name) => ({
    ...{ HealthCheckType: 'EC2', AvailabilityZones: ['us-east-1a'] },
    ...launching(name, 't3.micro'),
  })),
  group(['AutoScaling.9'], (name) => ({ LaunchConfigurationName: name })),
];
