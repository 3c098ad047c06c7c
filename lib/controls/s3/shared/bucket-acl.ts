import { type Call, call, type Plan, propose, type Snapshot } from '../../../model/control.ts';
import type { s3Bucket } from '../../../resources/s3/s3-bucket.ts';
import { isOn, isPublicGrant } from './public-bucket.ts';

type Blocks = 'accountPublicAccessBlock' | 'publicAccessBlock';
type State = Snapshot<typeof s3Bucket, 'acl' | Blocks>;
type Acl = State['acl'];
export type AclGrant = Acl['grants'][number];

/** Sets the ACL to these grants, of those that it has, each as it is; no call of S3 takes one out alone. */
const put = (Bucket: string, ownerId: string, grants: readonly AclGrant[]): Call =>
  call('s3', 'putBucketAcl', {
    Bucket,
    AccessControlPolicy: { Owner: { ID: ownerId }, Grants: [...grants] },
  });

/** Takes grants out of an ACL, and puts it back; `undefined` where the ACL does not name its owner, as S3 asks. */
export const withoutGrants = (
  Bucket: string,
  { ownerId, grants }: Acl,
  isTaken: (grant: AclGrant) => boolean,
): { readonly take: Call; readonly restore: Call } | undefined => {
  if (ownerId === undefined) return undefined;
  const kept = grants.filter((grant) => !isTaken(grant));
  return { take: put(Bucket, ownerId, kept), restore: put(Bucket, ownerId, grants) };
};

const isOwners = ({ Grantee }: AclGrant, { ownerId }: Acl): boolean =>
  Grantee?.ID !== undefined && Grantee.ID === ownerId;

// S3 itself, writing access logs: no user. Older log buckets have this grant.
const isLogDelivery = ({ Grantee }: AclGrant): boolean =>
  Grantee?.URI === 'http://acs.amazonaws.com/groups/s3/LogDelivery';

/** Whether a grant is to somebody beside the owner. */
export const isToOthers = (grant: AclGrant, acl: Acl): boolean =>
  !isOwners(grant, acl) && !isLogDelivery(grant);

// The account awslogsdelivery, by which CloudFront delivers its standard logs, and that of the Chinese regions
// (CloudFront developer guide, "Configure standard logging (legacy)").
const logsOfCloudFront: readonly (string | undefined)[] = [
  'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0',
  'a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56',
];

/**
 * Takes the grants of others out of the ACL and leaves it on: to turn it off would also change who owns the objects.
 * A grant to the public is nobody's in particular, while an account that is named has perhaps been relying on its own.
 */
export const planGrantsToOwnerOnly = (state: State, Bucket: string): Plan => {
  const { acl } = state;
  const taken = acl.grants.filter((grant) => isToOthers(grant, acl));
  const calls = withoutGrants(Bucket, acl, (grant) => isToOthers(grant, acl));
  if (!calls) return propose('the ACL does not say who owns the bucket');
  if (taken.some(({ Grantee }) => logsOfCloudFront.includes(Grantee?.ID)))
    return propose('CloudFront delivers its logs by one of the grants', [calls.take]);
  const isLost = isOn(state, 'BlockPublicAcls') && taken.some(isPublicGrant);
  return {
    kind: 'calls',
    risk: isLost || !taken.every(isPublicGrant) ? 'disruptive' : 'safe',
    summary: `takes what the ACL grants to others (${taken.length} in all) out of it`,
    calls: [calls.take],
    undo: isLost
      ? { impossible: 'S3 takes no public ACL while BlockPublicAcls is on' }
      : { calls: [calls.restore], widensAccess: true },
  };
};
