import { s3Bucket } from '../../resources/s3-bucket.ts';
import { defineControl, fail, pass } from '../control.ts';

const blocks = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
] as const;

// The account's block counts for nothing here: s3-bucket-level-public-access-prohibited looks at the bucket's own.
export const bucketBlocksPublicAccess = defineControl(s3Bucket, {
  id: 'S3.8',
  title: 'S3 general purpose buckets should block public access',
  severity: 'HIGH',
  rationale:
    'The block on the bucket keeps it private even when a policy or an ACL is opened by mistake.',
  standards: {
    'fsbp-1.0.0': ['S3.8'],
    'cis-aws-3.0.0': ['2.1.4'],
    'cis-aws-5.0.0': ['2.1.4'],
    'pci-dss-4.0.1': ['1.4.4'],
  },
  needs: ['publicAccessBlock'],
  evaluate({ publicAccessBlock }) {
    const open = blocks.filter((block) => publicAccessBlock?.[block] !== true);
    if (open.length === 0) return pass;
    return fail(
      publicAccessBlock ? `${open.join(', ')} off` : 'the bucket has no public access block',
      open.map((block) => ({
        path: `publicAccessBlock.${block}`,
        actual: publicAccessBlock?.[block] ?? null,
        expected: true,
      })),
    );
  },
  remediation: { advice: 'Turn on all four settings of Block Public Access on the bucket.' },
});
