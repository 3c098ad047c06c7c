import { bucketRequiresTls } from '../../../lib/controls/s3/bucket-requires-tls.ts';
import { testControl } from '../harness.ts';
import { open, policyOf } from './buckets.ts';

const bucket = 'arn:aws:s3:::example';
const withoutTls = { Bool: { 'aws:SecureTransport': 'false' } };
const deny = (statement: object = {}) =>
  open({
    Effect: 'Deny',
    Action: 's3:*',
    Condition: withoutTls,
    ...statement,
  });
const passes = (...statements: object[]) =>
  ({ given: { policy: policyOf(...statements) }, verdict: 'PASS' }) as const;
const plan = { risk: 'safe', calls: ['s3.putBucketPolicy'], undo: 'widens' } as const;
const ours = { Sid: 'PlumblineDenyInsecureTransport', ...deny() };
/** What is sent holds these statements, the last of them ours. */
const sends = (policy: object) => ({ ...plan, input: { Policy: JSON.stringify(policy) } });
const other = open({ Sid: 'Reader', Principal: { AWS: '111122223333' } });
const fails = (...statements: object[]) =>
  ({
    given: { policy: policyOf(...statements) },
    verdict: 'FAIL',
    plan,
    evidence: ['policy.Statement', 'policy.Statement'],
  }) as const;
const halfFails = (...statements: object[]) =>
  ({ ...fails(...statements), evidence: ['policy.Statement'] }) as const;

testControl(bucketRequiresTls, {
  base: {
    policy: undefined,
    website: undefined,
    publicAccessBlock: undefined,
    accountPublicAccessBlock: undefined,
  },
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

    'no policy': {
      given: { policy: undefined },
      verdict: 'FAIL',
      evidence: ['policy'],
      plan: sends({ Version: '2012-10-17', Statement: [ours] }),
    },
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

    'one statement as an object, of the older version, with an id': {
      given: {
        policy: JSON.stringify({ Version: '2008-10-17', Id: 'Policy1', Statement: other }, null, 2),
      },
      verdict: 'FAIL',
      plan: sends({ Version: '2008-10-17', Id: 'Policy1', Statement: [other, ours] }),
    },
    'no version, which is then the older': {
      given: { policy: JSON.stringify({ Statement: [other] }) },
      verdict: 'FAIL',
      plan: sends({ Statement: [other, ours] }),
    },
    'our statement, spoilt, between others': {
      given: {
        policy: policyOf(
          other,
          { ...ours, Resource: [`${bucket}/*`], Principal: { AWS: '111122223333' } },
          { ...other, Sid: 'Writer' },
        ),
      },
      verdict: 'FAIL',
      plan: sends({
        Version: '2012-10-17',
        Statement: [other, { ...other, Sid: 'Writer' }, ours],
      }),
    },
    'our statement under another condition': {
      ...fails({
        ...ours,
        Condition: { ...withoutTls, StringNotEquals: { 'aws:SourceVpc': 'vpc-1a2b' } },
      }),
      plan: sends({ Version: '2012-10-17', Statement: [ours] }),
    },
    'a statement of our name that allows': {
      ...fails({ ...ours, Effect: 'Allow' }),
      plan: { proposal: /does something else/ },
    },
    'a statement of our name that refuses requests over TLS': {
      ...fails({ ...ours, Action: 's3:PutObject', Condition: undefined }),
      plan: { proposal: /does something else/ },
    },
    'a website': {
      given: { website: { index: 'index.html', redirect: undefined } },
      verdict: 'FAIL',
      plan: { proposal: /website/ },
    },
    'a public policy that could not be set again': {
      given: { policy: policyOf(open({})), publicAccessBlock: { BlockPublicPolicy: true } },
      verdict: 'FAIL',
      plan: { proposal: /BlockPublicPolicy/ },
    },
    'a public policy that the account would refuse': {
      given: { policy: policyOf(open({})), accountPublicAccessBlock: { BlockPublicPolicy: true } },
      verdict: 'FAIL',
      plan: { proposal: /BlockPublicPolicy/ },
    },
    'a policy that is not public, while none may be': {
      given: { policy: policyOf(other), publicAccessBlock: { BlockPublicPolicy: true } },
      verdict: 'FAIL',
      plan,
    },
    'a policy that names a user who was deleted': {
      ...fails(open({ Principal: { AWS: 'AIDAEXAMPLEEXAMPLE123' } })),
      plan: { proposal: /AIDAEXAMPLEEXAMPLE123.*deleted/ },
    },
    'a policy that would be too long': {
      ...fails(open({ Sid: 'x'.repeat(20_300), Principal: { AWS: '111122223333' } })),
      plan: { proposal: /20 KB/ },
    },
    'a policy that is long only as it is laid out': {
      given: {
        policy: JSON.stringify(
          { Statement: Array.from({ length: 69 }, () => ({ ...other, Sid: undefined })) },
          null,
          4,
        ),
      },
      verdict: 'FAIL',
      plan,
    },
    'a policy that cannot be made out': { given: { policy: 'nonsense' }, verdict: 'UNKNOWN' },
  },
});
