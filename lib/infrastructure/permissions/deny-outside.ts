import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Grant, isOfOneRegion } from './permissions.ts';

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

/** The same for who has these grants: what one region takes for all of them is asked for there. */
export const denyOutsideWith = (
  grants: readonly Grant[],
  regions: readonly string[],
): PolicyStatement => {
  const ofOneRegion = grants.flatMap(({ actions }) => actions.filter(isOfOneRegion));
  return denyOutside(regions, [...new Set(ofOneRegion)].toSorted());
};
