import { bucketRefusesCustomerKeys } from '../../../lib/controls/s3/bucket-refuses-customer-keys.ts';
import { testControl } from '../harness.ts';
import { policyOf } from './buckets.ts';

const path = 'encryption.BlockedEncryptionTypes.EncryptionType';
const sseS3 = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } } as const;
const sseKms = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'a' },
  BucketKeyEnabled: true,
} as const;
const blocked = (...EncryptionType: ('SSE-C' | 'NONE')[]) => ({
  BlockedEncryptionTypes: { EncryptionType },
});
const plan = { risk: 'disruptive', calls: ['s3.putBucketEncryption'] } as const;
const rules = (rule: object) => ({ ServerSideEncryptionConfiguration: { Rules: [rule] } });
const failing = { verdict: 'FAIL', evidence: [path], plan } as const;

/** As AWS's Security Blog writes it, "Preventing unintended encryption of Amazon S3 objects". */
const refusal = (statement: object = {}) => ({
  Sid: 'RestrictSSECObjectUploads',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: 'arn:aws:s3:::example/*',
  Condition: { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } },
  ...statement,
});
const beside = (statement: object) => ({ policy: policyOf(refusal(statement)) });

testControl(bucketRefusesCustomerKeys, {
  base: { encryption: sseS3, policy: undefined },
  rows: {
    // As GetBucketEncryption answers for a bucket of after April 2026.
    'as new buckets are': {
      given: { encryption: { ...sseS3, BucketKeyEnabled: false, ...blocked('SSE-C') } },
      verdict: 'PASS',
    },
    'blocked beside a KMS key': {
      given: { encryption: { ...sseKms, ...blocked('SSE-C') } },
      verdict: 'PASS',
    },
    'a rule with nothing but what it blocks': {
      given: { encryption: blocked('SSE-C') },
      verdict: 'PASS',
    },
    'somebody lets them in again': {
      given: { encryption: { ...sseS3, BucketKeyEnabled: false, ...blocked('NONE') } },
      ...failing,
      reason: /key of whoever puts them/,
      plan: { ...plan, input: rules({ ...sseS3, BucketKeyEnabled: false, ...blocked('SSE-C') }) },
    },
    'a bucket of an account that had such objects': { given: {}, ...failing },
    'nothing is blocked': { given: { encryption: { ...sseS3, ...blocked() } }, ...failing },
    'a KMS key, which stays as it is': {
      given: { encryption: sseKms },
      ...failing,
      plan: { ...plan, input: rules({ ...sseKms, ...blocked('SSE-C') }) },
    },
    'no default encryption': {
      given: { encryption: undefined },
      ...failing,
      plan: { proposal: /no default encryption/ },
    },
    'a rule that sets no algorithm': {
      given: { encryption: blocked('NONE') },
      ...failing,
      plan: { proposal: /no default encryption/ },
    },
    'the policy refuses them': { given: beside({}), verdict: 'PASS' },
    'the policy refuses every upload': {
      given: beside({ Condition: undefined, Action: 's3:*' }),
      verdict: 'PASS',
    },
    'the policy refuses uploads that are not so': {
      given: beside({
        Condition: { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'true' } },
      }),
      ...failing,
    },
    'the policy refuses them below a prefix': {
      given: beside({ Resource: 'arn:aws:s3:::example/invoices/*' }),
      ...failing,
    },
    'the policy refuses them in another bucket': {
      given: beside({ Resource: 'arn:aws:s3:::other/*' }),
      ...failing,
    },
    'the policy refuses them to one role': {
      given: beside({ Principal: { AWS: 'arn:aws:iam::123456789012:role/backup' } }),
      ...failing,
    },
    'the policy refuses them from elsewhere alone': {
      given: beside({
        Condition: {
          Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' },
          NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
        },
      }),
      ...failing,
    },
    ...Object.fromEntries(
      (
        [
          ['Null', 'server-side-encryption', 'true', true],
          ['Null', 'server-side-encryption', ['true', 'false'], true],
          ['Null', 'server-side-encryption', 'false', false],
          ['StringNotEquals', 'server-side-encryption', 'aws:kms', true],
          ['StringNotLike', 'server-side-encryption', 'aws:kms*', true],
          ['StringNotEqualsIfExists', 'server-side-encryption', 'aws:kms', false],
          ['ForAnyValue:StringNotEquals', 'server-side-encryption', 'aws:kms', false],
          ['StringEquals', 'server-side-encryption', 'AES256', false],
          ['StringEquals', 'server-side-encryption-customer-algorithm', 'AES256', true],
          ['StringLike', 'server-side-encryption-customer-algorithm', '*', true],
          ['StringNotEquals', 'server-side-encryption-customer-algorithm', 'AES256', false],
          ['null', 'Server-Side-Encryption-Customer-Algorithm', [false], true],
          ['Null', 'server-side-encryption-customer-algorithm', [], false],
          ['StringNotEquals', 'server-side-encryption-aws-kms-key-id', 'a', false],
        ] as const
      ).map(([operator, key, value, refuses]) => [
        `the policy refuses uploads by ${operator} of ${key}, ${JSON.stringify(value)}`,
        {
          given: beside({ Condition: { [operator]: { [`s3:x-amz-${key}`]: value } } }),
          ...(refuses ? { verdict: 'PASS' as const } : failing),
        },
      ]),
    ),
    'the policy refuses all but reading': {
      given: beside({ Action: undefined, NotAction: ['s3:Get*', 's3:List*'] }),
      verdict: 'PASS',
    },
    'the policy refuses all but uploads': {
      given: beside({ Action: undefined, NotAction: 'S3:Put*' }),
      ...failing,
    },
    'the policy refuses all but one role': {
      given: beside({
        Principal: undefined,
        NotPrincipal: { AWS: 'arn:aws:iam::123456789012:role/backup' },
      }),
      ...failing,
    },
    'the policy refuses all but a prefix': {
      given: beside({ Resource: undefined, NotResource: 'arn:aws:s3:::example/invoices/*' }),
      ...failing,
    },
    'the policy refuses names of three letters': {
      given: beside({ Resource: 'arn:aws:s3:::example/???' }),
      ...failing,
    },
    'the policy refuses them below what a variable stands for': {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable.
      given: beside({ Resource: 'arn:aws:s3:::example/${aws:username}/*' }),
      ...failing,
    },
    'the policy refuses reading them': { given: beside({ Action: 's3:GetObject' }), ...failing },
    'the policy allows them': { given: beside({ Effect: 'Allow' }), ...failing },
    'a policy that cannot be made out': {
      given: { policy: '{' },
      verdict: 'UNKNOWN',
      reason: /cannot be made out/,
    },
    'a policy that cannot be made out, and they are blocked': {
      given: { encryption: { ...sseS3, ...blocked('SSE-C') }, policy: '{' },
      verdict: 'PASS',
    },
  },
});
