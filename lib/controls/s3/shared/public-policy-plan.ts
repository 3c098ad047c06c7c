import { withStatements, writtenStatements } from '../../../analysis/policies/policy-closing.ts';
import { parsePolicy, type Statement } from '../../../analysis/policies/policy-document.ts';
import type { Call } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import { type Blockable, objectionsTo } from './bucket-blocks.ts';
import { type Access, publicStatements, reaches, sides } from './bucket-policy.ts';
import { putPolicy, refusalOf } from './bucket-policy-text.ts';
import { type Exposure, isOn, type Setting } from './public-bucket.ts';
import { actionsBeyond, narrowed } from './public-statement.ts';
import { isPublicToS3 } from './public-to-s3.ts';

/** One way to close a bucket: a block, calls with what takes them back, or why it is left to a person. */
export type Step =
  | { readonly block: Setting }
  | { readonly take: Call; readonly restore: Call; readonly summary: string }
  | { readonly why: string; readonly block: Setting };

const otherSide = (access: Access): Access => (access === 'read' ? 'write' : 'read');

/**
 * Whether the block of public access is the smaller of the two ways to close a policy. The other way narrows its
 * statements. The block is too much where it shuts out others than the public, or shuts the public out of what may stay
 * open. It does nothing where S3 may not see that the policy is public.
 */
const isBlockLess = (
  bucket: Blockable,
  statements: readonly Statement[],
  access: Access,
  ref: Ref,
): boolean => {
  const open = publicStatements(statements, access);
  const openToOther = publicStatements(statements, otherSide(access));
  return (
    isPublicToS3(statements, [sides[access]]) &&
    objectionsTo(bucket, ['RestrictPublicBuckets'], ref).length === 0 &&
    !openToOther.some((one) => !open.includes(one) || actionsBeyond(one, access).length > 0)
  );
};

/** Whether visitors of a website, who are the public, can no longer read once these statements are closed. */
const shutsVisitorsOut = (open: readonly Statement[], access: Access): boolean =>
  access === 'read' ||
  open.some(
    ({ actions }) =>
      actions.not ||
      actions.patterns
        .map((pattern) => pattern.toLowerCase())
        .some((pattern) => reaches(pattern, 'read') && reaches(pattern, 'write')),
  );

/** The policy with its public statements narrowed; `undefined` where that cannot be written, or would not close it. */
const narrowedPolicy = (
  policy: string,
  statements: readonly Statement[],
  access: Access,
  account: string,
): string | undefined => {
  const open = publicStatements(statements, access);
  const parts = writtenStatements(policy).map((fields, index) => {
    const statement = statements[index];
    return statement && open.includes(statement)
      ? narrowed(fields, statement, access, account)
      : [fields];
  });
  const whole = parts.filter((part) => part !== undefined);
  if (whole.length < parts.length) return undefined;
  const text = withStatements(policy, whole.flat());
  const parsed = parsePolicy(text);
  const isClosed =
    !('unreadable' in parsed) && publicStatements(parsed.statements, access).length === 0;
  return isClosed ? text : undefined;
};

const narrowing = (
  bucket: Exposure,
  policy: string,
  statements: readonly Statement[],
  access: Access,
  { account, id }: Ref,
): Step => {
  const why = (reason: string): Step => ({ why: reason, block: 'RestrictPublicBuckets' });
  const text = narrowedPolicy(policy, statements, access, account);
  if (text === undefined)
    return why('the public statements cannot be narrowed to those whom they admit besides');
  if (isOn(bucket, 'BlockPublicPolicy'))
    return why(
      isOn(bucket, 'RestrictPublicBuckets')
        ? 'BlockPublicPolicy may refuse to restore the policy'
        : 'the policy also admits others, and BlockPublicPolicy would refuse to restore it',
    );
  const refusal = refusalOf(text, statements);
  if (refusal !== undefined) return why(refusal);
  return {
    take: putPolicy(id, text),
    restore: putPolicy(id, policy),
    summary: `takes the public's right to ${access} out of the bucket policy`,
  };
};

/** What closes the policy in force to the public; `undefined` where nothing in it opens the bucket. */
export const policyStep = (
  bucket: Blockable,
  statements: readonly Statement[],
  access: Access,
  ref: Ref,
): Step | undefined => {
  const open = publicStatements(statements, access);
  if (bucket.policy === undefined || open.length === 0) return undefined;
  if (bucket.website && shutsVisitorsOut(open, access))
    return {
      why: 'the bucket is a website, whose visitors read as the public',
      block: 'RestrictPublicBuckets',
    };
  return isBlockLess(bucket, statements, access, ref)
    ? { block: 'RestrictPublicBuckets' }
    : narrowing(bucket, bucket.policy, statements, access, ref);
};
