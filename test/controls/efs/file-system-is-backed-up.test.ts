import { fileSystemIsBackedUp } from '../../../lib/controls/efs/file-system-is-backed-up.ts';
import { testControl } from '../harness.ts';
import { encrypted } from './file-systems.ts';

const plan = {
  risk: 'disruptive',
  calls: ['efs.putBackupPolicy'],
  input: { FileSystemId: 'example', BackupPolicy: { Status: 'ENABLED' } },
} as const;

testControl(fileSystemIsBackedUp, {
  base: { fileSystem: encrypted, backup: { status: 'ENABLED' } },
  rows: {
    'it is': { given: {}, verdict: 'PASS' },
    'it is about to be': { given: { backup: { status: 'ENABLING' } }, verdict: 'PASS' },
    'it is not': {
      given: { backup: { status: 'DISABLED' } },
      verdict: 'FAIL',
      evidence: ['backup.status'],
      plan,
    },
    'it is about not to be': { given: { backup: { status: 'DISABLING' } }, verdict: 'FAIL', plan },
    'nobody has said': { given: { backup: undefined }, verdict: 'FAIL', plan },
  },
});
