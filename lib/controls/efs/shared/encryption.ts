import { fail, pass, type Snapshot, type Verdict } from '../../../model/control.ts';
import type { efsFileSystem } from '../../../resources/efs/efs-file-system.ts';

type FileSystem = Snapshot<typeof efsFileSystem, 'fileSystem'>['fileSystem'];

/**
 * Whether a file system is encrypted.
 * @param key the ARN of the only key that may be used; any where it is `null`
 */
export const evaluateEncryption = (
  { isEncrypted, kmsKey }: FileSystem,
  key: string | null = null,
): Verdict => {
  if (!isEncrypted)
    return fail('the file system is not encrypted', [
      { path: 'fileSystem.isEncrypted', actual: false, expected: true },
    ]);
  return key === null || kmsKey === key
    ? pass
    : fail('the file system is encrypted with another key', [
        { path: 'fileSystem.kmsKey', actual: kmsKey ?? null, expected: key },
      ]);
};

export const encryptionAdvice =
  'A file system is encrypted only when it is made: make an encrypted one, copy the data with AWS DataSync, mount it in place of the old one, and delete that.';
