import { bucketRequiresTls } from '../../../lib/controls/s3/bucket-requires-tls.ts';
import { testControl } from '../harness.ts';
import { open, policyOf } from './buckets.ts';

const bucket = 'arn:aws:s3:::example';
const deny = (statement: object = {}) =>
  open({
    Effect: 'Deny',
    Action: 's3:*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    ...statement,
  });
const passes = (...statements: object[]) =>
  ({ given: { policy: policyOf(...statements) }, verdict: 'PASS' }) as const;
const fails = (...statements: object[]) =>
  ({
    given: { policy: policyOf(...statements) },
    verdict: 'FAIL',
    evidence: ['policy.Statement', 'policy.Statement'],
  }) as const;
const halfFails = (...statements: object[]) =>
  ({ ...fails(...statements), evidence: ['policy.Statement'] }) as const;

testControl(bucketRequiresTls, {
  rows: {
    'everybody is refused everything without TLS': passes(deny()),
    'a statement as an object': {
      given: { policy: JSON.stringify({ Statement: deny() }) },
      verdict: 'PASS',
    },
    'a principal {"AWS": "*"}': passes(deny({ Principal: { AWS: '*' } })),
    'a principal {"AWS": ["*"]}': passes(deny({ Principal: { AWS: ['*'] } })),
    'an unquoted false': passes(deny({ Condition: { Bool: { 'aws:SecureTransport': false } } })),
    'operator and key in another case': passes(
      deny({ Condition: { bool: { 'AWS:securetransport': ['False'] } } }),
    ),
    BoolIfExists: passes(deny({ Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } })),
    'everybody is refused everything': passes(deny({ Condition: undefined })),
    'every action of every service': passes(deny({ Action: ['*'] })),
    'every resource': passes(deny({ Resource: '*' })),
    'one pattern for bucket and objects': passes(deny({ Resource: `${bucket}*` })),
    'bucket and objects in two statements': passes(
      deny({ Resource: bucket }),
      deny({ Resource: `${bucket}/*` }),
    ),
    'beside other statements': passes(open({ Principal: { AWS: '111122223333' } }), deny()),

    'no policy': { given: { policy: undefined }, verdict: 'FAIL', evidence: ['policy'] },
    'a policy about other things': fails(open({ Principal: { AWS: '111122223333' } })),
    'only an Allow over TLS': fails(
      open({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    ),
    'a Deny with TLS': fails(deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
    'a Deny of old TLS versions only': fails(
      deny({ Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
    ),
    // It may refuse plain HTTP too, where the key is missing, but S3 does not document that it is.
    'a Deny of old TLS versions, IfExists': fails(
      deny({ Condition: { NumericLessThanIfExists: { 's3:TlsVersion': '1.2' } } }),
    ),
    'a second condition under the same operator': fails(
      deny({
        Condition: { Bool: { 'aws:SecureTransport': 'false', 'aws:ViaAWSService': 'false' } },
      }),
    ),
    'a second operator': fails(
      deny({
        Condition: {
          Bool: { 'aws:SecureTransport': 'false' },
          StringNotEquals: { 'aws:SourceVpc': 'vpc-1a2b' },
        },
      }),
    ),
    'one account only': fails(deny({ Principal: { AWS: '111122223333' } })),
    'everybody but one': fails(
      deny({ Principal: undefined, NotPrincipal: { AWS: '111122223333' } }),
    ),
    'one action only': fails(deny({ Action: 's3:GetObject' })),
    'all but one action': fails(deny({ Action: undefined, NotAction: 's3:GetObject' })),
    'objects only': halfFails(deny({ Resource: `${bucket}/*` })),
    'the bucket only': halfFails(deny({ Resource: bucket })),
    'objects below one prefix': halfFails(deny({ Resource: [bucket, `${bucket}/logs/*`] })),
    'another bucket': fails(deny({ Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] })),
    'a bucket whose name begins alike': fails(
      deny({ Resource: ['arn:aws:s3:::example2', 'arn:aws:s3:::example2/*'] }),
    ),
    'a policy that cannot be made out': { given: { policy: 'nonsense' }, verdict: 'UNKNOWN' },
  },
});
