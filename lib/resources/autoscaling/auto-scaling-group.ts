import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { autoscaling } from '../../services/autoscaling.ts';
import { described, only, tagsIn } from '../described.ts';
import { named } from '../ids.ts';

// It answers nothing where there is none.
const gone = 'AutoScalingGroupNotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<AutoScalingGroup> => {
  const asked = { AutoScalingGroupNames: [id] };
  const { AutoScalingGroups } = await reader.call(
    'autoscaling',
    'describeAutoScalingGroups',
    asked,
  );
  return only(AutoScalingGroups, gone);
};
const { about, facet, page } = described({
  actions: ['autoscaling:DescribeAutoScalingGroups'],
  arn: (_, { AutoScalingGroupARN = '' }: AutoScalingGroup) => AutoScalingGroupARN,
  describe,
  tagsOf: ({ Tags }) => tagsIn(Tags),
});

/** The load balancers and target groups of a group, in whichever of the three ways they were attached. */
const balancersOf = (group: AutoScalingGroup): readonly string[] => {
  const { LoadBalancerNames = [], TargetGroupARNs = [], TrafficSources = [] } = group;
  const sources = TrafficSources.filter(({ Type = 'elbv2' }) => /^elb(v2)?$/.test(Type));
  return [
    ...new Set([
      ...LoadBalancerNames,
      ...TargetGroupARNs,
      ...sources.flatMap(({ Identifier }) => Identifier ?? []),
    ]),
  ].toSorted();
};

/** The instance types that a group names; `byAttributes` where it says what they must have instead. */
const typesOf = ({ MixedInstancesPolicy }: AutoScalingGroup) => {
  const overrides = MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  if (overrides.some(({ InstanceRequirements }) => InstanceRequirements)) return 'byAttributes';
  return [...new Set(overrides.flatMap(({ InstanceType }) => InstanceType ?? []))].toSorted();
};

const launchesBy = (group: AutoScalingGroup) => {
  const { LaunchTemplate, MixedInstancesPolicy, LaunchConfigurationName } = group;
  if (LaunchTemplate) return 'template';
  if (MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification) return 'template';
  return LaunchConfigurationName ? 'configuration' : 'nothing';
};

const shown = (group: AutoScalingGroup) => ({
  /** Set while it is deleted alone. */
  status: group.Status,
  /** A template need not say them where nobody asks. */
  get zones() {
    return (group.AvailabilityZones ?? []).toSorted();
  },
  balancers: balancersOf(group),
  /** `EC2`, `ELB` and others, as the group has them. */
  healthChecks: (group.HealthCheckType ?? '').split(',').filter((one) => one !== ''),
  instanceTypes: typesOf(group),
  launchesBy: launchesBy(group),
});

/** An Auto Scaling group; its id is its name. */
export const autoScalingGroup = defineResourceType({
  type: 'AWS::AutoScaling::AutoScalingGroup',
  scope: 'regional',
  securityHubType: 'AwsAutoScalingAutoScalingGroup',
  live: {
    gone: [gone],
    settlesAfterSeconds: 15,
    unsettled: {
      facet: 'group',
      while: (value) => Object(value).status === 'Delete in progress',
    },
    announcements: [
      {
        via: 'cloudtrail',
        source: autoscaling.eventSource,
        calls: {
          CreateAutoScalingGroup: 'created',
          UpdateAutoScalingGroup: ['group'],
          DeleteAutoScalingGroup: 'deleted',
          AttachLoadBalancers: ['group'],
          DetachLoadBalancers: ['group'],
          AttachLoadBalancerTargetGroups: ['group'],
          DetachLoadBalancerTargetGroups: ['group'],
          AttachTrafficSources: ['group'],
          DetachTrafficSources: ['group'],
        },
        idsIn: named({ request: ['autoScalingGroupName'] }),
      },
    ],
    list: {
      actions: ['autoscaling:DescribeAutoScalingGroups'],
      page: async (reader, token) => {
        const { AutoScalingGroups, NextToken } = await reader.call(
          'autoscaling',
          'describeAutoScalingGroups',
          { MaxRecords: 100, ...(token === undefined ? {} : { NextToken: token }) },
        );
        return page(reader, { found: AutoScalingGroups, next: NextToken }, (one) => ({
          id: one.AutoScalingGroupName ?? '',
          facets: { group: shown(one) },
        }));
      },
    },
  },
  configurationItem: 'resourceName',
  about,
  facets: { group: facet(shown, 'status') },
});
