import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { scriptOf } from '../../../lib/hosts/compile.ts';
import { auditHost } from '../../../lib/hosts/documents/audit-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { sampled } from '../../extent.ts';
import { describeOn, givenRoot } from '../harness.ts';

const pending = hostControls.filter(({ id }) => id === 'PL.UPD.2');
const given = { SSM_Areas: 'all', SSM_Controls: 'all', SSM_Parameters: 'none' };
const cache = 'var/cache/apt/pkgcache.bin';

// An archive of one's own, which has the version that is installed and goes before all others.
const preferOwn = `
  mkdir /srv/own; cd /srv/own
  printf 'Package: %s\\nVersion: 0.0.1\\nArchitecture: all\\nMaintainer: Own\\nFilename: ./own.deb\\nSize: 1\\nSHA256: %064d\\nDescription: own\\n' "$NAME" 0 >Packages
  printf 'Date: %s\\nLabel: Own\\nSuite: own\\nCodename: own\\nSHA256:\\n %s %s Packages\\n' "$(date -u '+%a, %d %b %Y %H:%M:%S UTC')" "$(sha256sum <Packages | cut -d ' ' -f 1)" "$(stat -c %s Packages)" >Release
  echo 'deb [trusted=yes] file:/srv/own ./' >/etc/apt/sources.list.d/own.list
  apt-get -qq update -o Dir::Etc::SourceList=sources.list.d/own.list -o Dir::Etc::SourceParts=/dev/null -o APT::Get::List-Cleanup=0
  printf 'Package: *\\nPin: release n=own\\nPin-Priority: 1001\\n' >/etc/apt/preferences.d/own`;

const distributions = sampled([debian12, ubuntu2404], { usual: 2 });
describeOn(distributions, 'a security update that waits', (base) => {
  let name = '';
  const root = givenRoot(base);
  const evaluated = async () => {
    // The lists of a root that was made long ago are younger than the audit asks.
    await root().run(`touch /var/lib/apt/lists/partial; rm -f /${cache}`);
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
    expect(await evaluated()).toMatchObject({ s: 'PASS', e: '0' });
    expect(existsSync(join(root().path, cache))).toBe(false);
    expect(await waiting()).toBe('0');
  });

  it('is found where the installed version is older', async () => {
    name = await secured();
    await change(new RegExp(`(Package: ${name}\n(?:.+\n)*?Version: )(.+)`), '$10.0.1');
    expect(await evaluated()).toMatchObject({ s: 'FAIL', e: '1' });
    // All the archives would take twice the memory that an audit may have.
    expect(existsSync(join(root().path, cache))).toBe(false);
    expect(await waiting()).toBe('1');
  });

  it('is none where an archive is preferred that has none, as apt has it', async () => {
    const { exitCode, stderr } = await root().run(preferOwn, { environment: { NAME: name } });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await evaluated()).toMatchObject({ s: 'PASS', e: '0' });
    expect(await waiting()).toBe('0');
    await root().run('rm /etc/apt/preferences.d/own');
    expect(await evaluated()).toMatchObject({ s: 'FAIL', e: '1' });
  });

  it('is not known where apt cannot say', async () => {
    await root().run('chmod a-x /usr/bin/apt-get');
    expect(await evaluated()).toMatchObject({ s: 'UNKNOWN' });
    await root().run('chmod a+x /usr/bin/apt-get');
  });

  it('is none where the package is held back, as apt has it', async () => {
    await change(/(Status: )install( ok installed\n(?:.+\n)*?Version: 0.0.1\n)/, '$1hold$2');
    expect(await evaluated()).toMatchObject({ s: 'PASS', e: '0' });
    expect(await waiting()).toBe('0');
  });
});
