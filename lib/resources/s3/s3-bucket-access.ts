import type { Facets } from '../../model/resource-type.ts';

const blockedIn = (rule: unknown): readonly unknown[] => {
  const { BlockedEncryptionTypes: blocked }: { BlockedEncryptionTypes?: unknown } = Object(rule);
  const { EncryptionType: types }: { EncryptionType?: unknown } = Object(blocked);
  return Array.isArray(types) ? types.filter((type) => type !== 'NONE') : [];
};

/** Who may do what with a bucket, and how what is put there is encrypted and kept. */
export const accessFacets = {
  /** The bucket policy's text. */
  policy: {
    actions: ['s3:GetBucketPolicy'],
    absent: ['NoSuchBucketPolicy'],
    read: async (reader, { id }) =>
      (await reader.call('s3', 'getBucketPolicy', { Bucket: id })).Policy,
  },
  /** The ACL in force, not the one set: the blocks and the ownership hide grants from it (S3 user guide). */
  acl: {
    actions: ['s3:GetBucketAcl'],
    read: async (reader, { id }) => {
      const { Owner, Grants } = await reader.call('s3', 'getBucketAcl', { Bucket: id });
      return { ownerId: Owner?.ID, grants: Grants ?? [] };
    },
  },
  /** Who owns objects; buckets of before April 2023 may have none, which leaves ACLs on. */
  ownership: {
    actions: ['s3:GetBucketOwnershipControls'],
    absent: ['OwnershipControlsNotFoundError'],
    read: async (reader, { id }) => {
      const { OwnershipControls } = await reader.call('s3', 'getBucketOwnershipControls', {
        Bucket: id,
      });
      return OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    },
  },
  encryption: {
    actions: ['s3:GetEncryptionConfiguration'],
    absent: ['ServerSideEncryptionConfigurationNotFoundError'],
    read: async (reader, { id }) => {
      const answer = await reader.call('s3', 'getBucketEncryption', { Bucket: id });
      return answer.ServerSideEncryptionConfiguration?.Rules?.[0];
    },
    // Of a bucket that blocks no encryption S3 says `NONE`, or nothing where the bucket is older.
    comparable: (value) => ({ ...Object(value), BlockedEncryptionTypes: blockedIn(value) }),
  },
  /** How long Object Lock keeps what is put there, unless the put says otherwise. */
  retention: {
    actions: ['s3:GetBucketObjectLockConfiguration'],
    absent: ['ObjectLockConfigurationNotFoundError'],
    read: async (reader, { id }) => {
      const answer = await reader.call('s3', 'getObjectLockConfiguration', { Bucket: id });
      return answer.ObjectLockConfiguration?.Rule?.DefaultRetention;
    },
  },
} as const satisfies Facets;
