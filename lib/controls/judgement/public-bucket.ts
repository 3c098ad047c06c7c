import type { s3Bucket } from '../../resources/s3-bucket.ts';
import { type Evidence, fail, pass, type Snapshot, unknown, type Verdict } from '../control.ts';
import { type Access, publicStatements } from './bucket-policy.ts';
import { parsePolicy, type Statement } from './policy-document.ts';

/** All that decides whether the public reaches a bucket. */
export const exposure = [
  'accountPublicAccessBlock',
  'acl',
  'ownership',
  'policy',
  'publicAccessBlock',
] as const;
type Exposure = Snapshot<typeof s3Bucket, (typeof exposure)[number]>;

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
const isOn = (bucket: Exposure, setting: 'IgnorePublicAcls' | 'RestrictPublicBuckets'): boolean =>
  bucket.publicAccessBlock?.[setting] === true ||
  bucket.accountPublicAccessBlock?.[setting] === true;

const grantsInAcl = (bucket: Exposure, access: Access): Evidence[] => {
  if (bucket.ownership === 'BucketOwnerEnforced' || isOn(bucket, 'IgnorePublicAcls')) return [];
  return bucket.acl.grants.flatMap(({ Grantee, Permission = '' }, index) =>
    publicGroup.test(Grantee?.URI ?? '') && permissions[access].includes(Permission)
      ? [
          {
            path: `acl.grants[${index}]`,
            actual: { grantee: Grantee?.URI, permission: Permission },
            expected: null,
          },
        ]
      : [],
  );
};

const evidenceOf = ({ path, principals }: Statement): Evidence => ({
  path: `policy.${path}.${principals?.not ? 'NotPrincipal' : 'Principal'}`,
  actual: principals?.list.map(({ kind, id }) => `${kind}: ${id}`) ?? null,
  expected: 'fixed principals, or a condition that holds callers to fixed values',
});

/** Weighs policy, ACL, ownership and both blocks together, as S3 does. */
export const judgePublicAccess = (bucket: Exposure, access: Access): Verdict => {
  const inAcl = grantsInAcl(bucket, access);
  const policy =
    bucket.policy === undefined || isOn(bucket, 'RestrictPublicBuckets')
      ? { statements: [] }
      : parsePolicy(bucket.policy);
  const statements =
    'unreadable' in policy ? [] : publicStatements(policy.statements, access).map(evidenceOf);
  const openings = [
    ...(statements.length > 0 ? ['the bucket policy'] : []),
    ...(inAcl.length > 0 ? ['the ACL'] : []),
  ];
  if (openings.length > 0)
    return fail(`the public can ${access} through ${openings.join(' and ')}`, [
      ...statements,
      ...inAcl,
    ]);
  return 'unreadable' in policy
    ? unknown(`the bucket policy cannot be made out: ${policy.unreadable}`)
    : pass;
};
