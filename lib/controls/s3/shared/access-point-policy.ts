import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';

/** The policy of an access point. */
export const accessPointPolicy: PolicyWriter = {
  service: 's3',
  put: ({ ref: { id: Name, account: AccountId } }, Policy) =>
    call('s3control', 'putAccessPointPolicy', { AccountId, Name, Policy }),
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html
  mostBytes: 20_480,
  risk: 'safe',
};
