import { policyHoldsServices } from '../../../lib/controls/policies/policy-holds-services.ts';
import { testControl } from '../harness.ts';
import { allowing, policyOf } from '../policies.ts';

const account = '123456789012';
const service = (Service: string, Action: string, Condition?: object) =>
  policyOf(
    allowing(Action)({ Principal: { Service }, ...(Condition === undefined ? {} : { Condition }) }),
  );
const send = (Condition?: object) => service('s3.amazonaws.com', 'sqs:SendMessage', Condition);
const passes = (policy: string) => ({ given: { policy }, verdict: 'PASS' as const });
const plan = { proposal: /does not say for which account/ };

testControl(policyHoldsServices, {
  rows: {
    'a replica, whose policy is copied': {
      given: { policy: send(), primaryRegion: 'eu-west-1' },
      verdict: 'FAIL',
      plan: { proposal: /its primary, in eu-west-1/ },
    },
    'no policy': { given: { policy: undefined }, verdict: 'PASS' },
    'a function of which versions were not looked at': {
      given: { policy: { read: undefined, leftOut: '250 versions' } },
      verdict: 'UNKNOWN',
    },
    'a service, for one account': passes(send({ StringEquals: { 'aws:SourceAccount': account } })),
    'a service, for one bucket': passes(send({ ArnEquals: { 'aws:SourceArn': 'arn:aws:s3:::a' } })),
    'a service, for any rule of one account': passes(
      send({ ArnLike: { 'aws:SourceArn': `arn:aws:events:*:${account}:rule/*` } }),
    ),
    'a service, for one organization': passes(
      send({ StringEquals: { 'aws:SourceOrgID': 'o-abcdefghij' } }),
    ),
    'the own account': passes(policyOf(allowing('sqs:*')({ Principal: { AWS: account } }))),
    'logs, held by what they encrypt': passes(
      service('logs.us-east-1.amazonaws.com', 'kms:Decrypt', {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:${account}:log-group:*`,
        },
      }),
    ),
    'a service that sees what a key is': passes(service('dynamodb.amazonaws.com', 'kms:Describe*')),
    'EventBridge on a topic, which cannot be held': passes(
      service('events.amazonaws.com', 'sns:Publish'),
    ),
    'a skill of Alexa': passes(
      service('alexa-appkit.amazon.com', 'lambda:InvokeFunction', {
        StringEquals: { 'lambda:EventSourceToken': 'amzn1.ask.skill.example' },
      }),
    ),
    'a service, for anybody': {
      given: { policy: send() },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].Condition'],
      plan,
    },
    'a service, for a pattern of buckets': {
      given: { policy: send({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::invoices-*' } }) },
      verdict: 'FAIL',
      plan,
    },
    'a service, held by a key that it may leave out': {
      given: { policy: send({ StringEqualsIfExists: { 'aws:SourceAccount': account } }) },
      verdict: 'FAIL',
      plan,
    },
    'a service that decrypts for anybody': {
      given: { policy: service('s3.amazonaws.com', 'kms:Decrypt') },
      verdict: 'FAIL',
      plan,
    },
    'a policy that cannot be read': { given: { policy: '{' }, verdict: 'UNKNOWN' },
  },
});
