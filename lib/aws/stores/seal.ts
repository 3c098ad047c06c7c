import { createHash } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
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

/** Seals under a KMS key; the client is loaded when it is first needed. */
export const createSeal = (kms: () => Promise<KMSClient>, key: string): Seal => ({
  async of(text) {
    const [{ GenerateMacCommand }, client] = await Promise.all([
      import('@aws-sdk/client-kms'),
      kms(),
    ]);
    const { Mac } = await client.send(new GenerateMacCommand(request(key, text)));
    if (!Mac) throw new Error('KMS made no seal');
    return Buffer.from(Mac).toString('base64');
  },
  async holds(text, seal) {
    const [{ VerifyMacCommand }, client] = await Promise.all([
      import('@aws-sdk/client-kms'),
      kms(),
    ]);
    const Mac = Buffer.from(seal, 'base64');
    try {
      const answer = await client.send(new VerifyMacCommand({ ...request(key, text), Mac }));
      return answer.MacValid === true;
    } catch (error) {
      if (codeOf(error) === 'KMSInvalidMacException') return false;
      throw error;
    }
  },
});
