import { createHash } from 'node:crypto';
import type { KMS } from '@aws-sdk/client-kms';
import { codeOf } from '../errors.ts';

/** Proves who wrote a text: only one role may make or check a seal. */
export interface Seal {
  /** The seal of a text, as base64. */
  of(text: string): Promise<string>;
  holds(text: string, seal: string): Promise<boolean>;
}

// GenerateMac takes 4,096 bytes: a text of any length is sealed by its hash.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html
const request = (key: string, text: string) => ({
  KeyId: key,
  MacAlgorithm: 'HMAC_SHA_256' as const,
  Message: createHash('sha256').update(text).digest(),
});

/** Seals under a KMS key. */
export const createSeal = (kms: () => Promise<KMS>, key: string): Seal => ({
  async of(text) {
    const { Mac } = await (await kms()).generateMac(request(key, text));
    if (!Mac) throw new Error('KMS made no seal');
    return Buffer.from(Mac).toString('base64');
  },
  async holds(text, seal) {
    const Mac = Buffer.from(seal, 'base64');
    try {
      const { MacValid } = await (await kms()).verifyMac({ ...request(key, text), Mac });
      return MacValid === true;
    } catch (error) {
      if (codeOf(error) === 'KMSInvalidMacException') return false;
      throw error;
    }
  },
});
