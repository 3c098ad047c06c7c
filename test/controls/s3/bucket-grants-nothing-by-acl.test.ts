import { bucketGrantsNothingByAcl } from '../../../lib/controls/s3/bucket-grants-nothing-by-acl.ts';
import { testControl } from '../harness.ts';
import { aclOf, groupGrant } from './buckets.ts';

const outsider = {
  Grantee: { Type: 'CanonicalUser', ID: 'outsider' },
  Permission: 'READ',
} as const;

const removal = { calls: ['s3.putBucketAcl'], undo: 'widens' } as const;
const plan = { ...removal, risk: 'disruptive' } as const;
const closing = { ...removal, risk: 'safe' } as const;
const onlyOwner = { AccessControlPolicy: { Owner: { ID: 'owner' }, Grants: aclOf().grants } };

testControl(bucketGrantsNothingByAcl, {
  base: {
    acl: aclOf(),
    ownership: 'ObjectWriter',
    publicAccessBlock: undefined,
    accountPublicAccessBlock: undefined,
  },
  rows: {
    'ACLs are on, and only the owner is granted anything': { given: {}, verdict: 'PASS' },
    'ownership was never set': { given: { ownership: undefined }, verdict: 'PASS' },
    'ACLs are off': {
      given: { acl: aclOf(outsider), ownership: 'BucketOwnerEnforced' },
      verdict: 'PASS',
    },
    'another account is granted access': {
      given: { acl: aclOf(outsider) },
      verdict: 'FAIL',
      plan: { ...plan, input: onlyOwner },
      evidence: ['acl.grants[1]'],
    },
    'another account is granted access, objects belong to the bucket owner': {
      given: { acl: aclOf(outsider), ownership: 'BucketOwnerPreferred' },
      verdict: 'FAIL',
      plan,
      evidence: ['acl.grants[1]'],
    },
    'everybody and another account are granted access': {
      given: { acl: aclOf(groupGrant('global/AllUsers', 'READ'), outsider) },
      verdict: 'FAIL',
      evidence: ['acl.grants[1]', 'acl.grants[2]'],
      plan,
    },
    'everybody is granted access, and S3 access to write logs': {
      given: {
        acl: aclOf(
          groupGrant('s3/LogDelivery', 'WRITE'),
          groupGrant('global/AuthenticatedUsers', 'READ'),
        ),
      },
      verdict: 'FAIL',
      evidence: ['acl.grants[2]'],
      plan: {
        ...closing,
        input: {
          AccessControlPolicy: { Grants: aclOf(groupGrant('s3/LogDelivery', 'WRITE')).grants },
        },
      },
    },
    'everybody is granted access by an ACL that could not be set again': {
      given: {
        acl: aclOf(groupGrant('global/AllUsers', 'READ')),
        accountPublicAccessBlock: { BlockPublicAcls: true },
      },
      verdict: 'FAIL',
      plan: { ...removal, risk: 'disruptive', undo: 'impossible' },
    },
    'another account is granted access while no public ACL can be set': {
      given: { acl: aclOf(outsider), publicAccessBlock: { BlockPublicAcls: true } },
      verdict: 'FAIL',
      plan,
    },
    'CloudFront is granted access to deliver logs': {
      given: {
        acl: aclOf({
          Grantee: {
            Type: 'CanonicalUser',
            ID: 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0',
          },
          Permission: 'FULL_CONTROL',
        }),
      },
      verdict: 'FAIL',
      plan: { proposal: /CloudFront delivers/ },
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
      plan: { proposal: /who owns the bucket/ },
    },
  },
});
