import {
  type PolicyDocument,
  parsePolicy,
  type Statement,
} from '../../../analysis/policies/policy-document.ts';
import {
  type Evidence,
  fail,
  pass,
  type Snapshot,
  unknown,
  type Verdict,
} from '../../../model/control.ts';
import type { s3Bucket } from '../../../resources/s3/s3-bucket.ts';
import { type Access, publicStatements, sides } from './bucket-policy.ts';
import type { allBlocks } from './public-access-block.ts';
import { isFixedToS3, isPublicToS3, restrictsNothing, undocumented } from './public-to-s3.ts';

/** All that decides whether the public reaches a bucket. */
export const exposure = [
  'accountPublicAccessBlock',
  'acl',
  'ownership',
  'policy',
  'publicAccessBlock',
] as const;
export type Exposure = Snapshot<typeof s3Bucket, (typeof exposure)[number]>;
export type Setting = keyof typeof allBlocks;

// Bucket ACLs: READ lists the objects, the *_ACP permissions are about the ACL itself. AWS calls an ACL public
// whichever of them it grants, so each belongs to one side.
const permissions: Readonly<Record<Access, readonly string[]>> = {
  read: ['READ', 'READ_ACP', 'FULL_CONTROL'],
  write: ['WRITE', 'WRITE_ACP', 'FULL_CONTROL'],
};
/** The groups of everybody, and of everybody with an AWS account. */
const publicGroup = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

// For each setting S3 applies the stricter of bucket and account. The two "Block" settings only refuse what is still
// to come: a policy or an ACL that is already there stays in force.
export const isOn = (
  bucket: Pick<Exposure, 'accountPublicAccessBlock' | 'publicAccessBlock'>,
  setting: Setting,
): boolean =>
  bucket.publicAccessBlock?.[setting] === true ||
  bucket.accountPublicAccessBlock?.[setting] === true;

type AclGrant = Exposure['acl']['grants'][number];
export const isPublicGrant = ({ Grantee }: AclGrant): boolean =>
  publicGroup.test(Grantee?.URI ?? '');

/** Whether a grant of an ACL opens the bucket to the public. */
export const opens = (grant: AclGrant, access: Access): boolean =>
  isPublicGrant(grant) && permissions[access].includes(grant.Permission ?? '');

/** Whether the policy opens the bucket to the public in any way. */
export const isPublic = (statements: readonly Statement[]): boolean =>
  publicStatements(statements, 'read').length > 0 ||
  publicStatements(statements, 'write').length > 0;

/** The grants of the ACL in force that open the bucket to the public. */
export const grantsInAcl = (bucket: Exposure, access: Access): Evidence[] => {
  if (bucket.ownership === 'BucketOwnerEnforced' || isOn(bucket, 'IgnorePublicAcls')) return [];
  return bucket.acl.grants.flatMap((grant, index) =>
    opens(grant, access)
      ? [
          {
            path: `acl.grants[${index}]`,
            actual: { grantee: grant.Grantee?.URI, permission: grant.Permission },
            expected: null,
          },
        ]
      : [],
  );
};

/** The policy, as far as the public is concerned: none where the bucket's use is restricted because S3, too, takes it for public. */
export const policyInForce = (bucket: Exposure): PolicyDocument => {
  if (bucket.policy === undefined) return { statements: [] };
  const policy = parsePolicy(bucket.policy);
  return !('unreadable' in policy) &&
    isOn(bucket, 'RestrictPublicBuckets') &&
    isPublicToS3(policy.statements, Object.values(sides))
    ? { statements: [] }
    : policy;
};

const evidenceOf = ({ path, principals }: Statement): Evidence => ({
  path: `policy.${path}.${principals?.not ? 'NotPrincipal' : 'Principal'}`,
  actual: principals?.list.map(({ kind, id }) => `${kind}: ${id}`) ?? null,
  expected: 'fixed principals, or a condition that holds callers to fixed values',
});

/** Why the policy in force says nothing of the public. */
const doubtOf = (policy: PolicyDocument, isRestricted: boolean): Verdict | undefined => {
  if ('unreadable' in policy)
    return unknown(`the bucket policy cannot be made out: ${policy.unreadable}`);
  return isRestricted && !isFixedToS3(policy.statements, Object.values(sides))
    ? unknown(undocumented)
    : undefined;
};

/** Weighs policy, ACL, ownership and both blocks together, as S3 does. */
export const evaluatePublicAccess = (bucket: Exposure, access: Access): Verdict => {
  const inAcl = grantsInAcl(bucket, access);
  const policy = policyInForce(bucket);
  const open = 'unreadable' in policy ? [] : publicStatements(policy.statements, access);
  const isRestricted = open.length > 0 && isOn(bucket, 'RestrictPublicBuckets');
  const doubt = doubtOf(policy, isRestricted);
  const statements = doubt ? [] : open.map(evidenceOf);
  const left = isRestricted && !doubt ? `: ${restrictsNothing}` : '';
  const openings = [
    ...(statements.length > 0 ? ['the bucket policy'] : []),
    ...(inAcl.length > 0 ? ['the ACL'] : []),
  ];
  if (openings.length > 0)
    return fail(`the public can ${access} through ${openings.join(' and ')}${left}`, [
      ...statements,
      ...inAcl,
    ]);
  return doubt ?? pass;
};
