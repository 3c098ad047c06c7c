import { defineControl } from '../../model/control.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { blockingNeeds, planBlocks } from './shared/bucket-blocks.ts';
import { blocks, evaluateBlocks } from './shared/public-access-block.ts';

// The account's block counts for nothing here: s3-bucket-level-public-access-prohibited looks at the bucket's own.
export const bucketBlocksPublicAccess = defineControl(s3Bucket, {
  id: 'S3.8',
  title: 'S3 general purpose buckets should block public access',
  severity: 'HIGH',
  rationale:
    'The block on the bucket keeps it private even when a policy or an ACL is opened by mistake.',
  standards: {
    'fsbp-1.0.0': ['S3.8'],
    'cis-aws-1.4.0': ['2.1.5'],
    'cis-aws-3.0.0': ['2.1.4'],
    'cis-aws-5.0.0': ['2.1.4'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7'],
      ...['SC-7(11)', 'SC-7(16)', 'SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  needs: ['publicAccessBlock'],
  evaluate: ({ publicAccessBlock }) => evaluateBlocks(publicAccessBlock, 'the bucket'),
  remediation: {
    advice: 'Turn on all four settings of Block Public Access on the bucket.',
    needs: blockingNeeds,
    // Deleting the block takes the same action as setting it.
    grants: [{ actions: ['s3:PutBucketPublicAccessBlock'], on: ({ arn }) => [arn] }],
    plan: (bucket, { ref }) => planBlocks(bucket, blocks, ref),
  },
});
