import type { LaunchConfiguration } from '@aws-sdk/client-auto-scaling';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { autoscaling } from '../../services/autoscaling.ts';
import { described, only } from '../described.ts';
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
const { about, facet, page } = described({
  actions: ['autoscaling:DescribeLaunchConfigurations'],
  arn: (_, { LaunchConfigurationARN = '' }: LaunchConfiguration) => LaunchConfigurationARN,
  describe,
  // It takes none.
  tagsOf: () => ({}),
});

/** What verdicts need of it; never its user data, which people put passwords into. */
const shown = ({ AssociatePublicIpAddress, MetadataOptions }: LaunchConfiguration) => ({
  /** `undefined` where the subnet decides. */
  assignsPublicAddress: AssociatePublicIpAddress,
  /** `undefined` where it does not say. */
  httpTokens: MetadataOptions?.HttpTokens,
  /** How far a token may travel; `undefined` where it does not say, which is once. */
  hops: MetadataOptions?.HttpPutResponseHopLimit,
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
        const { LaunchConfigurations, NextToken } = await reader.call(
          'autoscaling',
          'describeLaunchConfigurations',
          { MaxRecords: 100, ...(token === undefined ? {} : { NextToken: token }) },
        );
        return page(reader, { found: LaunchConfigurations, next: NextToken }, (one) => ({
          id: one.LaunchConfigurationName ?? '',
          facets: { configuration: shown(one) },
        }));
      },
    },
  },
  configurationItem: 'resourceName',
  about,
  facets: { configuration: facet(shown) },
});
