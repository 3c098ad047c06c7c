import { fileSystemIsEncrypted } from '../../../lib/controls/efs/file-system-is-encrypted.ts';
import { testControl } from '../harness.ts';
import { encrypted, plain } from './file-systems.ts';

testControl(fileSystemIsEncrypted, {
  rows: {
    'it is': { given: { fileSystem: encrypted }, verdict: 'PASS' },
    'it is not': {
      given: { fileSystem: plain },
      verdict: 'FAIL',
      evidence: ['fileSystem.isEncrypted'],
    },
  },
});
