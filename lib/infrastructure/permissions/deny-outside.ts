import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * Denies everything in other regions, but for these actions. IAM is called in us-east-1, which is the home region:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export const denyOutside = (
  regions: readonly string[],
  but: readonly string[] = [],
): PolicyStatement =>
  new PolicyStatement({
    sid: 'OtherRegions',
    effect: Effect.DENY,
    ...(but.length > 0 ? { notActions: [...but] } : { actions: ['*'] }),
    resources: ['*'],
    conditions: { StringNotEquals: { 'aws:RequestedRegion': [...regions] } },
  });
