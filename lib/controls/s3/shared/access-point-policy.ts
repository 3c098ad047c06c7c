import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { throughAccessPoint } from '../../../analysis/policies/policy-conditions.ts';
import { everyActionOf, type Side } from '../../../analysis/policies/public-statements.ts';
import { call, type Grant } from '../../../model/control.ts';
import { multiRegionAccessPointsRegionOf } from '../../../services/regions.ts';

/** What the policy of an access point is about. */
export const throughPoint: Side = { ...everyActionOf('s3'), reading: throughAccessPoint };

/** The policy of an access point. */
const accessPointPolicy: PolicyWriter = {
  service: 's3',
  side: throughPoint,
  put: ({ ref: { id: Name, account: AccountId } }, Policy) =>
    call('s3control', 'putAccessPointPolicy', { AccountId, Name, Policy }),
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html
  mostBytes: 20_480,
  risk: 'safe',
};

/** The policy of one of several regions; the SDK makes a token for each call. */
const multiRegionAccessPointPolicy: PolicyWriter = {
  ...accessPointPolicy,
  put: ({ ref: { id: Name, account: AccountId } }, Policy) =>
    call('s3control', 'putMultiRegionAccessPointPolicy', { AccountId, Details: { Name, Policy } }),
  // The answer to the call says only that S3 begins.
  leftToPeople: ({ arn }) =>
    `S3 takes the policy in ${multiRegionAccessPointsRegionOf(arn.split(':')[1] ?? '')} alone, and brings it to the other regions in its own time`,
};

/** The ARN of an access point of several regions names none: `s3::123456789012:accesspoint/alias.mrap`. */
const isMultiRegion = (arn: string): boolean => arn.split(':')[3] === '';

/** How the policy of an access point is written, of one region or of several. */
export const pointPolicyOf = (arn: string): PolicyWriter =>
  isMultiRegion(arn) ? multiRegionAccessPointPolicy : accessPointPolicy;

/** Of several regions none is written by itself. */
export const pointPolicyGrant: Grant = {
  actions: ['s3:PutAccessPointPolicy'],
  on: ({ arn }) => (arn.split(':')[2] !== 's3' || isMultiRegion(arn) ? [] : [arn]),
};
