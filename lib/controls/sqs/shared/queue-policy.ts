import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';
import { queueUrl } from '../../../resources/sqs/sqs-queue.ts';

/**
 * A queue's policy is one of its attributes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export const queuePolicy: PolicyWriter = {
  service: 'sqs',
  put: ({ ref }, Policy) =>
    call('sqs', 'setQueueAttributes', { QueueUrl: queueUrl(ref), Attributes: { Policy } }),
  mostBytes: 8192,
  // Some services send aws:SourceArn alone, which does not meet a condition on aws:SourceAccount.
  risk: 'disruptive',
  refuses: (after) => {
    if ('unreadable' in after) return after.unreadable;
    const { statements } = after;
    const counts = [
      ['statements', statements.length, 20],
      ['principals', statements.flatMap(({ principals }) => principals?.list ?? []).length, 50],
      ['conditions', statements.flatMap(({ conditions }) => conditions).length, 10],
    ] as const;
    const over = counts.find(([, count, most]) => count > most);
    return over && `the policy would have ${over[1]} ${over[0]}; SQS takes ${over[2]}`;
  },
};
