import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { account, as, finding, pathMillis, region, told } from './world.ts';

const blocks = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const openTo = (bucket: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/*`,
      },
    ],
  });

describe('S3, from call to finding', () => {
  const { s3 } = as('alice');

  it(
    'a bucket loses its block and gets it back',
    async () => {
      const bucket = { control: 'S3.8', resource: 'arn:aws:s3:::path-block' };
      await s3.createBucket({ Bucket: 'path-block' });
      await finding({ ...bucket, status: 'PASSED' });
      // CloudTrail tells seconds: in the same one either call could be the latest.
      await sleep(1100);
      await s3.deletePublicAccessBlock({ Bucket: 'path-block' });
      // Where the settling of the creation sees it before its own event has come, the creation is the first suspect.
      const call = 's3:DeleteBucketPublicAccessBlock';
      const failed = await finding({ ...bucket, status: 'FAILED', call });
      expect(told(failed, 'by')).toBe(`arn:aws:iam::${account}:user/alice`);
      expect(told(failed, 'call')).toMatch(/\bs3:DeleteBucketPublicAccessBlock\b/);
      expect(failed.Workflow?.Status).toBe('NEW');
      await s3.putPublicAccessBlock({
        Bucket: 'path-block',
        PublicAccessBlockConfiguration: blocks,
      });
      await finding({ ...bucket, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'an access point is made without its blocks, and is deleted',
    async () => {
      const { s3control } = as('alice');
      const point = { AccountId: account, Name: 'path-partners' };
      await s3.createBucket({ Bucket: 'path-behind-a-point' });
      await s3control.createAccessPoint({
        ...point,
        Bucket: 'path-behind-a-point',
        PublicAccessBlockConfiguration: { ...blocks, BlockPublicPolicy: false },
      });
      const wanted = {
        control: 'S3.19',
        resource: `arn:aws:s3:${region}:${account}:accesspoint/path-partners`,
      };
      const failed = await finding({ ...wanted, status: 'FAILED' });
      expect(told(failed, 'call')).toMatch(/\bs3:CreateAccessPoint\b/);
      expect(told(failed, 'by')).toBe(`arn:aws:iam::${account}:user/alice`);
      await s3control.deleteAccessPoint(point);
      await finding({ ...wanted, recordState: 'ARCHIVED' });
    },
    pathMillis,
  );

  it(
    'a policy makes a bucket public, and is taken away',
    async () => {
      const bucket = { control: 'S3.2', resource: 'arn:aws:s3:::path-public' };
      await s3.createBucket({ Bucket: 'path-public' });
      await s3.deletePublicAccessBlock({ Bucket: 'path-public' });
      await s3.putBucketPolicy({ Bucket: 'path-public', Policy: openTo('path-public') });
      const failed = await finding({ ...bucket, status: 'FAILED' });
      expect(told(failed, 'priority')).toBe('high');
      await s3.deleteBucketPolicy({ Bucket: 'path-public' });
      await finding({ ...bucket, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'findings of a bucket that is deleted are archived',
    async () => {
      const bucket = { control: 'S3.8', resource: 'arn:aws:s3:::path-gone' };
      await s3.createBucket({ Bucket: 'path-gone' });
      await s3.deletePublicAccessBlock({ Bucket: 'path-gone' });
      await finding({ ...bucket, status: 'FAILED' });
      await s3.deleteBucket({ Bucket: 'path-gone' });
      const archived = await finding({ ...bucket, recordState: 'ARCHIVED' });
      expect(archived.RecordState).toBe('ARCHIVED');
    },
    pathMillis,
  );
});
