import { policyNamesKnownAccounts } from '../../../lib/controls/policies/policy-names-known-accounts.ts';
import { testControl } from '../harness.ts';
import { allowing, policyOf } from '../policies.ts';

const send = allowing('sqs:SendMessage');
const [account, other] = ['123456789012', '444455556666'];
const plan = { risk: 'disruptive', calls: ['sqs.setQueueAttributes'], undo: 'widens' } as const;
const held = (key: string, value: string, principal: unknown = '*') =>
  policyOf(send({ Principal: principal, Condition: { StringEquals: { [key]: value } } }));
const ours = send({ Principal: { AWS: account } });

testControl(policyNamesKnownAccounts, {
  rows: {
    'a replica, whose policy is copied': {
      given: { policy: policyOf(send({ Principal: { AWS: other } })), primaryRegion: 'eu-west-1' },
      verdict: 'FAIL',
      plan: { proposal: /its primary, in eu-west-1/ },
    },
    'no policy': { given: { policy: undefined }, verdict: 'PASS' },
    'a function of which versions were not looked at': {
      given: { policy: { read: policyOf(ours), leftOut: '250 versions' } },
      verdict: 'UNKNOWN',
    },
    'the account itself': { given: { policy: policyOf(ours) }, verdict: 'PASS' },
    'a service': {
      given: { policy: policyOf(send({ Principal: { Service: 'sns.amazonaws.com' } })) },
      verdict: 'PASS',
    },
    'everybody, which is another control’s': {
      given: { policy: policyOf(send({ Principal: '*' })) },
      verdict: 'PASS',
    },
    'somebody who was deleted': {
      given: { policy: policyOf(send({ Principal: { AWS: 'AROAEXAMPLE000000000' } })) },
      verdict: 'PASS',
    },
    'callers of a VPC endpoint': {
      given: { policy: held('aws:SourceVpce', 'vpce-1a2b3c4d') },
      verdict: 'PASS',
    },
    'an account that is known': {
      given: { policy: policyOf(send({ Principal: { AWS: `arn:aws:iam::${other}:role/app` } })) },
      parameters: { trustedAccounts: [other] },
      verdict: 'PASS',
    },
    'an organization that is known': {
      given: { policy: held('aws:PrincipalOrgID', 'o-abcdefghij') },
      parameters: { trustedOrganizations: ['o-abcdefghij'] },
      verdict: 'PASS',
    },
    'another account, of an organization that is known': {
      given: { policy: held('aws:PrincipalOrgID', 'o-abcdefghij', { AWS: other }) },
      parameters: { trustedOrganizations: ['o-abcdefghij'] },
      verdict: 'PASS',
    },
    'another account, and a Deny for all but the own': {
      given: {
        policy: policyOf(send({ Principal: { AWS: other } }), {
          ...send({ Principal: '*' }),
          Effect: 'Deny',
          Action: 'sqs:*',
          Condition: { StringNotEquals: { 'aws:PrincipalAccount': account } },
        }),
      },
      verdict: 'PASS',
    },
    'another account, which restores nothing from a vault of ours': {
      given: {
        policy: policyOf(allowing('backup:StartRestoreJob')({ Principal: { AWS: other } })),
      },
      verdict: 'PASS',
    },
    'another account, which copies into a vault of ours': {
      given: {
        policy: policyOf(allowing('backup:CopyIntoBackupVault')({ Principal: { AWS: other } })),
      },
      verdict: 'FAIL',
      plan: { proposal: /only a person can say/ },
    },
    'another account on a bus': {
      given: { policy: policyOf(allowing('events:PutEvents')({ Principal: { AWS: other } })) },
      verdict: 'FAIL',
      plan: { proposal: /only a person can say/ },
    },
    'another account on the bus of Plumbline': {
      given: { policy: policyOf(allowing('events:PutEvents')({ Principal: { AWS: other } })) },
      id: 'Plumbline-Ears',
      verdict: 'NOT_APPLICABLE',
    },
    'another account on a queue that is called as the bus of Plumbline': {
      given: { policy: policyOf(send({ Principal: { AWS: other } })) },
      id: 'Plumbline-Ears',
      verdict: 'FAIL',
      plan: { proposal: /only a person can say/ },
    },
    'another account beside the own': {
      given: {
        policy: policyOf(ours, send({ Principal: { AWS: [`arn:aws:iam::${other}:root`] } })),
      },
      verdict: 'FAIL',
      evidence: ['policy.Statement[1].Principal'],
      plan: { ...plan, input: { Attributes: { Policy: policyOf(ours) } } },
    },
    'another account in one statement with the own': {
      given: { policy: policyOf(send({ Principal: { AWS: [account, other] } })) },
      verdict: 'FAIL',
      plan,
    },
    'another account alone': {
      given: { policy: policyOf(send({ Principal: { AWS: other } })) },
      verdict: 'FAIL',
      plan: { proposal: /only a person can say/ },
    },
    'another account’s topic': {
      given: {
        policy: policyOf(
          ours,
          send({
            Principal: { Service: 'sns.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': `arn:aws:sns:us-east-1:${other}:orders` } },
          }),
        ),
      },
      verdict: 'FAIL',
      evidence: ['policy.Statement[1].Principal'],
      plan: { proposal: /in a condition/ },
    },
    'an unknown organization': {
      given: { policy: held('aws:PrincipalOrgID', 'o-abcdefghij') },
      verdict: 'FAIL',
      plan: { proposal: /in a condition/ },
    },
    'a policy that cannot be read': { given: { policy: '{' }, verdict: 'UNKNOWN' },
  },
});
