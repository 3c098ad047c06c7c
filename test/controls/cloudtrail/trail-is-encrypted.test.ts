import { trailIsEncrypted } from '../../../lib/controls/cloudtrail/trail-is-encrypted.ts';
import { testControl } from '../harness.ts';
import { hardened } from './trails.ts';

testControl(trailIsEncrypted, {
  rows: {
    'a key of KMS': { given: { trail: hardened }, verdict: 'PASS' },
    'no key': {
      given: { trail: { ...hardened, kmsKey: undefined } },
      verdict: 'FAIL',
      evidence: ['trail.kmsKey'],
      plan: { proposal: /the log ends/ },
    },
    'an empty text': {
      given: { trail: { ...hardened, kmsKey: '' } },
      verdict: 'FAIL',
      plan: { proposal: /the log ends/ },
    },
  },
});
