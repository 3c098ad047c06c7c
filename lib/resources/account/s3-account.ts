import { accountWide } from './wide.ts';

/** What S3 keeps for the account. */
export const s3Account = accountWide({
  type: 'Plumbline::S3::Account',
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
  ],
  facets: {
    publicAccessBlock: {
      actions: ['s3:GetAccountPublicAccessBlock'],
      absent: ['NoSuchPublicAccessBlockConfiguration'],
      read: async (reader) =>
        (await reader.call('s3control', 'getPublicAccessBlock', { AccountId: reader.account }))
          .PublicAccessBlockConfiguration,
    },
  },
});
