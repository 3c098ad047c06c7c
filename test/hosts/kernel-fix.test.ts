import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { kernel } from '../../lib/hosts/kernel/index.ts';
import { put, withFolder } from './audited.ts';
import { fixed } from './fixed.ts';

const automatic = kernel.filter(({ remediation }) => remediation.fix === 'automatic');
/** Every key of a control, wrong in the kernel and in a file. */
const wrongKeys = (): Record<string, string> => {
  const files: Record<string, string> = {};
  const lines: string[] = [];
  for (const { check } of kernel) {
    if (check.kind !== 'sysctl') continue;
    for (const { name, expect: wanted } of check.settings) {
      const wrong = 'is' in wanted && wanted.is === 0 ? '1' : '0';
      const value = name === 'kernel.sysrq' ? '438' : wrong;
      for (const interfaceName of ['default', 'eth0']) {
        const key = name.replace('*', interfaceName);
        files[`proc/sys/${key.replaceAll('.', '/')}`] = `${value}\n`;
        lines.push(`${key} = ${value}`);
      }
    }
  }
  files['proc/sys/fs/suid_dumpable'] = '1\n';
  files['proc/sys/net/ipv4/conf/all/rp_filter'] = '0\n';
  files['etc/sysctl.d/50-wrong.conf'] = `${lines.join('\n')}\n`;
  return files;
};

describe.each(automatic)('$id', (control) => {
  test('passes after its fix, which changes nothing the second time', () =>
    withFolder((root) => {
      // An interface that is named in another file stays what that says: it is reported.
      const files = wrongKeys();
      files['etc/sysctl.d/50-wrong.conf'] = String(files['etc/sysctl.d/50-wrong.conf']).replaceAll(
        /^.*\.eth0\..*\n/gm,
        '',
      );
      put(root, files);
      const first = fixed(root, control);
      expect(first).toMatchObject({ s: 'PASS', p: true });
      const ours = () => {
        for (const path of ['sysctl.d/zz-plumbline.conf', 'modprobe.d/plumbline.conf'])
          try {
            return readFileSync(join(root, 'etc', path), 'utf8');
          } catch {}
        throw new Error('nothing was written');
      };
      const before = ours();
      expect(fixed(root, control)).toEqual(first);
      expect(ours()).toBe(before);
    }));
});

const control = (id: string) => {
  const found = kernel.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};

test('ufw is kept from setting a value back', () =>
  withFolder((root) => {
    put(root, {
      'proc/sys/net/ipv4/conf/all/log_martians': '0\n',
      'proc/sys/net/ipv4/conf/default/log_martians': '0\n',
      'usr/sbin/ufw': '',
      'etc/default/ufw': 'IPT_SYSCTL=/etc/ufw/sysctl.conf\n',
      'etc/ufw/sysctl.conf': '# kept\nnet/ipv4/conf/all/log_martians=0\nnet/ipv4/tcp_sack=1\n',
    });
    expect(fixed(root, control('PL.NET.6')).s).toBe('PASS');
    expect(readFileSync(join(root, 'etc/ufw/sysctl.conf'), 'utf8')).toBe(
      '# kept\nnet/ipv4/tcp_sack=1\nnet/ipv4/conf/all/log_martians = 1\n',
    );
  }));

test.each([
  [
    'masked:systemd-sysctl.service',
    'PL.NET.8',
    'proc/sys/net/ipv4/tcp_syncookies',
    { 'etc/systemd/system/systemd-sysctl.service': { link: '/dev/null' } },
  ],
  [
    'set_by:/etc/systemd/networkd.conf',
    'PL.NET.9',
    'proc/sys/net/ipv4/ip_forward',
    { 'etc/systemd/networkd.conf': '[Network]\nIPv4Forwarding=yes\n' },
  ],
])('%s: what would set a key back is not ours to change', (why, id, key, files) =>
  withFolder((root) => {
    put(root, { [key]: id === 'PL.NET.9' ? '1\n' : '0\n', ...files });
    expect(fixed(root, control(id)).why).toBe(`refused: ${why}`);
  }),
);

test('a strict interface does not become a loose one', () =>
  withFolder((root) => {
    const key = 'proc/sys/net/ipv4/conf';
    put(root, {
      [`${key}/all/rp_filter`]: '0\n',
      [`${key}/default/rp_filter`]: '0\n',
      [`${key}/eth0/rp_filter`]: '1\n',
    });
    expect(fixed(root, control('PL.NET.5')).s).toBe('PASS');
    expect(readFileSync(join(root, key, 'eth0/rp_filter'), 'utf8')).toBe('1\n');
    expect(readFileSync(join(root, 'etc/sysctl.d/zz-plumbline.conf'), 'utf8')).not.toContain('*');
  }));

test('a module that is loaded is left alone, by name', () =>
  withFolder((root) => {
    put(root, { 'proc/modules': 'sctp 16384 0 - Live 0x0\n' });
    expect(fixed(root, control('PL.NET.11'))).toMatchObject({
      s: 'UNKNOWN',
      why: 'refused: in_use:sctp',
    });
  }));

test('where an interface forwards for others, forwarding stays', () =>
  withFolder((root) => {
    put(root, {
      'proc/sys/net/ipv4/ip_forward': '1\n',
      'sys/class/net/a/device': '',
      'sys/class/net/b/device': '',
    });
    expect(fixed(root, control('PL.NET.9')).why).toMatch(/^refused: not where interfaces is: 2/);
  }));
