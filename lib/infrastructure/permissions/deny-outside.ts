import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Denies everything in other regions. IAM is called in us-east-1, which is the home region:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export const denyOutside = (regions: readonly string[]): PolicyStatement =>
  new PolicyStatement({
    sid: 'OtherRegions',
    effect: Effect.DENY,
    actions: ['*'],
    resources: ['*'],
    conditions: { StringNotEquals: { 'aws:RequestedRegion': [...regions] } },
  });
