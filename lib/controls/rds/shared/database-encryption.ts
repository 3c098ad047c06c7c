import { fail, pass, type Verdict } from '../../../model/control.ts';

interface Storage {
  /** A DB snapshot calls it `Encrypted`. */
  readonly Encrypted?: boolean | undefined;
  readonly StorageEncrypted?: boolean | undefined;
  readonly StorageEncryptionType?: string | undefined;
}

/**
 * Whether storage is encrypted at rest with any key. With a key that AWS owns, the default of Aurora since
 * February 2026, RDS answers `StorageEncrypted: false` beside `StorageEncryptionType: sse-rds`.
 */
export const evaluateEncryption = (what: string, facet: string, storage: Storage): Verdict => {
  const field = 'Encrypted' in storage ? 'Encrypted' : 'StorageEncrypted';
  const actual = storage[field];
  const { StorageEncryptionType: type = 'none' } = storage;
  if (actual === true || type !== 'none') return pass;
  return fail(`${what} is not encrypted at rest`, [
    { path: `${facet}.${field}`, actual: actual ?? null, expected: true },
  ]);
};
