import { queueIsEncrypted } from '../../../lib/controls/sqs/queue-is-encrypted.ts';
import { testControl } from '../harness.ts';

testControl(queueIsEncrypted, {
  rows: {
    'a key of SQS': {
      given: { encryption: { kmsKey: undefined, isManagedBySqs: true } },
      verdict: 'PASS',
    },
    'a key of KMS': {
      given: { encryption: { kmsKey: 'alias/orders', isManagedBySqs: false } },
      verdict: 'PASS',
    },
    none: {
      given: { encryption: { kmsKey: undefined, isManagedBySqs: false } },
      verdict: 'FAIL',
      evidence: ['encryption.isManagedBySqs'],
      plan: {
        risk: 'safe',
        calls: ['sqs.setQueueAttributes'],
        input: { Attributes: { SqsManagedSseEnabled: 'true' } },
      },
    },
  },
});
