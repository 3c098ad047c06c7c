import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';

export const bucketAsksMfaToDelete = defineControl(s3Bucket, {
  id: 'S3.20',
  title: 'S3 general purpose buckets should have MFA delete enabled',
  severity: 'LOW',
  rationale:
    'With MFA delete a stolen access key cannot destroy the versions that would undo its damage.',
  standards: {
    'cis-aws-1.4.0': ['2.1.3'],
    'cis-aws-3.0.0': ['2.1.2'],
    'cis-aws-5.0.0': ['2.1.2'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)', 'CM-3', 'SC-5(2)'],
  },
  needs: ['lifecycle', 'versioning'],
  evaluate({ lifecycle, versioning: { mfaDelete } }) {
    if (mfaDelete === 'Enabled') return pass;
    // S3 refuses the two together, and Security Hub makes no finding then.
    if (lifecycle && lifecycle.length > 0)
      return notApplicable('MFA delete cannot be combined with a lifecycle configuration');
    return fail('MFA delete is off', [
      { path: 'versioning.mfaDelete', actual: mfaDelete ?? null, expected: 'Enabled' },
    ]);
  },
  remediation: {
    advice:
      'As the root user with an MFA device, turn on MFA delete together with versioning (PutBucketVersioning from the CLI; the console cannot).',
  },
});
