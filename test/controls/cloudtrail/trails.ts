const arn = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/main';

/** A multi-Region trail of this account that logs every management event. */
export const main = {
  arn,
  homeRegion: 'us-east-1',
  isMultiRegion: true,
  hasGlobalEvents: true,
  isLogging: true,
  selectors: {
    basic: [{ ReadWriteType: 'All' as const, IncludeManagementEvents: true }],
    advanced: [],
  },
};
export const ofOrganization = {
  ...main,
  arn: 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organization',
};

/** What a trail itself is like: with a key, digests and a log group. */
export const hardened = {
  bucket: 'logs',
  validatesFiles: true,
  kmsKey: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  logGroup: 'arn:aws:logs:us-east-1:123456789012:log-group:trail:*',
};
