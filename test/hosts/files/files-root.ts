import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { auditHost } from '../../../lib/hosts/documents/audit-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { baseRoot } from '../../../lib/local/hosts/base-root.ts';
import { type Distribution, debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { execute, output } from '../../../lib/local/hosts/execute.ts';
import { sampled, sampledByOutcome } from '../../extent.ts';
import { onlyResult, type Result } from '../audited.ts';

/** Describes something on a base root of each distribution, where there may be overlays. */
export const describeOnRoots = (
  title: string,
  body: (base: () => string, distribution: Distribution) => void,
): void => {
  for (const distribution of sampled([debian12, ubuntu2404], { usual: 2 })) {
    const name = `${title}, on ${distribution.title}`;
    if (process.getuid?.() !== 0)
      describe.skip(`${name} (skipped: needs root)`, () => body(() => '', distribution));
    else
      describe(name, () => {
        let base = '';
        beforeAll(async () => {
          base = await baseRoot(distribution);
        }, 600_000);
        body(() => base, distribution);
      });
  }
};

/** A root over a base for one use; bash in it makes it what it is to be. */
export const withRoot = async <T>(
  base: string,
  prepare: string,
  use: (root: string) => T | Promise<T>,
): Promise<T> => {
  // The transaction syncs what it writes, which on a disk that others use takes seconds.
  const folder = mkdtempSync('/dev/shm/plumbline-files-');
  const [root = '', upper, work] = ['root', 'upper', 'work'].map((name) => join(folder, name));
  for (const each of ['root', 'upper', 'work']) mkdirSync(join(folder, each));
  const layers = `lowerdir=${base},upperdir=${upper},workdir=${work}`;
  await output('mount', ['-t', 'overlay', 'overlay', '-o', layers, root]);
  try {
    await inRoot(root, prepare);
    return await use(root);
  } finally {
    // A fix that nobody confirms waits to be rolled back; what runs in the root may end a moment later on a busy machine.
    if (existsSync(join(root, 'var/lib/plumbline'))) await execute('pkill', ['-f', folder]);
    await output('umount', ['--lazy', root]);
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What bash says in a root. */
export const inRoot = (root: string, script: string): Promise<string> =>
  output('chroot', [root, 'bash', '-euc', script]);

export const control = (id: string) => {
  const found = hostControls.find((each) => each.id === id);
  if (!found) throw new Error(`there is no ${id}`);
  return found;
};

/** One verdict on a root; stand-ins are functions of bash for what only a running host could say. */
export const verdict = (
  root: string,
  id: string,
  parameters = 'none',
  standIns: readonly string[] = [],
): Result => {
  const wanted = control(id);
  const source = auditHost([wanted]);
  const body = [...standIns, ...source.body];
  const given = { Areas: wanted.area, Parameters: parameters };
  return onlyResult({ ...source, body }, [`ROOT=${root}`], given);
};

/** Bash that makes the root, and the verdict on it. */
export interface Case {
  readonly given: string;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly parameters?: string;
  readonly standIns?: readonly string[];
}
export type Cases = Readonly<Record<string, Readonly<Record<string, Case>>>>;

/** A test for each verdict on each control, and every second case; every night for each, at least three a control. */
export const evaluatedCases = (base: () => string, cases: Cases): void => {
  describe.each(Object.entries(cases))('%s', (id, ofControl) => {
    const verdictIn = ([, { expected }]: readonly [string, Case]) => expected['s'];
    const every = { quick: 3, usual: 2 };
    const tried = sampledByOutcome(Object.entries(ofControl), every, verdictIn);
    test.each(tried)('%s', async (_, given) => {
      const { expected, parameters, standIns } = given;
      await withRoot(base(), given.given, (root) => {
        expect(verdict(root, id, parameters, standIns)).toMatchObject(expected);
      });
    });
    test('has three cases', () => {
      expect(Object.keys(ofControl).length).toBeGreaterThanOrEqual(3);
    });
  });
};
