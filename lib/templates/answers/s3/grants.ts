import type { Resource } from '../../stack.ts';
import { isElsewhere } from '../answer.ts';

/** Everybody, as an ACL names them. */
export const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
const authenticated = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const canned = new Map<string, readonly (readonly [uri: string, permission: string])[]>([
  ['Private', []],
  ['AwsExecRead', []],
  ['BucketOwnerFullControl', []],
  ['BucketOwnerRead', []],
  ['PublicRead', [[allUsers, 'READ']]],
  [
    'PublicReadWrite',
    [
      [allUsers, 'READ'],
      [allUsers, 'WRITE'],
    ],
  ],
  ['AuthenticatedRead', [[authenticated, 'READ']]],
  [
    'LogDeliveryWrite',
    [
      [logDelivery, 'WRITE'],
      [logDelivery, 'READ_ACP'],
    ],
  ],
]);
/** The canned ACLs that differ in what they let others do. */
export const acls = ['Private', 'PublicRead', 'PublicReadWrite', 'LogDeliveryWrite'];

/** What an ACL lets one other do. */
export interface Grant {
  readonly Grantee: Readonly<Record<string, unknown>>;
  readonly Permission: unknown;
}
/** The key of grants by the names that S3 gives them: a canned ACL is all that CloudFormation knows. */
export const grantsKey = 'Plumbline::Grants';
const permissions = ['READ', 'WRITE', 'FULL_CONTROL'];

/** What the ACL lets others do, beside the owner. */
export const grantsOf = (bucket: Resource): readonly Grant[] => {
  const given = bucket.get(grantsKey);
  // An ACL is written as a whole.
  if (!isElsewhere(bucket, grantsKey) && given.isSet)
    return given.items().flatMap((one): readonly Grant[] => {
      const ID = one.get('ID').name();
      const Grantee =
        ID === undefined
          ? { URI: one.get('URI').text([allUsers, logDelivery]), Type: 'Group' }
          : { ID, Type: 'CanonicalUser' };
      return ID === 'owner'
        ? []
        : [{ Grantee, Permission: one.get('Permission').text(permissions) }];
    });
  const grants = bucket.get('AccessControl').oneOf(canned, acls) ?? [];
  return grants.map(([URI, Permission]) => ({ Grantee: { URI, Type: 'Group' }, Permission }));
};
/** With its block S3 refuses a bucket that asks for a public ACL: such a one is from before, or has the block taken away. */
export const asksForOthers = (bucket: Resource): boolean =>
  grantsOf(bucket).some(
    ({ Grantee }) => Grantee['URI'] !== undefined && Grantee['URI'] !== logDelivery,
  );
