import type { AccessPointDescription } from '@aws-sdk/client-efs';
import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { efs } from '../../services/efs.ts';
import { described, only, tagsIn } from '../described.ts';
import { named } from '../ids.ts';
import { isChanging } from './efs-state.ts';

const arn = (ref: Ref) => efs.arn('access-point', ref, ref.id);
const gone = 'AccessPointNotFound';

const describe = async (reader: Reader, { id }: Ref): Promise<AccessPointDescription> => {
  const asked = { AccessPointId: id };
  return only((await reader.call('efs', 'describeAccessPoints', asked)).AccessPoints, gone);
};
const { about, facet, page } = described({
  actions: ['elasticfilesystem:DescribeAccessPoints'],
  arn,
  describe,
  tagsOf: ({ Tags }) => tagsIn(Tags),
});

const shown = ({ LifeCycleState, PosixUser, RootDirectory }: AccessPointDescription) => ({
  state: LifeCycleState,
  /** `/` where the whole file system is seen, as it is unless another is given. */
  root: RootDirectory?.Path ?? '/',
  hasUser: PosixUser !== undefined,
});

/** The id in an access point's id or ARN. */
const accessPointId = (text: string): string | undefined => /(?:^|\/)(fsap-\w+)$/.exec(text)?.[1];

/** A way into a file system, as a user and from a directory of its own; its id is `fsap-…`. Nobody changes one. */
export const efsAccessPoint = defineResourceType({
  type: 'AWS::EFS::AccessPoint',
  scope: 'regional',
  securityHubType: 'AwsEfsAccessPoint',
  live: {
    gone: [gone],
    settlesAfterSeconds: 20,
    unsettled: { facet: 'accessPoint', while: isChanging },
    announcements: [
      {
        via: 'cloudtrail',
        source: efs.eventSource,
        calls: { CreateAccessPoint: 'created', DeleteAccessPoint: 'deleted' },
        idsIn: named({
          request: ['accessPointId'],
          response: ['accessPointId'],
          idOf: accessPointId,
        }),
      },
    ],
    list: {
      actions: ['elasticfilesystem:DescribeAccessPoints'],
      partOf: 'AWS::EFS::FileSystem',
      page: async (reader, token) => {
        const { AccessPoints, NextToken } = await reader.call('efs', 'describeAccessPoints', {
          MaxResults: 100,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        return page(reader, { found: AccessPoints, next: NextToken }, (one) => ({
          id: one.AccessPointId ?? '',
          facets: { accessPoint: shown(one) },
        }));
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about,
  facets: { accessPoint: facet(shown, 'state') },
});
