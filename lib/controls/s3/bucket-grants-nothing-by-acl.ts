import { s3Bucket } from '../../resources/s3-bucket.ts';
import { defineControl, fail, pass } from '../control.ts';

type Grantee = { readonly ID?: string | undefined; readonly URI?: string | undefined } | undefined;

const isOwner = (grantee: Grantee, ownerId: string | undefined): boolean =>
  grantee?.ID !== undefined && grantee.ID === ownerId;

// S3 itself, writing access logs: no user. Older log buckets have this grant.
const isLogDelivery = (grantee: Grantee): boolean =>
  grantee?.URI === 'http://acs.amazonaws.com/groups/s3/LogDelivery';

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
    const granted = acl.grants.flatMap(({ Grantee, Permission }, index) =>
      isOwner(Grantee, acl.ownerId) || isLogDelivery(Grantee)
        ? []
        : [
            {
              path: `acl.grants[${index}]`,
              actual: {
                grantee: Grantee?.URI ?? Grantee?.ID ?? null,
                permission: Permission ?? null,
              },
              expected: null,
            },
          ],
    );
    return granted.length === 0 ? pass : fail('the ACL grants access beside the owner', granted);
  },
  remediation: {
    advice:
      'Put the grants into the bucket policy, then set Object Ownership to "Bucket owner enforced", which turns ACLs off.',
  },
});
