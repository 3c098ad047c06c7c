import type { Blockable } from '../../../lib/controls/s3/shared/bucket-blocks.ts';

type Grant = Exposed['acl']['grants'][number];
type Exposed = Blockable;

const owner: Grant = {
  Grantee: { Type: 'CanonicalUser', ID: 'owner' },
  Permission: 'FULL_CONTROL',
};

/** A grant of an ACL to one of Amazon's groups. */
export const groupGrant = (
  group: 'global/AllUsers' | 'global/AuthenticatedUsers' | 's3/LogDelivery',
  permission: Grant['Permission'],
): Grant => ({
  Grantee: { Type: 'Group', URI: `http://acs.amazonaws.com/groups/${group}` },
  Permission: permission,
});

/** The owner's full control, and these. */
export const aclOf = (...grants: Grant[]): Exposed['acl'] => ({
  ownerId: 'owner',
  grants: [owner, ...grants],
});

/** A bucket of before April 2023: no blocks, ACLs on, nothing granted. */
export const unguarded: Exposed = {
  publicAccessBlock: undefined,
  accountPublicAccessBlock: undefined,
  ownership: undefined,
  policy: undefined,
  acl: aclOf(),
  website: undefined,
  accessPoints: [],
};
/** Plans that close a bucket: by RestrictPublicBuckets, by its policy, and by its ACL. */
export const byBlock = {
  risk: 'safe',
  calls: ['s3.putPublicAccessBlock'],
  undo: 'widens',
  input: { PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } },
} as const;
export const byPolicy = { risk: 'safe', calls: ['s3.putBucketPolicy'], undo: 'widens' } as const;
export const byAcl = { risk: 'safe', calls: ['s3.putBucketAcl'], undo: 'widens' } as const;
/** What is sent holds these statements. */
export const sends = (...statements: object[]) =>
  ({ ...byPolicy, input: { Policy: policyOf(...statements) } }) as const;

export const policyOf = (...statements: object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** An Allow for everybody on the bucket `example` and its objects. */
export const open = (statement: object) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: ['arn:aws:s3:::example', 'arn:aws:s3:::example/*'],
  ...statement,
});
