import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { overlayRoot } from '../../../lib/local/hosts/overlay-root.ts';
import { describeOn, givenRoot } from '../harness.ts';

describeOn([debian12], 'a root that is thrown away', (base) => {
  const root = givenRoot(base);

  it('is written without the base or another root seeing it', async () => {
    const other = await overlayRoot(base());
    await writeFile(join(root().path, 'etc/motd'), 'mine\n');
    await root().run('rm /etc/shells');
    expect(await root().run('cat /etc/motd; ls /etc/shells')).toMatchObject({
      exitCode: 2,
      stdout: 'mine\n',
    });
    expect(existsSync(join(base(), 'etc/shells'))).toBe(true);
    expect(await readFile(join(other.path, 'etc/motd'), 'utf8')).not.toBe('mine\n');
    await other.dispose();
    expect(existsSync(other.path)).toBe(false);
  });

  it('has kernel values of its own that last, and leaves the machine’s alone', async () => {
    const machine = '/proc/sys/kernel/kptr_restrict';
    const before = readFileSync(machine, 'utf8');
    const other = String((Number(before) + 1) % 3);
    await root().run(
      `sysctl -w kernel.kptr_restrict=${other} net.ipv4.conf.all.rp_filter=1 net.core.bpf_jit_harden=2`,
    );
    const { stdout } = await root().run(
      'sysctl -n kernel.kptr_restrict net.ipv4.conf.all.rp_filter net.core.bpf_jit_harden',
    );
    expect(stdout).toBe(`${other}\n1\n2\n`);
    expect(readFileSync(machine, 'utf8')).toBe(before);
  });

  it('sees its own processes and network only', async () => {
    const { stdout } = await root().run(
      'sleep 60 & ps -e --no-headers | wc -l; ip -br link | wc -l',
    );
    expect(Number(stdout.split('\n')[0])).toBeLessThan(10);
    expect(stdout.split('\n')[1]).toBe('1');
  });

  it('cannot set the clock or load a module', async () => {
    const { stderr } = await root().run('date -s 2020-01-01; modprobe dummy');
    expect(stderr).toContain('cannot set date');
    expect(new Date().getFullYear()).toBeGreaterThan(2020);
  });
});
