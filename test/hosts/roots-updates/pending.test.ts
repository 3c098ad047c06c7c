import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { scriptOf } from '../../../lib/hosts/compile.ts';
import { auditHost } from '../../../lib/hosts/documents/audit-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { describeOn, givenRoot } from '../harness.ts';

const pending = hostControls.filter(({ id }) => id === 'PL.UPD.2');
const given = { SSM_Areas: 'all', SSM_Controls: 'all', SSM_Parameters: 'none' };

describeOn([debian12, ubuntu2404], 'a security update that waits', (base) => {
  const root = givenRoot(base);
  const judged = async () => {
    // The lists of a root that was made long ago are younger than the audit asks.
    await root().run('touch /var/lib/apt/lists/partial');
    const script = scriptOf(auditHost(pending, 'audit'), 'test');
    const { stdout, stderr } = await root().run(script, { environment: given });
    expect(stderr).toBe('');
    return JSON.parse(stdout).results[0];
  };
  const waiting = async () => {
    const ask = 'apt-get -qq -s dist-upgrade | grep -c "^Inst .*[-:/ ][Ss]ecurity"';
    return (await root().run(ask)).stdout.trim();
  };
  const status = () => join(root().path, 'var/lib/dpkg/status');
  /** A package that is installed as the security archive has it, and that no other needs in one version. */
  const secured = async () => {
    const list =
      "apt list --installed | sed -n '/security/s|/.*||p' | grep -xE 'tzdata|ca-certificates'";
    const { stdout } = await root().run(list);
    return stdout.split('\n')[0] ?? '';
  };
  const change = async (from: RegExp, to: string) => {
    const before = await readFile(status(), 'utf8');
    expect(before).toMatch(from);
    await writeFile(status(), before.replace(from, to));
  };

  it('is none in a root that is up to date, and apt need not be asked', async () => {
    expect(await judged()).toMatchObject({ s: 'PASS', e: '0' });
    expect(existsSync(join(root().path, 'var/cache/apt/pkgcache.bin'))).toBe(false);
    expect(await waiting()).toBe('0');
  });

  it('is found where the installed version is older', async () => {
    const name = await secured();
    await change(new RegExp(`(Package: ${name}\n(?:.+\n)*?Version: )(.+)`), '$10.0.1');
    expect(await judged()).toMatchObject({ s: 'FAIL', e: '1' });
    expect(await waiting()).toBe('1');
  });

  it('is not known where apt cannot say', async () => {
    await root().run('chmod a-x /usr/bin/apt-get');
    expect(await judged()).toMatchObject({ s: 'UNKNOWN' });
    await root().run('chmod a+x /usr/bin/apt-get');
  });

  it('is none where the package is held back, as apt has it', async () => {
    await change(/(Status: )install( ok installed\n(?:.+\n)*?Version: 0.0.1\n)/, '$1hold$2');
    expect(await judged()).toMatchObject({ s: 'PASS', e: '0' });
    expect(await waiting()).toBe('0');
  });
});
