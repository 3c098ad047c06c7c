import { defineControl } from '../../model/control.ts';
import { optionalText } from '../../model/parameters.ts';
import { efsFileSystem } from '../../resources/efs/efs-file-system.ts';
import { encryptionAdvice, evaluateEncryption } from './shared/encryption.ts';

export const fileSystemEncryptsWithKms = defineControl(efsFileSystem, {
  id: 'EFS.1',
  title: 'Elastic File System should be configured to encrypt file data at-rest using AWS KMS',
  severity: 'MEDIUM',
  rationale: 'Who may read the data is then decided by the policy of a key as well.',
  standards: {
    'fsbp-1.0.0': ['EFS.1'],
    'cis-aws-3.0.0': ['2.4.1'],
    'cis-aws-5.0.0': ['2.3.1'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
  },
  needs: ['fileSystem'],
  parameters: {
    kmsKeyId: optionalText({
      allowed: 'the ARN of a key of KMS',
      pattern: /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/,
    }),
  },
  evaluate: ({ fileSystem }, { parameters: { kmsKeyId } }) =>
    evaluateEncryption(fileSystem, kmsKeyId),
  remediation: { advice: encryptionAdvice },
});
