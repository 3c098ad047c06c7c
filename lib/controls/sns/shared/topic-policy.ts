import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';

/** A topic's policy is one of its attributes. */
export const topicPolicy: PolicyWriter = {
  service: 'sns',
  put: ({ arn: TopicArn }, AttributeValue) =>
    call('sns', 'setTopicAttributes', {
      TopicArn,
      AttributeName: 'Policy',
      AttributeValue,
    }),
  // https://docs.aws.amazon.com/general/latest/gr/sns.html
  mostBytes: 30_720,
  // Some services send aws:SourceArn alone, which does not meet a condition on aws:SourceAccount.
  risk: 'disruptive',
};
