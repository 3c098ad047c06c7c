import type { LaunchConfiguration } from '@aws-sdk/client-auto-scaling';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { autoscaling } from '../../services/autoscaling.ts';
import { only } from '../described.ts';
import { named } from '../ids.ts';

// It answers nothing where there is none.
const gone = 'LaunchConfigurationNotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<LaunchConfiguration> => {
  const asked = { LaunchConfigurationNames: [id] };
  const { LaunchConfigurations } = await reader.call(
    'autoscaling',
    'describeLaunchConfigurations',
    asked,
  );
  return only(LaunchConfigurations, gone);
};

/** What verdicts need of it; never its user data, which people put passwords into. */
const shown = ({ AssociatePublicIpAddress, MetadataOptions }: LaunchConfiguration) => ({
  /** `undefined` where the subnet decides. */
  assignsPublicAddress: AssociatePublicIpAddress,
  /** `undefined` where it does not say. */
  httpTokens: MetadataOptions?.HttpTokens,
});
// A launch configuration takes no tags.
const aboutOf = ({ LaunchConfigurationARN = '' }: LaunchConfiguration) => ({
  arn: LaunchConfigurationARN,
  tags: {},
});

/** What an Auto Scaling group launches instances from; its id is its name. Nobody changes one. */
export const launchConfiguration = defineResourceType({
  type: 'AWS::AutoScaling::LaunchConfiguration',
  scope: 'regional',
  securityHubType: 'AwsAutoScalingLaunchConfiguration',
  live: {
    gone: [gone],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: autoscaling.eventSource,
        calls: { CreateLaunchConfiguration: 'created', DeleteLaunchConfiguration: 'deleted' },
        idsIn: named({ request: ['launchConfigurationName'] }),
      },
    ],
    list: {
      actions: ['autoscaling:DescribeLaunchConfigurations'],
      page: async (reader, token) => {
        const { LaunchConfigurations = [], NextToken } = await reader.call(
          'autoscaling',
          'describeLaunchConfigurations',
          { MaxRecords: 100, ...(token === undefined ? {} : { NextToken: token }) },
        );
        return {
          resources: LaunchConfigurations.map((one) => ({
            id: one.LaunchConfigurationName ?? '',
            facets: { configuration: shown(one) },
            about: aboutOf(one),
          })),
          ...(NextToken ? { next: NextToken } : {}),
        };
      },
    },
  },
  configurationItem: 'resourceName',
  about: {
    actions: ['autoscaling:DescribeLaunchConfigurations'],
    read: async (reader, ref) => aboutOf(await describe(reader, ref)),
  },
  facets: {
    configuration: {
      actions: ['autoscaling:DescribeLaunchConfigurations'],
      read: async (reader, ref) => shown(await describe(reader, ref)),
    },
  },
});
