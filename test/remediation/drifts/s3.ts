import type { S3, ServerSideEncryptionRule } from '@aws-sdk/client-s3';
import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const accountId = '123456789012';
const logBucket = 'drift-access-logs';
const allBlocks = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const sseS3 = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } as const;
const sseKms = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } } as const;

const policyOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Bucket: string, statement: object = {}) => ({
  Effect: 'Allow',
  Principal: { AWS: accountId },
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${Bucket}/*`,
  ...statement,
});
const refusal = (Bucket: string) => ({
  ...allow(Bucket),
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** A new bucket, perhaps made ready; answers its name. */
const newBucket =
  (ready?: (s3: S3, Bucket: string) => Promise<unknown>) =>
  async (clients: Clients): Promise<string> => {
    const Bucket = uniqueName('drift');
    const s3 = await clients('s3');
    await s3.createBucket({ Bucket });
    await ready?.(s3, Bucket);
    return Bucket;
  };
/** What somebody does to a bucket by S3's own calls. */
const by =
  (...done: readonly ((s3: S3, Bucket: string) => Promise<unknown>)[]) =>
  async (clients: Clients, Bucket: string): Promise<void> => {
    const s3 = await clients('s3');
    for (const one of done) await one(s3, Bucket);
  };

const unblock = (s3: S3, Bucket: string) => s3.deletePublicAccessBlock({ Bucket });
const aclsOn = (s3: S3, Bucket: string) =>
  s3.putBucketOwnershipControls({
    Bucket,
    OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
  });
const setPolicy =
  (...statements: readonly ((Bucket: string) => object)[]) =>
  (s3: S3, Bucket: string) =>
    s3.putBucketPolicy({ Bucket, Policy: policyOf(...statements.map((each) => each(Bucket))) });
const encrypt = (rule: ServerSideEncryptionRule) => (s3: S3, Bucket: string) =>
  s3.putBucketEncryption({ Bucket, ServerSideEncryptionConfiguration: { Rules: [rule] } });
const version = (Status: 'Enabled' | 'Suspended') => (s3: S3, Bucket: string) =>
  s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status } });
const stopLogs = (s3: S3, Bucket: string) =>
  s3.putBucketLogging({ Bucket, BucketLoggingStatus: {} });
const logTo = (TargetBucket: string) => (s3: S3, Bucket: string) =>
  s3.putBucketLogging({
    Bucket,
    BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: 'before/' } },
  });

const reader = (Bucket: string) => allow(Bucket, { Principal: { AWS: '111122223333' } });
const everybodyReads = (Bucket: string) => allow(Bucket, { Principal: '*' });
const everybodyWrites = (Bucket: string) =>
  allow(Bucket, { Principal: '*', Action: ['s3:GetObject', 's3:PutObject'] });

// The canned ACL public-read-write lets everybody write only where it is AWS that reads it.
const everybodyMayWrite = async (s3: S3, Bucket: string) => {
  const { Owner, Grants = [] } = await s3.getBucketAcl({ Bucket });
  const URI = 'http://acs.amazonaws.com/groups/global/AllUsers';
  const grant = { Grantee: { Type: 'Group', URI }, Permission: 'WRITE' } as const;
  await s3.putBucketAcl({ Bucket, AccessControlPolicy: { Owner, Grants: [...Grants, grant] } });
};

const bucket = 'AWS::S3::Bucket';
export const s3Drifts: readonly Drift[] = [
  {
    control: 'S3.1',
    type: 'Plumbline::S3::Account',
    title: 'somebody deletes the block of the account',
    arrange: async (clients) => {
      const s3control = await clients('s3control');
      await s3control.putPublicAccessBlock({
        AccountId: accountId,
        PublicAccessBlockConfiguration: allBlocks,
      });
      return accountId;
    },
    drift: async (clients, AccountId) =>
      (await clients('s3control')).deletePublicAccessBlock({ AccountId }),
  },
  {
    control: 'S3.2',
    type: bucket,
    title: 'somebody lets everybody read by the policy',
    arrange: newBucket(),
    drift: by(unblock, setPolicy(everybodyReads)),
  },
  {
    control: 'S3.2',
    type: bucket,
    title: 'somebody lets everybody read beside another account',
    arrange: newBucket(setPolicy(reader)),
    drift: by(unblock, setPolicy(reader, everybodyReads)),
  },
  {
    control: 'S3.2',
    type: bucket,
    title: 'somebody lets everybody list by the ACL',
    arrange: newBucket(aclsOn),
    drift: by(unblock, (s3, Bucket) => s3.putBucketAcl({ Bucket, ACL: 'public-read' })),
  },
  {
    control: 'S3.3',
    type: bucket,
    title: 'somebody lets everybody write by a policy that lets everybody read',
    arrange: newBucket(async (s3, Bucket) => {
      await unblock(s3, Bucket);
      await setPolicy(everybodyReads)(s3, Bucket);
    }),
    drift: by(setPolicy(everybodyWrites)),
  },
  {
    control: 'S3.3',
    type: bucket,
    title: 'somebody lets everybody write by the ACL',
    arrange: newBucket(aclsOn),
    drift: by(unblock, everybodyMayWrite),
  },
  {
    control: 'S3.5',
    type: bucket,
    title: 'somebody deletes the policy',
    arrange: newBucket(setPolicy(refusal)),
    drift: by((s3, Bucket) => s3.deleteBucketPolicy({ Bucket })),
  },
  {
    control: 'S3.5',
    type: bucket,
    title: 'somebody takes the refusal out of the policy',
    arrange: newBucket(setPolicy(reader, refusal)),
    drift: by(setPolicy(reader)),
  },
  {
    control: 'S3.8',
    type: bucket,
    title: 'somebody deletes the block',
    arrange: newBucket(),
    drift: by(unblock),
  },
  {
    control: 'S3.9',
    type: bucket,
    title: 'somebody turns logging off',
    parameters: { logBucket },
    arrange: newBucket(async (s3, Bucket) => {
      await s3.createBucket({ Bucket: logBucket });
      const delivery = {
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
      };
      const Policy = policyOf(allow(logBucket, delivery));
      await s3.putBucketPolicy({ Bucket: logBucket, Policy });
      await logTo(logBucket)(s3, Bucket);
    }),
    drift: by(stopLogs),
  },
  {
    control: 'S3.12',
    type: bucket,
    title: 'somebody grants everybody with an AWS account something by the ACL',
    arrange: newBucket(aclsOn),
    drift: by(unblock, (s3, Bucket) => s3.putBucketAcl({ Bucket, ACL: 'authenticated-read' })),
  },
  {
    control: 'S3.14',
    type: bucket,
    title: 'somebody suspends versioning',
    arrange: newBucket(version('Enabled')),
    drift: by(version('Suspended')),
  },
  {
    control: 'PL.S3.2',
    type: bucket,
    title: 'somebody lets objects in that are encrypted with keys of customers',
    arrange: newBucket(encrypt(sseKms)),
    drift: by(encrypt({ ...sseKms, BlockedEncryptionTypes: { EncryptionType: ['NONE'] } })),
  },
  {
    control: 'S3.17',
    type: bucket,
    title: 'somebody turns to keys of S3',
    arrange: newBucket(encrypt(sseKms)),
    drift: by(encrypt(sseS3)),
  },
];
