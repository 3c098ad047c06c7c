import { latestDate } from '../../support/latest-date.ts';
import type { Baseline } from './baseline.ts';
import type { Exemption } from './exemption.ts';

/** ARNs of the buckets that the stack itself is made of. */
export interface OwnBuckets {
  readonly heartbeat?: string | undefined;
  readonly images?: string | undefined;
  readonly history?: string | undefined;
  readonly reports?: string | undefined;
}

/** What a stack puts out, by which its own buckets are known. */
export const ownOutputs = {
  heartbeat: 'HeartbeatBucket',
  images: 'ImagesBucket',
  history: 'HistoryBucket',
  reports: 'ReportsBucket',
} as const;

interface ByDesign {
  readonly control: string;
  readonly of: keyof OwnBuckets;
  readonly reason: string;
}

const encrypted =
  'encrypted with SSE-S3; a key of its own would keep nobody out who may read it now, and costs $1 a month';
/** What the stack's own resources fail, and why it stays so; SECURITY.md has the same table for people. */
const byDesign: readonly ByDesign[] = [
  { control: 'S3.9', of: 'heartbeat', reason: 'the bucket is empty: nothing in it is accessed' },
  { control: 'S3.11', of: 'heartbeat', reason: 'the bucket is empty: no object changes' },
  { control: 'S3.17', of: 'heartbeat', reason: 'the bucket is empty' },
  {
    control: 'S3.9',
    of: 'images',
    reason:
      'a bucket of logs would be one more thing that stays; data events of CloudTrail tell who reads images',
  },
  {
    control: 'S3.11',
    of: 'images',
    reason: 'one function writes to the bucket, and keeps what it wrote in the ledger',
  },
  { control: 'S3.17', of: 'images', reason: encrypted },
  {
    control: 'S3.9',
    of: 'history',
    reason:
      'a bucket of logs would be one more thing that stays; data events of CloudTrail tell who reads a history',
  },
  {
    control: 'S3.11',
    of: 'history',
    reason: 'one function writes to the bucket, and each file has its sum in a manifest',
  },
  { control: 'S3.17', of: 'history', reason: encrypted },
  {
    control: 'S3.9',
    of: 'reports',
    reason:
      'a bucket of logs would be one more thing that stays; data events of CloudTrail tell who reads a report',
  },
  {
    control: 'S3.11',
    of: 'reports',
    reason: 'one function writes to the bucket, and tells the topic of each report',
  },
  { control: 'S3.17', of: 'reports', reason: encrypted },
];

/** The exemptions of exactly these buckets, each with why it is so; they have no end but the next release. */
export const ownExemptions = (own: OwnBuckets): readonly Exemption[] =>
  byDesign.flatMap(({ control, of, reason }) => {
    const resource = own[of];
    return resource === undefined
      ? []
      : [{ control, resource, owner: 'Plumbline', reason, expires: latestDate, isOwn: true }];
  });

/** A baseline, with the exemptions of what the stack is made of. */
export const withOwnExemptions = <B extends Pick<Baseline, 'controls' | 'exemptions'>>(
  baseline: B,
  own: OwnBuckets,
): B => ({
  ...baseline,
  exemptions: [
    ...baseline.exemptions,
    ...ownExemptions(own).filter(({ control }) => Object.hasOwn(baseline.controls, control)),
  ],
});
