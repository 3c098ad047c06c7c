import { type Grant, type Plan, propose } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import { withoutGrants } from './bucket-acl.ts';
import { type Blockable, blocking, objectionsTo } from './bucket-blocks.ts';
import type { Access } from './bucket-policy.ts';
import { grantsInAcl, isOn, opens, policyInForce } from './public-bucket.ts';
import { policyStep, type Step } from './public-policy-plan.ts';

type State = Blockable;

/**
 * What closes the ACL. Taking the grants out is less than IgnorePublicAcls, which also covers the ACLs of the objects;
 * but while BlockPublicAcls is on S3 would not take the public ACL back. A grant of full control goes as a whole: who may
 * write the ACL can give himself the rest.
 */
const aclStep = (bucket: State, access: Access, id: string): Step | undefined => {
  const isTaken = (grant: State['acl']['grants'][number]) => opens(grant, access);
  const count = grantsInAcl(bucket, access).length;
  if (count === 0) return undefined;
  const calls = isOn(bucket, 'BlockPublicAcls')
    ? undefined
    : withoutGrants(id, bucket.acl, isTaken);
  if (calls)
    return {
      ...calls,
      summary:
        count === 1
          ? 'takes a public grant out of the ACL'
          : `takes ${count} public grants out of the ACL`,
    };
  return { block: 'IgnorePublicAcls' };
};

/** The steps with what blocks they ask for in one call; a person's decision where one of them is. */
const planOfSteps = (
  bucket: State,
  steps: readonly Step[],
  ref: Ref,
  doubts: readonly string[] = [],
): Plan => {
  const asked = steps.flatMap((step) => ('block' in step ? [step.block] : []));
  const blocks = asked.filter((block) => !isOn(bucket, block));
  const summary = `turns on ${blocks.join(' and ')} on the bucket`;
  const done = [
    ...(blocks.length > 0 ? [{ ...blocking(bucket, ref.id, blocks), summary }] : []),
    ...steps.filter((step) => 'take' in step),
  ];
  const calls = done.map(({ take }) => take);
  const reasons = new Set([
    ...doubts,
    ...steps.flatMap((step) => ('why' in step ? [step.why] : [])),
    ...objectionsTo(bucket, blocks, ref),
  ]);
  if (reasons.size > 0) return propose([...reasons].join(', and '), calls);
  return {
    kind: 'calls',
    risk: 'safe',
    summary: done.map(({ summary }) => summary).join(' and '),
    calls,
    undo: { calls: done.map(({ restore }) => restore).reverse(), widensAccess: true },
  };
};

/** Closes a bucket to the public, reading or writing, and to nobody else. */
export const planPrivacy = (bucket: State, access: Access, ref: Ref): Plan => {
  const policy = policyInForce(bucket);
  const byAcl = aclStep(bucket, access, ref.id);
  if ('unreadable' in policy)
    return planOfSteps(bucket, byAcl ? [byAcl] : [], ref, [
      `the bucket policy cannot be made out: ${policy.unreadable}`,
    ]);
  const byPolicy = policyStep(bucket, policy.statements, access, ref);
  return planOfSteps(
    bucket,
    [byPolicy, byAcl].filter((step) => step !== undefined),
    ref,
  );
};

/** What each call of such a plan, and its undo, takes; only where the plan makes it. */
export const privacyGrants = (access: Access): readonly Grant<State>[] =>
  (
    [
      ['putPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
      ['putBucketPolicy', 's3:PutBucketPolicy'],
      ['putBucketAcl', 's3:PutBucketAcl'],
    ] as const
  ).map(([operation, action]) => ({
    actions: [action],
    on: ({ ref, arn }, state) => {
      const { calls = [] } = planPrivacy(state, access, ref);
      return calls.some((one) => one.operation === operation) ? [arn] : [];
    },
  }));
