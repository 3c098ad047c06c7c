import { defineResourceType } from '../../model/resource-type.ts';
import { sts } from '../../services/sts.ts';
import { accountIamAnnouncements, accountIamFacets } from './account-iam.ts';

/** The AWS account itself; its id is the account's number. Evaluated in the home region. */
export const account = defineResourceType({
  type: 'AWS::::Account',
  scope: 'account',
  securityHubType: 'AwsAccount',
  live: {
    gone: [],
    settlesAfterSeconds: 30,
    announcements: [
      {
        // Whether CloudTrail names S3 or S3 Control here is not documented.
        via: 'cloudtrail',
        source: 'any',
        calls: {
          PutAccountPublicAccessBlock: ['publicAccessBlock'],
          DeleteAccountPublicAccessBlock: ['publicAccessBlock'],
        },
        idsIn: (_, account) => [account],
      },
      ...accountIamAnnouncements,
    ],
    list: {
      actions: [],
      page: async ({ account }) => ({ resources: [{ id: account }] }),
    },
  },
  arn: (ref) => sts.arn('root-user', ref),
  about: {
    actions: [],
    read: async (_, ref) => ({ arn: sts.arn('root-user', ref), tags: {} }),
  },
  facets: {
    ...accountIamFacets,
    publicAccessBlock: {
      actions: ['s3:GetAccountPublicAccessBlock'],
      absent: ['NoSuchPublicAccessBlockConfiguration'],
      read: async (reader) =>
        (await reader.call('s3control', 'getPublicAccessBlock', { AccountId: reader.account }))
          .PublicAccessBlockConfiguration,
    },
  },
});
