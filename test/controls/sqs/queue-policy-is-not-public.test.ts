import { queuePolicyIsNotPublic } from '../../../lib/controls/sqs/queue-policy-is-not-public.ts';
import { testControl } from '../harness.ts';
import { allowing, metByAnybody, policyOf, rowsOfAny } from '../policies.ts';

const send = allowing('sqs:SendMessage');
const plan = {
  risk: 'disruptive',
  calls: ['sqs.setQueueAttributes'],
  undo: 'widens',
  summary: /own account/,
} as const;
const first = ['policy.Statement[0].Principal'];

testControl(queuePolicyIsNotPublic, {
  rows: {
    ...rowsOfAny('sqs:SendMessage'),
    'no policy': { given: { policy: undefined }, verdict: 'PASS' },
    'everybody may send': {
      given: { policy: policyOf(send({ Sid: 'open', Principal: '*' })) },
      verdict: 'FAIL',
      evidence: first,
      plan: {
        ...plan,
        input: {
          QueueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/example',
          Attributes: {
            Policy: policyOf(
              {
                Effect: 'Allow',
                Action: 'sqs:SendMessage',
                Resource: '*',
                Sid: 'open',
                Principal: '*',
                Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } },
              },
              {
                Effect: 'Allow',
                Action: 'sqs:SendMessage',
                Resource: '*',
                Principal: '*',
                Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
              },
            ),
          },
        },
      },
    },
    ...Object.fromEntries(
      Object.entries(metByAnybody).map(([title, Condition]) => [
        title,
        {
          given: { policy: policyOf(send({ Principal: { AWS: '*' }, Condition })) },
          verdict: 'FAIL' as const,
          plan,
        },
      ]),
    ),
    'everybody beside a queue of one’s own, which stays': {
      given: {
        policy: policyOf(
          send({ Sid: 'ours', Principal: { Service: 'sns.amazonaws.com' } }),
          send({ Sid: 'open', Principal: { AWS: ['444455556666', '*'] } }),
        ),
      },
      verdict: 'FAIL',
      evidence: ['policy.Statement[1].Principal'],
      plan: {
        ...plan,
        input: {
          Attributes: {
            Policy: policyOf(
              send({ Sid: 'ours', Principal: { Service: 'sns.amazonaws.com' } }),
              send({ Sid: 'open', Principal: { AWS: ['444455556666'] } }),
              ...(['aws:PrincipalAccount', 'aws:SourceAccount'] as const).map((key) =>
                send({
                  Principal: { AWS: ['*'] },
                  Condition: { StringEquals: { [key]: '123456789012' } },
                }),
              ),
            ),
          },
        },
      },
    },
    'all services': {
      given: { policy: policyOf(send({ Principal: { Service: '*' } })) },
      verdict: 'FAIL',
      plan: { proposal: /whom they are meant for/ },
    },
    'everybody but one': {
      given: { policy: policyOf(send({ NotPrincipal: { AWS: '444455556666' } })) },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].NotPrincipal'],
      plan: { proposal: /whom they are meant for/ },
    },
    'a policy that names somebody who was deleted': {
      given: {
        policy: policyOf(
          send({ Principal: '*' }),
          send({ Principal: { AWS: 'AIDAEXAMPLE000000000' } }),
        ),
      },
      verdict: 'FAIL',
      plan: { proposal: /was deleted/ },
    },
    'as many statements as SQS takes': {
      given: {
        policy: policyOf(
          ...Array.from({ length: 20 }, (_, index) =>
            send({ Sid: `s${index}`, Principal: index === 0 ? '*' : { AWS: '444455556666' } }),
          ),
        ),
      },
      verdict: 'FAIL',
      plan: { proposal: /21 statements; SQS takes 20/ },
    },
    'actions of another service, which mean nothing here': {
      given: { policy: policyOf(allowing('sns:Publish')({ Principal: '*' })) },
      verdict: 'PASS',
    },
    'every action but some of other services': {
      given: {
        policy: policyOf({ Effect: 'Allow', NotAction: 'sns:*', Resource: '*', Principal: '*' }),
      },
      verdict: 'FAIL',
      plan,
    },
  },
});
