import { bucketGrantsNothingByAcl } from '../../../lib/controls/s3/bucket-grants-nothing-by-acl.ts';
import { testControl } from '../harness.ts';
import { aclOf, groupGrant } from './buckets.ts';

const stranger = {
  Grantee: { Type: 'CanonicalUser', ID: 'stranger' },
  Permission: 'READ',
} as const;

testControl(bucketGrantsNothingByAcl, {
  base: { acl: aclOf(), ownership: 'ObjectWriter' },
  rows: {
    'ACLs are on, and only the owner is granted anything': { given: {}, verdict: 'PASS' },
    'ownership was never set': { given: { ownership: undefined }, verdict: 'PASS' },
    'ACLs are off': {
      given: { acl: aclOf(stranger), ownership: 'BucketOwnerEnforced' },
      verdict: 'PASS',
    },
    'another account is granted access': {
      given: { acl: aclOf(stranger) },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]'],
    },
    'another account is granted access, objects belong to the bucket owner': {
      given: { acl: aclOf(stranger), ownership: 'BucketOwnerPreferred' },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]'],
    },
    'everybody is granted access': {
      given: { acl: aclOf(groupGrant('global/AllUsers', 'READ'), stranger) },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]', 'acl.grants[2]'],
    },
    'S3 itself is granted access to write logs': {
      given: { acl: aclOf(groupGrant('s3/LogDelivery', 'WRITE')) },
      verdict: 'PASS',
    },
    'a grantee without id, and an owner without one': {
      given: {
        acl: {
          ownerId: undefined,
          grants: [
            {
              Grantee: { Type: 'AmazonCustomerByEmail', EmailAddress: 'a@example.org' },
              Permission: 'READ',
            },
          ],
        },
      },
      verdict: 'FAIL',
      evidence: ['acl.grants[0]'],
    },
  },
});
