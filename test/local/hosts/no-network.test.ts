import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { execute } from '../../../lib/local/hosts/execute.ts';
import { whyNoHosts } from '../../../lib/local/hosts/trouble.ts';
import { ours } from '../../runner/loader.ts';

const program = fileURLToPath(new URL('./make-root.ts', import.meta.url));
const trouble = whyNoHosts();
const title = 'a machine without a network and without a root';

(trouble === undefined ? describe : describe.skip)(
  trouble === undefined ? title : `${title} (skipped: ${trouble})`,
  () => {
    it('is told in one sentence what it takes, and nothing is left', async () => {
      const cache = await mkdtemp(join(tmpdir(), 'plumbline-no-network-'));
      const { exitCode, stdout } = await execute(
        'unshare',
        ['--net', process.execPath, '--import', ours, program],
        { environment: { ...process.env, XDG_CACHE_HOME: cache } },
      );
      expect(stdout).toMatch(
        /^[^:]+ could not be fetched; disposable hosts are made of packages, which takes a network: Failed [^\n]+\n$/,
      );
      expect(exitCode).toBe(1);
      const left = await readdir(join(cache, 'plumbline'), { recursive: true });
      expect(left.filter((name) => name !== 'roots')).toEqual([]);
      await rm(cache, { recursive: true });
    });
  },
);
