import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HostControl } from '../../../lib/hosts/control.ts';
import { ssh } from '../../../lib/hosts/ssh/index.ts';
import { baseRoot } from '../../../lib/local/hosts/base-root.ts';
import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { sampled } from '../../extent.ts';
import type { Files } from '../audited.ts';
import { fixed } from '../fixed.ts';
import { type SshRoot, sshRoot } from './ssh-root.ts';

const wrong: Files = {
  'etc/ssh/sshd_config.d/50-cloud-init.conf': [
    ...['PermitRootLogin yes', 'PasswordAuthentication yes', 'KbdInteractiveAuthentication yes'],
    ...['PermitEmptyPasswords yes', 'PubkeyAuthentication no', 'HostbasedAuthentication yes'],
    ...['IgnoreRhosts no', 'UsePAM no', 'StrictModes no', 'MaxAuthTries 9', 'LoginGraceTime 0'],
    ...['ClientAliveInterval 0', 'ClientAliveCountMax 0', 'MaxSessions 99', 'X11Forwarding yes'],
    ...['GatewayPorts yes', 'PermitTunnel yes', 'PermitUserEnvironment yes', 'LogLevel DEBUG'],
    'Ciphers aes128-cbc,aes128-ctr',
  ].join('\n'),
};
const ours = 'etc/ssh/sshd_config.d/00-plumbline.conf';
const automatic = ssh.filter(({ remediation }) => remediation.fix === 'automatic');
const control = (id: string): HostControl => {
  const found = ssh.find((each) => each.id === id);
  if (!found) throw new Error(id);
  return found;
};

const isRoot = process.getuid?.() === 0;
(isRoot ? describe : describe.skip).each(sampled([debian12, ubuntu2404], { usual: 2 }))(
  'sshd of $name (needs root)',
  (distribution) => {
    let root: SshRoot;
    beforeAll(async () => {
      root = await sshRoot(await baseRoot(distribution));
    }, 600_000);
    afterAll(() => root?.remove());

    it.each(sampled(automatic, { quick: 4 }))(
      '$id passes after its fix, which changes nothing the second time',
      (each) => {
        root.reset(wrong);
        const parameters = each.id === 'PL.SSH.11' ? 'PL.SSH.11.weakest=no' : 'none';
        const first = fixed(root.path, each, parameters);
        expect(first).toMatchObject({ s: 'PASS', p: true });
        // One is about modes alone.
        if (each.id === 'PL.SSH.19') return;
        const before = readFileSync(join(root.path, ours), 'utf8');
        expect(statSync(join(root.path, ours)).mode & 0o777).toBe(0o600);
        expect(fixed(root.path, each, parameters)).toEqual(first);
        expect(readFileSync(join(root.path, ours), 'utf8')).toBe(before);
      },
    );

    test('what one control set stays when the next one is put right', () => {
      root.reset(wrong);
      fixed(root.path, control('PL.SSH.2'));
      fixed(root.path, control('PL.SSH.10'));
      expect(readFileSync(join(root.path, ours), 'utf8').split('\n').slice(1)).toEqual([
        'PasswordAuthentication no',
        'X11Forwarding no',
        '',
      ]);
    });

    test('a block that somebody wrote is left alone, by name', () => {
      root.reset({
        'etc/ssh/sshd_config.d/10-a.conf': 'Match User alice\nPasswordAuthentication yes\n',
      });
      const { s, why } = fixed(root.path, control('PL.SSH.2'));
      expect({ s, why }).toEqual({ s: 'UNKNOWN', why: 'refused: match_block' });
    });

    const before: Readonly<Record<string, Files>> = {
      'a configuration without drop-ins': { 'etc/ssh/sshd_config': 'X11Forwarding yes\n' },
      'a line before the drop-ins': {
        'etc/ssh/sshd_config': 'X11Forwarding yes\nInclude /etc/ssh/sshd_config.d/*.conf\n',
      },
      'a drop-in that sorts before ours': {
        'etc/ssh/sshd_config.d/00-early.conf': 'X11Forwarding yes\n',
      },
    };
    test.each(Object.entries(before))('%s: ours is still read first', (_, files) => {
      root.reset(files);
      expect(fixed(root.path, control('PL.SSH.10')).s).toBe('PASS');
      expect(readFileSync(join(root.path, 'etc/ssh/sshd_config'), 'utf8')).toMatch(
        /^Include \/etc\/ssh\/sshd_config\.d\/00-plumbline\.conf\n/,
      );
    });
  },
);
