import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';
import { sns } from '../../../services/sns.ts';

/** A topic's policy is one of its attributes. */
export const topicPolicy: PolicyWriter = {
  service: 'sns',
  put: (ref, AttributeValue) =>
    call('sns', 'setTopicAttributes', {
      TopicArn: sns.arn('topic', ref, ref.id),
      AttributeName: 'Policy',
      AttributeValue,
    }),
  // https://docs.aws.amazon.com/general/latest/gr/sns.html
  mostBytes: 30_720,
  risk: 'safe',
};
