import { expect, test } from '@jest/globals';
import { sampled } from '../extent.ts';
import { hardened, listing, takenBack } from './files/files-harden.ts';
import { inRoot, verdict, withRoot } from './files/files-root.ts';

/** What is wrong, and what bash says of the root once it is right. */
export type Fixes = Readonly<
  Record<string, readonly [id: string, given: string, after: string, says: string]>
>;

/** A test for each: it fails, is put right, passes, and goes back to the last byte. */
export const fixCases = (base: () => string, fixes: Fixes): void => {
  const every = { quick: 6, usual: 2 };
  test.each(sampled(Object.entries(fixes), every))(
    '%s: put right, once, and taken back',
    async (_, [id, given, after, says]) => {
      await withRoot(base(), given, async (root) => {
        const before = await listing(root);
        const failing = verdict(root, id);
        const { command, outcome, results } = hardened(root, id);
        try {
          expect([failing.s, outcome, results.get(id)?.['o']]).toEqual([
            'FAIL',
            'applied',
            'changed',
          ]);
          expect((await inRoot(root, after)).trim()).toBe(says);
          expect(verdict(root, id)).toMatchObject({ s: 'PASS', p: true });
        } finally {
          expect(takenBack(root, command)).toMatchObject({ outcome: 'reverted', left: [] });
        }
        expect(await listing(root)).toBe(before);
      });
    },
  );
};
