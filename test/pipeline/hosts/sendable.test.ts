import { createHash } from 'node:crypto';
import type { SSM } from '@aws-sdk/client-ssm';
import { versionOf } from '../../../lib/pipeline/hosts/sendable.ts';
import { canonicalJson } from '../../../lib/support/canonical-json.ts';

const ours = { schemaVersion: '2.2', description: 'ours' };
const theirs = { schemaVersion: '2.2', description: 'theirs' };
const hashOf = (content: object) =>
  createHash('sha256').update(canonicalJson(content)).digest('hex');
const deployed = { name: 'Plumbline-AuditHost', content: hashOf(ours) };

interface Kept {
  readonly content: object;
  /** When it was created, in seconds. */
  readonly at: number;
}
/** SSM whose document is another one at each call. */
const changing = (...kept: readonly Kept[]): SSM => {
  let calls = 0;
  const next = () => {
    const one = kept[calls] ?? kept.at(-1);
    calls += 1;
    if (!one) throw new Error('there is no document');
    return one;
  };
  return {
    getDocument: async () => ({ Content: JSON.stringify(next().content), DocumentVersion: '1' }),
    describeDocument: async () => {
      const { content, at } = next();
      return { Document: { Hash: hashOf(content), CreatedDate: new Date(at * 1000) } };
    },
  } as unknown as SSM;
};

describe('the version of a document that a host is asked with', () => {
  it('is that of what we deployed, with its hash', async () => {
    expect(await versionOf(deployed, changing({ content: ours, at: 1 }))).toEqual({
      DocumentVersion: '1',
      DocumentHash: hashOf(ours),
      DocumentHashType: 'Sha256',
    });
  });
  it.each([
    ['says something else', [{ content: theirs, at: 1 }]],
    [
      'was put in its place after it was read',
      [
        { content: ours, at: 1 },
        { content: ours, at: 1 },
        { content: theirs, at: 2 },
      ],
    ],
    [
      'made room for it only while it was read',
      [
        { content: theirs, at: 1 },
        { content: ours, at: 2 },
        { content: theirs, at: 3 },
      ],
    ],
    [
      'was created again with the same content meanwhile',
      [
        { content: ours, at: 1 },
        { content: ours, at: 2 },
        { content: ours, at: 3 },
      ],
    ],
  ])('is none where another one %s', async (_, kept) => {
    await expect(versionOf(deployed, changing(...kept))).rejects.toThrow(
      'Plumbline-AuditHost is not as it was deployed: no host is asked with it',
    );
  });
});
