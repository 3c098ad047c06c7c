import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localHost } from '../../lib/cli/local-host.ts';
import { jsonNarrator } from '../../lib/local/tour/narrator-json.ts';
import { inProcess } from './run.ts';

describe('npm start -- --host', () => {
  it('says in one line what is missing and what it takes, and goes on without a host', async () => {
    const lines: string[] = [];
    const narrator = jsonNarrator((line) => lines.push(line));
    const host = await localHost(undefined, narrator, 'disposable hosts need root');
    expect(host).toBeUndefined();
    expect(lines).toEqual([
      expect.stringMatching(
        /^\{"event":"skipped","sentence":"--host: disposable hosts need root; a host takes Linux, root, mmdebstrap and systemd-nspawn \(packages mmdebstrap and systemd-container\), [^\n]*"\}$/,
      ),
    ]);
  });

  it('refuses a baseline of one’s own that audits no hosts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-baseline-'));
    const file = join(folder, 'mine.yaml');
    await writeFile(file, 'publish: all\n');
    const narrator = jsonNarrator(() => undefined);
    // Where this machine can have hosts.
    const asked = localHost(file, narrator, null);
    await expect(asked).rejects.toThrow(
      `--host needs a baseline that audits hosts: add hosts: true to ${file}`,
    );
    await rm(folder, { recursive: true });
  });

  it('is in the help', async () => {
    const { stdout, code } = await inProcess(['local', '--help']);
    expect(stdout).toMatch(/^ {2}--host +add a disposable host/m);
    expect(code).toBe(0);
  });
});
