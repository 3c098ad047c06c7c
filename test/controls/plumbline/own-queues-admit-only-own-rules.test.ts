import { ownQueuesAdmitOnlyOwnRules } from '../../../lib/controls/plumbline/own-queues-admit-only-own-rules.ts';
import { testControl } from '../harness.ts';
import { admit, changes, deployed, queue, rule, rules, tls } from './stack.ts';

const name = 'queues[Plumbline-ChangesQueue-1]';
const ours = rules.map(admit);
const withStatement = (statement: object) => ({ queues: [queue(tls, ...ours, statement)] });
const [s3Calls = ''] = rules;

testControl(ownQueuesAdmitOnlyOwnRules, {
  base: deployed,
  rows: {
    'as deployed': { given: {}, verdict: 'PASS' },
    'nothing is deployed': {
      given: { eventRules: [], queues: [] },
      verdict: 'NOT_APPLICABLE',
      reason: /not deployed/,
    },
    'several rules in one statement': {
      given: { queues: [queue(tls, admit(rules))] },
      verdict: 'PASS',
    },
    'anybody may send': {
      given: withStatement({ ...admit(s3Calls), Principal: '*', Condition: undefined }),
      verdict: 'FAIL',
      reason: /a policy was changed/,
      evidence: [`${name}.Statement[3]`],
    },
    'another account may send': {
      given: withStatement({ ...admit(s3Calls), Principal: { AWS: '210987654321' } }),
      verdict: 'FAIL',
    },
    'a user of this account may send': {
      given: withStatement({
        ...admit(s3Calls),
        Principal: { AWS: 'arn:aws:iam::123456789012:user/eve' },
      }),
      verdict: 'FAIL',
    },
    'another service may send': {
      given: withStatement({ ...admit(s3Calls), Principal: { Service: 's3.amazonaws.com' } }),
      verdict: 'FAIL',
    },
    'everybody but one may send': {
      given: withStatement({
        ...admit(s3Calls),
        Principal: undefined,
        NotPrincipal: { AWS: '210987654321' },
      }),
      verdict: 'FAIL',
    },
    'the rules of any account may send': {
      given: withStatement({ ...admit(s3Calls), Condition: undefined }),
      verdict: 'FAIL',
    },
    'a rule that is not ours may send': {
      given: withStatement(admit('arn:aws:events:us-east-1:123456789012:rule/theirs')),
      verdict: 'FAIL',
    },
    'a rule of another account may send': {
      given: withStatement(admit('arn:aws:events:us-east-1:210987654321:rule/Plumbline-1')),
      verdict: 'FAIL',
    },
    'any rule whose name begins like ours may send': {
      given: withStatement(admit('arn:aws:events:us-east-1:123456789012:rule/Plumbline-*')),
      verdict: 'FAIL',
    },
    'a condition that nobody need meet': {
      given: withStatement({
        ...admit(s3Calls),
        Condition: { ArnEqualsIfExists: { 'aws:SourceArn': s3Calls } },
      }),
      verdict: 'FAIL',
    },
    'nothing may be sent any more': {
      given: withStatement({ ...tls, Condition: undefined }),
      verdict: 'FAIL',
      evidence: [`${name}.Statement[3]`],
    },
    'what comes over TLS is denied': {
      given: withStatement({ ...tls, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      verdict: 'FAIL',
    },
    'a rule is turned away': {
      given: { queues: [queue(tls, admit(s3Calls))] },
      verdict: 'FAIL',
      reason: /turns rules away/,
      evidence: [name],
    },
    'the policy was removed': {
      given: { queues: [{ arn: changes, policy: undefined }] },
      verdict: 'FAIL',
      evidence: [name, name],
    },
    'a policy that cannot be made out': {
      given: { queues: [{ arn: changes, policy: '{' }] },
      verdict: 'FAIL',
      evidence: [name, name, `${name}.policy`],
    },
    'the queue was deleted': {
      given: { queues: [] },
      verdict: 'FAIL',
      evidence: [name, name],
    },
    'a rule that calls a function needs no queue': {
      given: {
        eventRules: [
          ...deployed.eventRules,
          {
            ...rule('arn:aws:events:us-east-1:123456789012:rule/Plumbline-HeartbeatBeats-1'),
            targets: ['arn:aws:lambda:us-east-1:123456789012:function:Plumbline-Heartbeat-1'],
          },
        ],
      },
      verdict: 'PASS',
    },
  },
});
