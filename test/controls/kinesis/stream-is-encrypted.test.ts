import { streamIsEncrypted } from '../../../lib/controls/kinesis/stream-is-encrypted.ts';
import { testControl } from '../harness.ts';

const plain = {
  state: 'ACTIVE' as const,
  isEncrypted: false,
  kmsKey: undefined,
  retentionHours: 24,
};

testControl(streamIsEncrypted, {
  rows: {
    'the key of the service encrypts it': {
      given: { stream: { ...plain, isEncrypted: true, kmsKey: 'alias/aws/kinesis' } },
      verdict: 'PASS',
    },
    'a key of one’s own encrypts it': {
      given: { stream: { ...plain, isEncrypted: true, kmsKey: 'arn:aws:kms:us-east-1:1:key/a' } },
      verdict: 'PASS',
    },
    'records are stored as they are': {
      given: { stream: plain },
      verdict: 'FAIL',
      plan: {
        risk: 'disruptive',
        calls: ['kinesis.startStreamEncryption'],
        input: { StreamName: 'example', EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
        undo: 'widens',
      },
      evidence: ['stream.isEncrypted'],
    },
    'it is being changed': {
      given: { stream: { ...plain, state: 'UPDATING' } },
      verdict: 'FAIL',
      plan: { proposal: /state is UPDATING/ },
    },
    'Kinesis does not say its state': {
      given: { stream: { ...plain, state: undefined } },
      verdict: 'FAIL',
      plan: { proposal: /not known/ },
    },
    // CloudFormation and the console encrypt a stream by a call of its own, after it was created.
    'it is being created': {
      given: { stream: { ...plain, state: 'CREATING' } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being deleted': {
      given: { stream: { ...plain, state: 'DELETING' } },
      verdict: 'NOT_APPLICABLE',
      reason: /deleted/,
    },
  },
});
