import { parsePolicy } from '../../analysis/policies/policy-document.ts';
import { defineControl, fail, pass, propose, unknown } from '../../model/control.ts';
import { strings } from '../../model/parameters.ts';
import { s3Bucket } from '../../resources/s3/s3-bucket.ts';
import { outsideGrants } from './shared/bucket-policy-outsiders.ts';

export const bucketPolicyKeepsControlInAccount = defineControl(s3Bucket, {
  id: 'S3.6',
  title: 'S3 general purpose bucket policies should restrict access to other AWS accounts',
  severity: 'HIGH',
  rationale:
    'Whoever may change the policy, the ACL or the encryption of a bucket can open it, or lock its owner out.',
  standards: {
    'fsbp-1.0.0': ['S3.6'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2'],
  },
  needs: ['policy'],
  parameters: {
    blacklistedActionPatterns: strings({
      default: [
        's3:DeleteBucketPolicy',
        's3:PutBucketAcl',
        's3:PutBucketPolicy',
        's3:PutEncryptionConfiguration',
        's3:PutObjectAcl',
      ],
      allowed: 'S3 actions, with "*" and "?" as wildcards',
      pattern: /^s3:[\w*?]+$/i,
    }),
  },
  evaluate({ policy }, { ref: { account }, parameters: { blacklistedActionPatterns } }) {
    if (policy === undefined) return pass;
    const parsed = parsePolicy(policy);
    if ('unreadable' in parsed)
      return unknown(`the bucket policy cannot be made out: ${parsed.unreadable}`);
    const grants = outsideGrants(parsed.statements, account, blacklistedActionPatterns);
    if (grants.length === 0) return pass;
    return fail('the bucket policy gives other accounts control of the bucket', grants);
  },
  remediation: {
    advice:
      'Take the named actions out of the statements that other accounts are named in, or the other accounts out of them.',
    grants: [],
    plan: () =>
      propose('whether the other accounts need these actions only the owner of the bucket knows'),
  },
});
