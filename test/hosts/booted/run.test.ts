import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BootedHost, bootHost } from '../../../lib/local/hosts/booted-host.ts';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { describeOn } from '../harness.ts';

describeOn([debian12], 'a script, run as the SSM agent runs it', (base) => {
  let host: BootedHost;
  beforeAll(async () => {
    host = await bootHost({
      base: base(),
      prepare: (root) => writeFile(join(root, 'etc/sysctl.d/test.conf'), 'kernel.panic = 4\n'),
    });
  });
  afterAll(() => host?.stop());
  const lines = async (script: string, options = {}) =>
    (await host.run(script, options)).stdout.trim().split('\n');

  it('is a file that only root may read, and is bash only where its first line says so', async () => {
    expect(await lines('stat -c "%a %U" "$0"; [ -n "$BASH_VERSION" ] || echo dash')).toEqual([
      '700 root',
      'dash',
    ]);
    expect(await lines('#!/bin/bash\n[[ -n $BASH_VERSION ]] && echo bash')).toEqual(['bash']);
  });

  it('knows the command, the instance and what it was given, and has no home', async () => {
    const environment = { SSM_Areas: "ssh'; $(reboot) {{x}}" };
    const options = { environment, commandId: 'the-command' };
    expect(
      await lines('echo "$SSM_COMMAND_ID"; echo "$AWS_SSM_INSTANCE_ID"; pwd', options),
    ).toEqual(['the-command', host.instanceId, '/usr/bin']);
    expect(await lines('echo "$SSM_Areas"; printenv HOME || echo none', options)).toEqual([
      environment.SSM_Areas,
      'none',
    ]);
  });

  it('has an exit code and an output that is cut', async () => {
    const result = await host.run(
      'head -c 30000 /dev/zero | tr "\\0" a; head -c 9000 /dev/zero | tr "\\0" b >&2; exit 3',
    );
    expect([result.exitCode, result.stdout.length, result.stderr.length]).toEqual([
      3, 24_000, 8000,
    ]);
    expect(result.stdout.endsWith('a--output truncated--')).toBe(true);
    expect((await host.run('head -c 23999 /dev/zero | tr "\\0" a')).stdout).toBe(
      'a'.repeat(23_999),
    );
  });

  it('is killed with what it started when its time is over, or when the test kills it', async () => {
    expect(await host.run('sleep 1234 & wait', { timeoutSeconds: 1 })).toMatchObject({
      exitCode: 137,
      timedOut: true,
    });
    expect(await lines('pgrep -xc sleep')).toEqual(['0']);
    const killer = new AbortController();
    const running = host.run('echo begun; sleep 1234', { signal: killer.signal });
    setTimeout(() => killer.abort(), 300);
    expect(await running).toMatchObject({ exitCode: 137, stdout: 'begun\n', timedOut: false });
  });

  it('is waited for as long as something it left running holds its output', async () => {
    const start = performance.now();
    await host.run('sleep 1 & exit 0');
    expect(performance.now() - start).toBeGreaterThan(900);
    expect(await host.run('sleep 5 >/dev/null 2>&1 & exit 0')).toMatchObject({ exitCode: 0 });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('that ends with 194 is run again once the host was started anew', async () => {
    const script =
      '[ -e /var/been ] && { cat /proc/sys/kernel/random/boot_id; exit 7; }; touch /var/been; exit 194';
    const [before] = await lines('cat /proc/sys/kernel/random/boot_id');
    const { exitCode, stdout } = await host.run(script);
    expect(exitCode).toBe(7);
    expect(stdout.trim()).not.toBe(before);
  });

  describe('kernel values', () => {
    it('are the host’s own, set by its files at each boot', async () => {
      const keys = 'kernel.panic kernel.kptr_restrict net.ipv4.conf.all.log_martians';
      await host.run('sysctl -w kernel.kptr_restrict=2 net.ipv4.conf.all.log_martians=1');
      expect(await lines(`sysctl -n ${keys}`)).toEqual(['4', '2', '1']);
      await host.reboot();
      const after = await lines(`sysctl -n ${keys}`);
      expect([after[0], after[2]]).toEqual(['4', '0']);
    });
  });

  it('boots again where it is told to from inside', async () => {
    const before = host.leader();
    await host.run('systemctl reboot');
    for (let waits = 0; waits < 200 && !hasNewLeader(before); waits++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    await host.booted();
    expect(await lines('systemctl is-active ssh')).toEqual(['active']);
  });
  const hasNewLeader = (before: number) => {
    try {
      return host.leader() !== before;
    } catch {
      return false;
    }
  };
});
