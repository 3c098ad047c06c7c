import { lazily } from '../part.ts';
import type { Resource, Stack } from '../stack.ts';
import { type Answer, type Answers, ownValue } from './answer.ts';
import { zoneOf } from './ec2/network.ts';

const one = (stack: Stack, type: string, names: unknown): readonly Resource[] => {
  const [wanted] = [names].flat();
  const found = stack.find([type], ({ name }) => name === wanted);
  return found ? [found] : [];
};

/** `undefined` where nothing is said: the subnet decides then. */
const assignsAddress = (stack: Stack, configuration: Resource): boolean | undefined => {
  const set = configuration.get('AssociatePublicIpAddress').flag();
  if (set !== undefined) return set;
  return ownValue(stack, 'public addresses as a subnet gives them', true) ? undefined : true;
};

/** One where nothing is said, unless a default of the account says otherwise. */
const hopsOf = (stack: Stack, found: Resource): number | undefined => {
  const set = found.get('MetadataOptions', 'HttpPutResponseHopLimit');
  if (set.isSet) return set.number(['1', '2']);
  return ownValue(stack, 'metadata tokens that stay on the instance', 1) ?? 2;
};

const configurations: Answer = (stack, { LaunchConfigurationNames }) => ({
  LaunchConfigurations: one(
    stack,
    'AWS::AutoScaling::LaunchConfiguration',
    LaunchConfigurationNames,
  ).map((found) =>
    lazily({
      LaunchConfigurationName: () => found.name,
      LaunchConfigurationARN: () => found.arn,
      AssociatePublicIpAddress: () => assignsAddress(stack, found),
      MetadataOptions: () =>
        lazily({
          HttpTokens: () =>
            found.get('MetadataOptions', 'HttpTokens').text(['optional', 'required']),
          HttpPutResponseHopLimit: () => hopsOf(stack, found),
        }),
    }),
  ),
});

/** Zones by their names, or those of its subnets; several subnets can be in one zone. */
const zonesOf = (stack: Stack, group: Resource): readonly unknown[] => {
  const zones = group.get('AvailabilityZones').nameList();
  if (zones.length > 0) return [...new Set(zones)];
  const subnets = group.get('VPCZoneIdentifier').nameList();
  // One is in one zone, whichever it is.
  return subnets.length < 2 ? subnets : [...new Set(subnets.map((id) => zoneOf(stack, id)))];
};

const policyOf = (group: Resource) => {
  const policy = group.get('MixedInstancesPolicy');
  if (!policy.isSet) return undefined;
  return {
    LaunchTemplate: {
      LaunchTemplateSpecification: {},
      Overrides: policy
        .get('LaunchTemplate', 'Overrides')
        .items()
        .map((override) => ({
          InstanceType: override.get('InstanceType').name(),
          InstanceRequirements: override.get('InstanceRequirements').isSet ? {} : undefined,
        })),
    },
  };
};

const groups: Answer = (stack, { AutoScalingGroupNames }) => ({
  AutoScalingGroups: one(stack, 'AWS::AutoScaling::AutoScalingGroup', AutoScalingGroupNames).map(
    (group) =>
      lazily({
        AutoScalingGroupName: () => group.name,
        AutoScalingGroupARN: () => group.arn,
        AvailabilityZones: () => zonesOf(stack, group),
        LoadBalancerNames: () => group.get('LoadBalancerNames').nameList(),
        TargetGroupARNs: () => group.get('TargetGroupARNs').nameList(),
        TrafficSources: () =>
          group
            .get('TrafficSources')
            .items()
            .map((source) => ({
              Identifier: source.get('Identifier').name(),
              Type: source.get('Type').text(['elbv2', 'vpc-lattice']),
            })),
        HealthCheckType: () => group.get('HealthCheckType').text(['EC2', 'ELB']) ?? 'EC2',
        LaunchTemplate: () => (group.get('LaunchTemplate').isSet ? {} : undefined),
        MixedInstancesPolicy: () => policyOf(group),
        // Of an instance AWS makes a launch configuration (AWS::AutoScaling::AutoScalingGroup, InstanceId).
        LaunchConfigurationName: () =>
          ['LaunchConfigurationName', 'InstanceId'].some((name) => group.get(name).isSet)
            ? 'declared'
            : undefined,
      }),
  ),
});

export const autoscalingAnswers: Answers = {
  describeLaunchConfigurations: configurations,
  describeAutoScalingGroups: groups,
};
