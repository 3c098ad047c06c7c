import { topicIsEncrypted } from '../../../lib/controls/sns/topic-is-encrypted.ts';
import { testControl } from '../harness.ts';

testControl(topicIsEncrypted, {
  rows: {
    'a key of KMS': { given: { encryption: { kmsKey: 'alias/aws/sns' } }, verdict: 'PASS' },
    'no key': {
      given: { encryption: { kmsKey: undefined } },
      verdict: 'FAIL',
      evidence: ['encryption.kmsKey'],
      plan: { proposal: /services that publish/ },
    },
  },
});
