import { policyIsNotPublic } from '../../../lib/controls/policies/policy-is-not-public.ts';
import { testControl } from '../harness.ts';
import { allowing, metByAnybody, policyOf, rowsOfAny } from '../policies.ts';

// The table has no ARN of a secret: that its policy is written, the drifts of secrets and repositories show.
const plan = { proposal: /not known here/ };
const read = allowing('secretsmanager:GetSecretValue');

testControl(policyIsNotPublic, {
  rows: {
    ...rowsOfAny('secretsmanager:GetSecretValue'),
    'a replica, whose policy is copied': {
      given: { policy: policyOf(read({ Principal: '*' })), primaryRegion: 'eu-west-1' },
      verdict: 'FAIL',
      plan: { proposal: /its primary, in eu-west-1/ },
    },
    'no policy': { given: { policy: undefined }, verdict: 'PASS' },
    'everybody may read': {
      given: { policy: policyOf(read({ Principal: '*' })) },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].Principal'],
      plan,
    },
    'everybody may pull, in a policy that names no resource': {
      given: {
        policy: policyOf({ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }),
      },
      verdict: 'FAIL',
      plan,
    },
    'everybody may use the Data Catalog': {
      given: { policy: policyOf(allowing('glue:GetTable')({ Principal: '*' })) },
      verdict: 'FAIL',
      plan,
    },
    'everybody may copy into a vault': {
      given: { policy: policyOf(allowing('backup:CopyIntoBackupVault')({ Principal: '*' })) },
      verdict: 'FAIL',
      plan,
    },
    // "cross-account access for any action other than backup:CopyIntoBackupVault will be rejected"
    'everybody may restore from a vault, which means those of the account': {
      given: { policy: policyOf(allowing('backup:StartRestoreJob')({ Principal: '*' })) },
      verdict: 'PASS',
    },
    'everybody may put events on a bus': {
      given: { policy: policyOf(allowing('events:PutEvents')({ Principal: '*' })) },
      verdict: 'FAIL',
      plan,
    },
    'an organization may put events on a bus': {
      given: {
        policy: policyOf(
          allowing('events:PutEvents')({
            Principal: '*',
            Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
          }),
        ),
      },
      verdict: 'PASS',
    },
    ...Object.fromEntries(
      Object.entries(metByAnybody).map(([title, Condition]) => [
        title,
        {
          given: { policy: policyOf(read({ Principal: { AWS: '*' }, Condition })) },
          verdict: 'FAIL' as const,
          plan,
        },
      ]),
    ),
  },
});
