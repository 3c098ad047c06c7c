import { call, defineControl, fail, pass } from '../../model/control.ts';
import { queueUrl, sqsQueue } from '../../resources/sqs/sqs-queue.ts';

export const queueIsEncrypted = defineControl(sqsQueue, {
  id: 'SQS.1',
  title: 'Amazon SQS queues should be encrypted at rest',
  severity: 'MEDIUM',
  rationale:
    'Messages that wait in a queue often hold what customers and programs send each other.',
  standards: {
    'fsbp-1.0.0': ['SQS.1'],
    'nist-800-53-r5': [
      ...['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
    ],
  },
  needs: ['encryption'],
  evaluate({ encryption: { kmsKey, isManagedBySqs } }) {
    // Of the two a queue has one: with a key of KMS that of SQS is off.
    if (kmsKey !== undefined || isManagedBySqs) return pass;
    return fail('messages are stored as they are', [
      { path: 'encryption.isManagedBySqs', actual: false, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Turn on encryption with a key that SQS manages: it costs nothing, and whoever uses the queue needs no further permission. Take a key of KMS where it must be yours to close.',
    grants: [{ actions: ['sqs:SetQueueAttributes'], on: ({ arn }) => [arn] }],
    plan: (_, { ref }) => {
      const set = (SqsManagedSseEnabled: 'true' | 'false') =>
        call('sqs', 'setQueueAttributes', {
          QueueUrl: queueUrl(ref),
          Attributes: { SqsManagedSseEnabled },
        });
      return {
        kind: 'calls',
        risk: 'safe',
        summary: 'encrypts new messages with a key that SQS manages',
        calls: [set('true')],
        undo: { calls: [set('false')], widensAccess: false },
      };
    },
  },
});
