import { topicPolicyIsNotPublic } from '../../../lib/controls/sns/topic-policy-is-not-public.ts';
import { testControl } from '../harness.ts';
import { allowing, metByAnybody, policyOf, rowsOfAny } from '../policies.ts';

const subscribe = allowing('SNS:Subscribe');
const plan = { risk: 'disruptive', calls: ['sns.setTopicAttributes'], undo: 'widens' } as const;
const conditions = {
  ...metByAnybody,
  'an endpoint, which anybody may subscribe': { StringEquals: { 'sns:Protocol': 'https' } },
};

testControl(topicPolicyIsNotPublic, {
  rows: {
    ...rowsOfAny('sns:Publish'),
    // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    'the policy that a topic is made with': {
      given: {
        policy: JSON.stringify({
          Version: '2008-10-17',
          Id: '__default_policy_ID',
          Statement: [
            {
              Sid: '__default_statement_ID',
              Effect: 'Allow',
              Principal: { AWS: '*' },
              Action: ['SNS:GetTopicAttributes', 'SNS:SetTopicAttributes', 'SNS:Publish'],
              Resource: 'arn:aws:sns:us-east-1:123456789012:example',
              Condition: { StringEquals: { 'AWS:SourceOwner': '123456789012' } },
            },
          ],
        }),
      },
      verdict: 'PASS',
    },
    'everybody may subscribe': {
      given: { policy: policyOf(subscribe({ Principal: '*' })) },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].Principal'],
      plan: {
        ...plan,
        input: {
          TopicArn: 'arn:aws:sns:us-east-1:123456789012:example',
          AttributeName: 'Policy',
        },
      },
    },
    ...Object.fromEntries(
      Object.entries(conditions).map(([title, Condition]) => [
        title,
        {
          given: { policy: policyOf(subscribe({ Principal: '*', Condition })) },
          verdict: 'FAIL' as const,
          plan,
        },
      ]),
    ),
  },
});
