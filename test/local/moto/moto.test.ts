import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3 } from '@aws-sdk/client-s3';
import { startMoto } from '../../../lib/local/moto/moto.ts';
import { nightTest, sampled } from '../../extent.ts';

const region = 'us-east-1';
const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const goneWithin = async (pid: number, milliseconds: number) => {
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(20))
    if (!alive(pid)) return true;
  return false;
};

describe('moto', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-moto-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const interpreter = async (name: string, lines: readonly string[]) => {
    const file = join(folder, name);
    await writeFile(file, ['#!/bin/sh', ...lines, ''].join('\n'));
    await chmod(file, 0o755);
    return file;
  };
  const pythonWithOldMoto = async () => {
    await mkdir(join(folder, 'old', 'moto'), { recursive: true });
    await writeFile(join(folder, 'old', 'moto', '__init__.py'), "__version__ = '4.2.14'\n");
    await writeFile(join(folder, 'old', 'moto', 'server.py'), '');
    return interpreter('old-moto', [`PYTHONPATH=${folder}/old exec python3 "$@"`]);
  };

  const loaded = process.env['PLUMBLINE_MOTO'];
  const load = (socket: string | undefined) => {
    if (socket === undefined) delete process.env['PLUMBLINE_MOTO'];
    else process.env['PLUMBLINE_MOTO'] = socket;
  };
  afterEach(() => load(loaded));

  describe.each([
    ['of a Python of its own', undefined],
    ['that is a fork of a loaded one', loaded],
  ])('%s', (_, socket) => {
    beforeEach(() => load(socket));

    test('it serves on loopback and leaves no process when it stops', async () => {
      const moto = await startMoto();
      const answer = await fetch(`${moto.url}/moto-api/data.json`);
      expect(answer.status).toBe(200);
      expect(alive(moto.pid)).toBe(true);
      await moto.stop();
      expect(await goneWithin(moto.pid, 5000)).toBe(true);
    }, 60_000);

    test.each(sampled(['SIGKILL', 'SIGINT'] as const, { usual: 2 }))(
      'it dies with a parent that gets %s',
      async (signal) => {
        const parent = spawn(
          process.execPath,
          [
            '--import=tsx',
            '--input-type=module',
            '--eval',
            "const { startMoto } = await import('./lib/local/moto/moto.ts'); console.log((await startMoto()).pid); setInterval(() => {}, 1000);",
          ],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        const [line] = await once(parent.stdout, 'data');
        const pid = Number(String(line));
        expect(alive(pid)).toBe(true);
        parent.kill(signal);
        expect(await goneWithin(pid, 5000)).toBe(true);
      },
      20_000,
    );

    // Two Pythons share nothing, two forks of one what was there before them.
    (socket === undefined ? nightTest : test)(
      'it begins without what another one holds',
      async () => {
        const [full, empty] = [await startMoto(), await startMoto()];
        const names = async (url: string, ...made: readonly string[]) => {
          const s3 = new S3({ endpoint: url, region, credentials, forcePathStyle: true });
          for (const Bucket of made) await s3.createBucket({ Bucket });
          return ((await s3.listBuckets({})).Buckets ?? []).map(({ Name }) => Name);
        };
        expect(await names(full.url, 'one')).toEqual(['one']);
        expect(await names(empty.url)).toEqual([]);
        await Promise.all([full.stop(), empty.stop()]);
      },
      60_000,
    );
  });

  test('no Python at the place that was named', async () => {
    await expect(startMoto({ python: join(folder, 'none') })).rejects.toThrow(
      /needs Python 3\.10 or newer .* found .*none: absent/,
    );
  });

  test('no Python at all', async () => {
    const { PATH } = process.env;
    process.env['PATH'] = folder;
    try {
      await expect(startMoto({ venv: join(folder, 'venv') })).rejects.toThrow(
        /needs Python 3\.10 or newer .* found python3: absent, python: absent$/,
      );
    } finally {
      process.env['PATH'] = PATH;
    }
  });

  test('a Python that is too old', async () => {
    const python = await interpreter('old-python', [
      `exec python3 -c 'import sys; sys.version_info = (3, 8, 1); exec(open(sys.argv[1]).read())' "$@"`,
    ]);
    await expect(startMoto({ python })).rejects.toThrow(/old-python: Python 3\.8$/);
  });

  test('a moto that is too old', async () => {
    await expect(startMoto({ python: await pythonWithOldMoto() })).rejects.toThrow(
      /old-moto: moto 4\.2\.14$/,
    );
  });

  // It makes an environment of Python, and waits for pip.
  nightTest(
    'moto cannot be installed',
    async () => {
      const before = { ...process.env };
      await interpreter('python3', [
        `PATH=${before['PATH']} exec ${await pythonWithOldMoto()} "$@"`,
      ]);
      Object.assign(process.env, {
        PATH: `${folder}:/nowhere`,
        PIP_CONFIG_FILE: '/dev/null',
        PIP_INDEX_URL: 'http://127.0.0.1:9',
        PIP_EXTRA_INDEX_URL: '',
        PIP_FIND_LINKS: '',
        PIP_RETRIES: '0',
      });
      try {
        await expect(startMoto({ venv: join(folder, 'venv') })).rejects.toThrow(
          /^moto\[server\]==5\.2\.5, .* could not be installed into .*venv: .*No matching distribution/,
        );
      } finally {
        process.env = before;
      }
    },
    60_000,
  );
});
