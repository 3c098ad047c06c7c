import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { trail } from '../../resources/cloudtrail/trail.ts';
import { evaluatePublicAccess } from '../s3/shared/public-bucket.ts';
import { unseen } from './shared/unseen-bucket.ts';

export const trailBucketIsNotPublic = defineControl(trail, {
  id: 'CloudTrail.6',
  title: 'Ensure the S3 bucket used to store CloudTrail logs is not publicly accessible',
  severity: 'CRITICAL',
  rationale: 'The log tells whoever reads it what there is in the account, and who may do what.',
  standards: { 'cis-aws-1.4.0': ['3.3'] },
  exposes: true,
  needs: ['trail', 'bucketAccess'],
  evaluate({ trail: { bucket }, bucketAccess }) {
    if (!bucketAccess) return unknown(unseen(bucket));
    const verdicts = (['read', 'write'] as const).map((access) =>
      evaluatePublicAccess(bucketAccess, access),
    );
    const failed = verdicts.flatMap((verdict) => (verdict.status === 'FAIL' ? [verdict] : []));
    if (failed.length > 0) {
      const once = new Map(
        failed.flatMap(({ evidence }) => evidence).map((one) => [one.path, one]),
      );
      return fail(
        `the bucket ${bucket} is public`,
        [...once.values()].map((one) => ({ ...one, path: `bucketAccess.${one.path}` })),
      );
    }
    return verdicts.find(({ status }) => status === 'UNKNOWN') ?? pass;
  },
  remediation: {
    advice:
      'Take the public grants out of policy and ACL of the bucket, and turn on all four settings of Block Public Access on it; S3.2 and S3.3 have a plan for the bucket.',
  },
});
