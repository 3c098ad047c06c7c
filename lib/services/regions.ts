import { partitionOf } from './partition.ts';

/**
 * Regions that every account has from its first day and can not turn off: those launched before 20 March 2019, and Osaka.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html and
 * https://docs.aws.amazon.com/assistant/latest/userguide/regions.md, read on 29 November 2026. In the other partitions
 * AWS has no region that an account must ask for.
 */
const byDefault: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-southeast-1',
    'ap-southeast-2',
    'ca-central-1',
    'eu-central-1',
    'eu-north-1',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
};

/**
 * Where IAM signs its calls, so that its events arrive there and AWS Config records it there: the region of its credential
 * scope, https://github.com/boto/botocore/blob/develop/botocore/data/endpoints.json
 */
const globalEvents: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};
/** The region in which IAM, and other services that have none, are heard; `undefined` in a partition that we do not know. */
export const globalEventsRegionOf = (partition: string): string | undefined =>
  globalEvents[partition];

/**
 * Where S3 takes the calls on Multi-Region Access Points, wherever their buckets are; other partitions have none.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MrapOperations.html
 */
const multiRegionAccessPoints: Readonly<Record<string, string>> = { aws: 'us-west-2' };
export const multiRegionAccessPointsRegionOf = (partition: string): string | undefined =>
  multiRegionAccessPoints[partition];

/** The events of IAM arrive there: https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html */
export const homeRegion = 'us-east-1';

/** Where Plumbline can be at home, in each partition one. */
export const homeRegions = [homeRegion, 'cn-north-1', 'us-gov-west-1'] as const;

/** Where Plumbline is at home in the partition of a region; in a partition that we do not know, the region itself. */
export const homeRegionOf = (region: string): string =>
  globalEventsRegionOf(partitionOf(region)) ?? region;

/** Whether one Plumbline is known to hear several regions of a partition: in others nobody has tried that. */
export const hearsSeveralRegions = (partition: string): boolean => partition === 'aws';

/** Regions that an account has only where somebody enabled them. */
const onRequest: Readonly<Record<string, readonly string[]>> = {
  aws: [
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-south-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-west-1',
    'eu-central-2',
    'eu-south-1',
    'eu-south-2',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'me-west-1',
    'mx-central-1',
    'sa-west-1',
  ],
};

export const defaultRegionsOf = (partition: string): readonly string[] =>
  byDefault[partition] ?? [];

/** Every region of a partition that we know of. A test holds them to the SDK's list. */
export const regionsOf = (partition: string): readonly string[] => [
  ...defaultRegionsOf(partition),
  ...(onRequest[partition] ?? []),
];
