import { fileSystemEncryptsWithKms } from '../../../lib/controls/efs/file-system-encrypts-with-kms.ts';
import { testControl } from '../harness.ts';
import { encrypted, plain } from './file-systems.ts';

const kmsKeyId = 'arn:aws:kms:us-east-1:123456789012:key/ffffabcd-12ab-34cd-56ef-1234567890ab';

testControl(fileSystemEncryptsWithKms, {
  rows: {
    'with any key': { given: { fileSystem: encrypted }, verdict: 'PASS' },
    'not at all': {
      given: { fileSystem: plain },
      verdict: 'FAIL',
      evidence: ['fileSystem.isEncrypted'],
    },
    'with the key that is asked for': {
      given: { fileSystem: { ...encrypted, kmsKey: kmsKeyId } },
      parameters: { kmsKeyId },
      verdict: 'PASS',
    },
    'with another key': {
      given: { fileSystem: encrypted },
      parameters: { kmsKeyId },
      verdict: 'FAIL',
      evidence: ['fileSystem.kmsKey'],
    },
  },
});
