import { keyPolicyIsNotPublic } from '../../../lib/controls/kms/key-policy-is-not-public.ts';
import { testControl } from '../harness.ts';
import { allowing, metByAnybody, policyOf, rowsOfAny } from '../policies.ts';

const account = '123456789012';
const key = {
  manager: 'CUSTOMER',
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  multiRegion: undefined,
  primaryRegion: undefined,
} as const;
const decrypt = allowing('kms:Decrypt');
// The statement of every key that is made without a policy.
const root = allowing('kms:*')({
  Sid: 'Enable IAM User Permissions',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
});
const plan = { risk: 'disruptive', calls: ['kms.putKeyPolicy'], undo: 'widens' } as const;

testControl(keyPolicyIsNotPublic, {
  base: { key, policy: policyOf(root) },
  rows: {
    ...rowsOfAny('kms:Decrypt'),
    'the policy that a key is made with': { given: {}, verdict: 'PASS' },
    'everybody of one account, through one service': {
      given: {
        policy: policyOf(
          decrypt({
            Principal: { AWS: '*' },
            Condition: {
              StringEquals: {
                'kms:CallerAccount': account,
                'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com',
              },
            },
          }),
        ),
      },
      verdict: 'PASS',
    },
    'a key of AWS': {
      given: { key: { ...key, manager: 'AWS' } },
      verdict: 'NOT_APPLICABLE',
    },
    'everybody may decrypt': {
      given: { policy: policyOf(root, decrypt({ Principal: '*' })) },
      verdict: 'FAIL',
      evidence: ['policy.Statement[1].Principal'],
      plan: { ...plan, input: { KeyId: 'example', PolicyName: 'default' } },
    },
    'everybody, through one service': {
      given: {
        policy: policyOf(
          root,
          decrypt({
            Principal: { AWS: '*' },
            Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
          }),
        ),
      },
      verdict: 'FAIL',
      plan,
    },
    ...Object.fromEntries(
      Object.entries(metByAnybody).map(([title, Condition]) => [
        title,
        {
          given: { policy: policyOf(root, decrypt({ Principal: '*', Condition })) },
          verdict: 'FAIL' as const,
          plan,
        },
      ]),
    ),
    'a policy by which the account administers the key only with everybody': {
      given: { policy: policyOf(allowing('kms:*')({ Principal: '*' })) },
      verdict: 'FAIL',
      plan: { proposal: /nobody could change it any more/ },
    },
  },
});
