import { asS3MayRead, isFixedConditionToS3 } from '../../../analysis/policies/policy-conditions.ts';
import type { Statement } from '../../../analysis/policies/policy-document.ts';
import { isFixed } from '../../../analysis/policies/principals.ts';
import { openStatements, type Side } from '../../../analysis/policies/public-statements.ts';

// RestrictPublicBuckets "only applies to buckets that have public policies", and what is public S3 decides by a list of its
// own: one public statement "renders the entire policy public", and fixed values make one that is not ("The meaning of
// public", https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html).

export const restrictsNothing =
  'to S3 the policy is one of fixed values, so that RestrictPublicBuckets changes nothing';
export const undocumented =
  'the policy lets in the public, and AWS does not say whether it is a public one to S3, which RestrictPublicBuckets alone restricts';

const openIn = (statements: readonly Statement[], sides: readonly Side[]): readonly Statement[] =>
  sides.flatMap((side) => openStatements(statements, side));

/** What S3 makes of identity providers, and of services that are a pattern, is not documented. */
const isForAnybody = ({ principals }: Statement): boolean =>
  principals?.not === true ||
  principals?.list.some(({ kind, id }) => kind === 'AWS' && !isFixed(id)) === true;

/** Whether S3 surely takes a policy for public: then RestrictPublicBuckets shuts out everybody whom any of it lets in. */
export const isPublicToS3 = (statements: readonly Statement[], sides: readonly Side[]): boolean => {
  const open = new Set(openIn(statements, sides));
  const read = sides.map((side) => readByS3(side));
  return openIn(statements, read).some((one) => open.has(one) && isForAnybody(one));
};

const readByS3 = (side: Side): Side => {
  const before = known.get(side);
  if (before) return before;
  const read: Side = { ...side, reading: asS3MayRead };
  known.set(side, read);
  return read;
};
/** One for each, as what is open is kept by it. */
const known = new WeakMap<Side, Side>();

/** Whether S3 by its own words takes a policy for one that is not public, though it lets the public in. */
export const isFixedToS3 = (statements: readonly Statement[], sides: readonly Side[]): boolean =>
  openIn(statements, sides).every(({ conditions }) => conditions.some(isFixedConditionToS3));
