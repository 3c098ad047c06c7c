import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';

export const bucketKeepsVersions = defineControl(s3Bucket, {
  id: 'S3.14',
  title: 'S3 general purpose buckets should have versioning enabled',
  severity: 'LOW',
  rationale: 'Versions bring back what was overwritten or deleted, by mistake or by ransomware.',
  standards: {
    'nist-800-53-r5': [
      ...['AU-9(2)', 'CP-10', 'CP-6', 'CP-6(1)', 'CP-6(2)'],
      ...['CP-9', 'SC-5(2)', 'SI-12', 'SI-13(5)'],
    ],
  },
  needs: ['versioning'],
  evaluate({ versioning: { status } }) {
    if (status === 'Enabled') return pass;
    return fail(status === 'Suspended' ? 'versioning is suspended' : 'versioning was never on', [
      { path: 'versioning.status', actual: status ?? null, expected: 'Enabled' },
    ]);
  },
  remediation: {
    advice:
      'Turn on versioning, and expire old versions with a lifecycle rule, which bounds the cost.',
    grants: [{ actions: ['s3:PutBucketVersioning'], on: ({ arn }) => [arn] }],
    plan: ({ versioning: { mfaDelete } }, { ref: { id: Bucket } }) => {
      const set = (Status: 'Enabled' | 'Suspended') =>
        call('s3', 'putBucketVersioning', { Bucket, VersioningConfiguration: { Status } });
      if (mfaDelete === 'Enabled')
        return propose('MFA delete is on: only the root user with its device sets versioning');
      // Every version is stored and paid for, and a lifecycle rule that deleted objects only hides them from now on.
      return {
        kind: 'calls',
        risk: 'disruptive',
        summary: 'turns on versioning, at the price of what the versions take up',
        calls: [set('Enabled')],
        // It can never be off again; suspended, S3 keeps what versions there are and makes no more.
        undo: { calls: [set('Suspended')], widensAccess: false },
      };
    },
  },
});
