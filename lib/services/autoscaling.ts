import { defineService } from './service.ts';

export const autoscaling = defineService({
  sdk: () => import('@aws-sdk/client-auto-scaling'),
  client: ({ AutoScaling }, settings) => new AutoScaling(settings),
  iam: 'autoscaling',
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/logging-using-cloudtrail.html
  eventSource: 'autoscaling.amazonaws.com',
  // AWS makes up a part of each ARN.
  kinds: {
    launchConfiguration: {
      arn: 'arn:{partition}:autoscaling:{region}:{account}:launchConfiguration:*:launchConfigurationName/{id}',
      type: 'AWS::AutoScaling::LaunchConfiguration',
      named: ['LaunchConfigurationName'],
    },
    autoScalingGroup: {
      arn: 'arn:{partition}:autoscaling:{region}:{account}:autoScalingGroup:*:autoScalingGroupName/{id}',
      type: 'AWS::AutoScaling::AutoScalingGroup',
      named: ['AutoScalingGroupName'],
    },
  },
  pages: [],
});
