import type { Value } from '../../../lib/model/resource-type.ts';
import type { autoScalingGroup } from '../../../lib/resources/autoscaling/auto-scaling-group.ts';

type Group = Value<(typeof autoScalingGroup)['facets']['group']>;

/** A group in two zones behind a target group, launched from a template with two types. */
export const group = (given: Partial<Group> = {}): { group: Group } => ({
  group: {
    status: undefined,
    zones: ['us-east-1a', 'us-east-1b'],
    balancers: ['arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1'],
    healthChecks: ['EC2', 'ELB'],
    instanceTypes: ['m7g.large', 'm7i.large'],
    launchesBy: 'template',
    ...given,
  },
});
