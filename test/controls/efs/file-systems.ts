/** An encrypted file system. */
export const encrypted = {
  state: 'available',
  isEncrypted: true,
  kmsKey: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
} as const;
export const plain = { ...encrypted, isEncrypted: false, kmsKey: undefined } as const;
