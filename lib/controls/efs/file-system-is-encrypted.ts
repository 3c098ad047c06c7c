import { defineControl } from '../../model/control.ts';
import { efsFileSystem } from '../../resources/efs/efs-file-system.ts';
import { encryptionAdvice, evaluateEncryption } from './shared/encryption.ts';

export const fileSystemIsEncrypted = defineControl(efsFileSystem, {
  id: 'EFS.8',
  title: 'EFS file systems should be encrypted at rest',
  severity: 'MEDIUM',
  rationale: 'Data that is encrypted is of no use to whoever gets hold of a disk or a backup.',
  standards: { 'fsbp-1.0.0': ['EFS.8'], 'cis-aws-5.0.0': ['2.3.1'] },
  needs: ['fileSystem'],
  evaluate: ({ fileSystem }) => evaluateEncryption(fileSystem),
  remediation: { advice: encryptionAdvice },
});
