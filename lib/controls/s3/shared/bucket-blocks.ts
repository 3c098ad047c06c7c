import { isKnownConditionToS3 } from '../../../analysis/policies/policy-conditions.ts';
import {
  type Principal,
  parsePolicy,
  type Statement,
} from '../../../analysis/policies/policy-document.ts';
import { accountOf, isKnownParty } from '../../../analysis/policies/principals.ts';
import { type Call, call, type Plan, propose, type Snapshot } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import type { s3Bucket } from '../../../resources/s3/s3-bucket.ts';
import { publicStatements } from './bucket-policy.ts';
import { isForAccountAlone } from './bucket-policy-outsiders.ts';
import { exposure, isOn, type Setting } from './public-bucket.ts';

/** All that tells whom blocks shut out. */
export const blockingNeeds = [...exposure, 'website', 'accessPoints'] as const;
export type Blockable = Snapshot<typeof s3Bucket, (typeof blockingNeeds)[number]>;

// The service principals keep their access under RestrictPublicBuckets.
const isOther = ({ kind, id }: Principal, account: string): boolean =>
  kind !== 'Service' && accountOf(id) !== account;

/** Whether an Allow lets in somebody outside the account who is not the public. */
const admitsOthers = (statement: Statement, isOpen: boolean, account: string): boolean => {
  const { effect, principals } = statement;
  if (effect !== 'Allow' || isForAccountAlone(statement, account)) return false;
  if (!principals || principals.not) return !isOpen;
  return principals.list.some(
    (principal) => isOther(principal, account) && (!isOpen || isKnownParty(principal)),
  );
};

/** Whether S3 can take a statement for public; what it makes of each kind of condition is not documented. */
const canBePublicToS3 = ({ effect, principals, conditions }: Statement): boolean =>
  effect === 'Allow' &&
  !(principals && !principals.not && principals.list.every(isKnownParty)) &&
  !conditions.some(isKnownConditionToS3);

const byPolicy = (
  statements: readonly Statement[],
  { website, accessPoints }: Blockable,
  account: string,
): readonly string[] => {
  if (website) return ['the bucket is a website, whose visitors read as the public'];
  const open = new Set([
    ...publicStatements(statements, 'read'),
    ...publicStatements(statements, 'write'),
  ]);
  const others = statements.find((one) => admitsOthers(one, open.has(one), account));
  const [accessPoint] = accessPoints;
  return [
    ...(others
      ? [`RestrictPublicBuckets would shut out others whom ${others.path} of the policy lets in`]
      : []),
    ...(accessPoint
      ? [
          `RestrictPublicBuckets would shut out others who come by the access point ${accessPoint.name}`,
        ]
      : []),
  ];
};

/**
 * Why RestrictPublicBuckets would take too much. It leaves the policy as it is, and the account itself and services keep
 * what a public statement gives. But where S3 takes the policy for public, all other accounts are shut out: also those
 * that a fixed statement names, and those who come by access points.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html
 */
const againstRestricting = (bucket: Blockable, account: string): readonly string[] => {
  const policy = parsePolicy(bucket.policy ?? '{"Statement":[]}');
  if ('unreadable' in policy) return [`the bucket policy cannot be made out: ${policy.unreadable}`];
  if (policy.statements.some(canBePublicToS3)) return byPolicy(policy.statements, bucket, account);
  const open = bucket.accessPoints.find(({ restricts }) => !restricts);
  return open ? [`whom the access point ${open.name} lets in is not known`] : [];
};

/**
 * Why it is left to a person to turn these blocks on: who would be shut out beside the public, and visitors of a
 * website, who are the public but invited. The one place where this is evaluated, so that a call is as safe or as
 * doubtful whichever control asks for it. The two "Block" settings refuse only what is still to come.
 */
export const objectionsTo = (
  bucket: Blockable,
  blocks: readonly Setting[],
  { account }: Ref,
): readonly string[] => {
  const isNew = (block: Setting) => blocks.includes(block) && !isOn(bucket, block);
  return [
    ...(isNew('RestrictPublicBuckets') ? againstRestricting(bucket, account) : []),
    ...(isNew('IgnorePublicAcls') && bucket.website && bucket.ownership !== 'BucketOwnerEnforced'
      ? ['visitors of the website may read by the ACLs of objects']
      : []),
  ];
};

/** Turns on these of the bucket's blocks; the others stay as they are. */
export const blocking = (
  { publicAccessBlock: before }: Pick<Blockable, 'publicAccessBlock'>,
  Bucket: string,
  blocks: readonly Setting[],
): { readonly take: Call; readonly restore: Call } => {
  const isOnAfter = (block: Setting) => before?.[block] === true || blocks.includes(block);
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: isOnAfter('BlockPublicAcls'),
    BlockPublicPolicy: isOnAfter('BlockPublicPolicy'),
    IgnorePublicAcls: isOnAfter('IgnorePublicAcls'),
    RestrictPublicBuckets: isOnAfter('RestrictPublicBuckets'),
  };
  return {
    take: call('s3', 'putPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration }),
    restore: before
      ? call('s3', 'putPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: before })
      : call('s3', 'deletePublicAccessBlock', { Bucket }),
  };
};

/** Turns on all of the bucket's blocks. */
export const planBlocks = (bucket: Blockable, blocks: readonly Setting[], ref: Ref): Plan => {
  const { take, restore } = blocking(bucket, ref.id, blocks);
  const objections = objectionsTo(bucket, blocks, ref);
  if (objections.length > 0) return propose(objections.join(', and '), [take]);
  return {
    kind: 'calls',
    risk: 'safe',
    summary: 'turns on the four blocks of public access on the bucket',
    calls: [take],
    undo: { calls: [restore], widensAccess: true },
  };
};
