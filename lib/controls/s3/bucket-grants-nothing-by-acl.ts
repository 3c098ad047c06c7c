import { defineControl, fail, pass } from '../../model/control.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { isToOthers, planGrantsToOwnerOnly } from './shared/bucket-acl.ts';

export const bucketGrantsNothingByAcl = defineControl(s3Bucket, {
  id: 'S3.12',
  title: 'ACLs should not be used to manage user access to S3 general purpose buckets',
  severity: 'MEDIUM',
  rationale:
    'Grants in an ACL stand beside the policies and are easily overlooked; AWS advises to turn ACLs off.',
  standards: {
    'fsbp-1.0.0': ['S3.12'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6'],
  },
  needs: ['acl', 'ownership'],
  evaluate({ acl, ownership }) {
    if (ownership === 'BucketOwnerEnforced') return pass;
    const granted = acl.grants.flatMap((grant, index) =>
      isToOthers(grant, acl)
        ? [
            {
              path: `acl.grants[${index}]`,
              actual: {
                grantee: grant.Grantee?.URI ?? grant.Grantee?.ID ?? null,
                permission: grant.Permission ?? null,
              },
              expected: null,
            },
          ]
        : [],
    );
    return granted.length === 0 ? pass : fail('the ACL grants access beside the owner', granted);
  },
  remediation: {
    advice:
      'Put the grants into the bucket policy, then set Object Ownership to "Bucket owner enforced", which turns ACLs off.',
    needs: ['accountPublicAccessBlock', 'publicAccessBlock'],
    grants: [{ actions: ['s3:PutBucketAcl'], on: ({ arn }) => [arn] }],
    plan: (state, { ref }) => planGrantsToOwnerOnly(state, ref.id),
  },
});
