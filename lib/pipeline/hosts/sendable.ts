import { createHash } from 'node:crypto';
import type { SSM } from '@aws-sdk/client-ssm';
import { canonicalJson } from '../../support/canonical-json.ts';
import { decode } from '../../support/wire.ts';

/** A document as it was deployed. */
export interface Deployed {
  readonly name: string;
  /** SHA-256 of its content as canonical JSON: SSM may keep the keys in another order. */
  readonly content: string;
}
/** Which version is meant, and what it must be: SSM sends no other. */
export interface Version {
  readonly DocumentVersion: string;
  readonly DocumentHash: string;
  readonly DocumentHashType: 'Sha256';
}

const notAsDeployed = (name: string): Error =>
  new Error(`${name} is not as it was deployed: no host is asked with it`);

/**
 * The newest version of a document with the hash that SSM gives it; only where it says what we deployed. It is described
 * before and after it is read: whoever may delete and create documents could else have another one's hash stand for it.
 */
export const versionOf = async ({ name, content }: Deployed, client: SSM): Promise<Version> => {
  const describe = async (DocumentVersion: string) =>
    (await client.describeDocument({ Name: name, DocumentVersion })).Document;
  const before = await describe('$LATEST');
  const kept = await client.getDocument({ Name: name, DocumentVersion: '$LATEST' });
  const found = createHash('sha256')
    .update(canonicalJson(decode(kept.Content ?? '')))
    .digest('hex');
  if (found !== content) throw notAsDeployed(name);
  const DocumentVersion = kept.DocumentVersion ?? '';
  const after = await describe(DocumentVersion);
  const isSame =
    before?.Hash === after?.Hash &&
    before?.CreatedDate?.getTime() === after?.CreatedDate?.getTime();
  if (!after?.Hash || !isSame) throw notAsDeployed(name);
  return { DocumentVersion, DocumentHash: after.Hash, DocumentHashType: 'Sha256' };
};
