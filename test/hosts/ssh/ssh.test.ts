import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ssh } from '../../../lib/hosts/ssh/index.ts';
import { baseRoot } from '../../../lib/local/hosts/base-root.ts';
import { debian12, ubuntu2204, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { sampled, sampledByOutcome } from '../../extent.ts';
import { audited, auditedControls, type Files, type Result } from '../audited.ts';
import { type SshRoot, sshRoot } from './ssh-root.ts';

const own = (...lines: readonly string[]): Files => ({
  'etc/ssh/sshd_config.d/00-own.conf': { text: `${lines.join('\n')}\n`, mode: 0o600 },
});
const early = (...lines: readonly string[]): Files => ({
  'etc/ssh/sshd_config.d/00-early.conf': { text: `${lines.join('\n')}\n`, mode: 0o600 },
});
const block = (...lines: readonly string[]): Files => ({
  'etc/ssh/sshd_config.d/90-block.conf': { text: `${lines.join('\n')}\n`, mode: 0o600 },
});

/** Per control: lines that are right, one that is wrong, and the value that sshd then says. */
const options: Readonly<
  Record<string, readonly [right: readonly string[], wrong: string, value: string]>
> = {
  'PL.SSH.1': [['PermitRootLogin no'], 'PermitRootLogin without-password', 'prohibit-password'],
  'PL.SSH.2': [['PasswordAuthentication no'], 'PasswordAuthentication yes', 'yes'],
  'PL.SSH.3': [['KbdInteractiveAuthentication no'], 'ChallengeResponseAuthentication yes', 'yes'],
  'PL.SSH.4': [['PermitEmptyPasswords no'], 'PermitEmptyPasswords yes', 'yes'],
  'PL.SSH.5': [['PubkeyAuthentication yes'], 'PubkeyAuthentication no', 'no'],
  'PL.SSH.6': [['MaxAuthTries 3'], 'MaxAuthTries 5', '5'],
  'PL.SSH.7': [['LoginGraceTime 1m'], 'LoginGraceTime 0', '0'],
  'PL.SSH.8': [['ClientAliveInterval 5m', 'ClientAliveCountMax 2'], 'ClientAliveCountMax 0', '0'],
  'PL.SSH.9': [['MaxStartups 10:30:60', 'MaxSessions 10'], 'MaxSessions 11', '11'],
  'PL.SSH.10': [['X11Forwarding no'], 'X11Forwarding yes', 'yes'],
  'PL.SSH.12': [
    ['AllowAgentForwarding no', 'PermitTunnel no', 'GatewayPorts no'],
    'GatewayPorts clientspecified',
    'clientspecified',
  ],
  'PL.SSH.13': [['HostbasedAuthentication no', 'IgnoreRhosts yes'], 'IgnoreRhosts no', 'no'],
  'PL.SSH.14': [['PermitUserEnvironment no'], 'PermitUserEnvironment yes', 'yes'],
  'PL.SSH.15': [['UsePAM yes', 'StrictModes yes'], 'StrictModes no', 'no'],
  'PL.SSH.16': [
    [
      'Ciphers aes256-gcm@openssh.com',
      'MACs hmac-sha2-512-etm@openssh.com',
      'KexAlgorithms curve25519-sha256',
      'HostKeyAlgorithms ssh-ed25519',
    ],
    'MACs hmac-sha2-256,hmac-sha1,umac-64@openssh.com',
    'hmac-sha1,umac-64@openssh.com',
  ],
  'PL.SSH.17': [['LogLevel VERBOSE'], 'LogLevel QUIET', 'SILENT'],
};

const canMount = process.getuid?.() === 0;
const distributions = sampled([debian12, ubuntu2204, ubuntu2404], { usual: 3 });

// Throw-away roots are overlays, and sshd reads its keys as root.
(canMount ? describe : describe.skip).each(distributions)(
  'sshd of $name (needs root)',
  (distribution) => {
    let root: SshRoot;
    beforeAll(async () => {
      root = await sshRoot(await baseRoot(distribution));
    }, 600_000);
    afterAll(() => root?.remove());

    const verdictOf = (id: string, files: Files, parameters = 'none'): Result => {
      root.reset(files);
      const given = { Areas: 'ssh', Controls: id, Parameters: parameters };
      const result = audited(root.path, given).get(id);
      if (!result) throw new Error(`no verdict on ${id}`);
      return result;
    };

    test.each(sampled(Object.entries(options), { quick: 4 }))('%s: right', (id, [right]) => {
      const { s, p } = verdictOf(id, own(...right));
      expect({ s, p }).toEqual({ s: 'PASS', p: true });
    });

    test.each(sampled(Object.entries(options), { quick: 4 }))(
      '%s: wrong',
      (id, [right, wrong, value]) => {
        const [option] = wrong.split(' ');
        const others = right.filter((line) => !line.startsWith(`${option} `));
        const { s, e, why } = verdictOf(id, own(wrong, ...others.filter((line) => line !== wrong)));
        expect({ s, e }).toEqual({ s: 'FAIL', e: value });
        expect(why).toContain('says /etc/ssh/sshd_config.d/00-own.conf:1, wanted');
      },
    );

    test.each(sampled(Object.entries(options), { quick: 4, usual: 2 }))(
      '%s: a file that is read before',
      (id, [right, wrong, value]) => {
        const { s, e, why } = verdictOf(id, { ...own(...right), ...early(wrong) });
        expect({ s, e }).toEqual({ s: 'FAIL', e: value });
        expect(why).toContain('says /etc/ssh/sshd_config.d/00-early.conf:1, wanted');
      },
    );

    test.each(sampled(Object.entries(options), { quick: 4, usual: 2 }))(
      '%s: a file that is read after counts for nothing',
      (id, [right, wrong]) => {
        const { s } = verdictOf(id, {
          ...own(...right),
          'etc/ssh/sshd_config.d/99-late.conf': wrong,
        });
        expect(s).toBe('PASS');
      },
    );

    const cases: Readonly<
      Record<
        string,
        readonly [id: string, s: string, why: RegExp, files: Files, parameters?: string]
      >
    > = {
      'a block for one user': [
        'PL.SSH.2',
        'FAIL',
        /^PasswordAuthentication is yes for alice by \/etc\/ssh\/sshd_config\.d\/90-block\.conf:2 Match User alice/,
        {
          ...own('PasswordAuthentication no'),
          ...block('Match User alice', 'PasswordAuthentication yes'),
        },
      ],
      'a block for an address that no user has here': [
        'PL.SSH.4',
        'FAIL',
        /^PermitEmptyPasswords is yes by .*90-block\.conf:2 Match Address 10\.0\.0\.0\/8/,
        block('Match Address 10.0.0.0/8', 'PermitEmptyPasswords yes'),
      ],
      'a block that asks for more': [
        'PL.SSH.2',
        'PASS',
        /^$/,
        {
          ...own('PasswordAuthentication no'),
          ...block('Match User bob', 'PasswordAuthentication no'),
        },
      ],
      'a block ends with its file': [
        'PL.SSH.10',
        'FAIL',
        /^X11Forwarding is yes, says \/etc\/ssh\/sshd_config:\d+/,
        { 'etc/ssh/sshd_config.d/10-a.conf': 'Match User alice\nX11Forwarding no\n' },
      ],
      'a wider range of the baseline': [
        'PL.SSH.6',
        'PASS',
        /^$/,
        own('MaxAuthTries 6'),
        'PL.SSH.6.max=6',
      ],
      'root with a key, where the baseline allows it': [
        'PL.SSH.1',
        'PASS',
        /^$/,
        own('PermitRootLogin prohibit-password'),
        'PL.SSH.1.weakest=prohibit-password',
      ],
      'tunnels are free until the baseline asks': [
        'PL.SSH.11',
        'PASS',
        /^$/,
        own('AllowTcpForwarding yes'),
      ],
      'tunnels, where the baseline asks': [
        'PL.SSH.11',
        'FAIL',
        /^AllowTcpForwarding is yes, says .*00-own.*, wanted local or stricter$/,
        own('AllowTcpForwarding yes'),
        'PL.SSH.11.weakest=local',
      ],
      'tunnels, forbidden for one group only': [
        'PL.SSH.11',
        'FAIL',
        /^AllowTcpForwarding is yes by default, wanted no or stricter$/,
        block('Match User bob', 'AllowTcpForwarding no'),
        'PL.SSH.11.weakest=no',
      ],
      'logins with their keys, where the baseline asks for no less': [
        'PL.SSH.17',
        'FAIL',
        /^LogLevel is INFO by default, wanted VERBOSE or stricter$/,
        own(),
        'PL.SSH.17.weakest=VERBOSE',
      ],
      'codes are asked for with a module for them': [
        'PL.SSH.3',
        'NA',
        /^not where mfa is: \/etc\/pam\.d\/sshd$/,
        {
          ...own('KbdInteractiveAuthentication yes'),
          'etc/pam.d/sshd': 'auth required pam_google_authenticator.so\n',
        },
      ],
      'one part of three is too large': [
        'PL.SSH.9',
        'FAIL',
        /^MaxStartups is 10:30:100, says .*, wanted within/,
        own('MaxStartups 10:30:100'),
      ],
      'nobody is listed': ['PL.SSH.18', 'FAIL', /^every account with a shell/, {}],
      'a group is listed': ['PL.SSH.18', 'PASS', /^$/, own('AllowGroups sudo')],
      'a block lifts the list for one': [
        'PL.SSH.18',
        'FAIL',
        /for root$/,
        block('Match User bob', 'AllowGroups sudo'),
      ],
      'files and keys belong to root': [
        'PL.SSH.19',
        'PASS',
        /^$/,
        { 'etc/ssh/sshd_config': { text: '', mode: 0o600 } },
      ],
      'the configuration can be read by all': [
        'PL.SSH.19',
        'FAIL',
        /^\/etc\/ssh\/sshd_config is 644, wanted 600 or stricter$/,
        {},
      ],
      'a drop-in can be written by all': [
        'PL.SSH.19',
        'FAIL',
        /^\/etc\/ssh\/sshd_config\.d\/50-x\.conf is 666/,
        {
          'etc/ssh/sshd_config': { text: '', mode: 0o600 },
          'etc/ssh/sshd_config.d/50-x.conf': { text: '', mode: 0o666 },
        },
      ],
      'a block takes back what holds for all': [
        'PL.SSH.20',
        'FAIL',
        /90-block\.conf:2 Match Group wheel sets PermitRootLogin back to yes$/,
        { ...own('PermitRootLogin no'), ...block('Match Group wheel', 'PermitRootLogin yes') },
      ],
      'a block is stricter than what holds for all': [
        'PL.SSH.20',
        'PASS',
        /^$/,
        block('Match User bob', 'PermitRootLogin no', 'PasswordAuthentication no'),
      ],
      'no block at all': ['PL.SSH.20', 'PASS', /^$/, own('PermitRootLogin no')],
      'a file that sshd rejects': [
        'PL.SSH.2',
        'UNKNOWN',
        /^sshd -T: .*00-own\.conf: line 1: Bad configuration option: Passwords/,
        own('Passwords no'),
      ],
      'a file that sshd refuses for an option': [
        'PL.SSH.20',
        'FAIL',
        /^sshd refuses its files: \/etc\/ssh\/sshd_config\.d\/00-own\.conf: line 1: Bad configuration option: Passwords$/,
        own('Passwords no'),
      ],
      'a file that sshd refuses for a value, which is not shown': [
        'PL.SSH.20',
        'FAIL',
        /^sshd refuses its files: (?!.*hunter2).*00-own\.conf:? line 1: /,
        own('PermitRootLogin hunter2'),
      ],
      'a secret in place of an option, which is not shown': [
        'PL.SSH.20',
        'FAIL',
        /^sshd refuses its files: (?!.*hunter2).*line 1: Bad configuration option$/,
        own('hunter2 x'),
      ],
      'an option that sshd only warns of': [
        'PL.SSH.20',
        'PASS',
        /^$/,
        own('UsePrivilegeSeparation yes', 'PermitRootLogin no'),
      ],
      'a daemon that is started with an option of its own': [
        'PL.SSH.2',
        'FAIL',
        /^PasswordAuthentication is yes/,
        {
          ...own('PasswordAuthentication no'),
          'etc/default/ssh': 'SSHD_OPTS="-o PasswordAuthentication=yes"\n',
        },
      ],
    };

    test.each(
      sampledByOutcome(
        Object.entries(cases),
        { quick: 3, usual: 2 },
        ([, [id, s]]) => `${id} ${s}`,
      ),
    )('%s', (_, [id, status, reason, files, parameters]) => {
      const { s, why = '' } = verdictOf(id, files, parameters);
      expect({ s, why }).toEqual({ s: status, why: expect.stringMatching(reason) });
    });

    // A restart of the service does so for a moment.
    test.each([
      ['PL.SSH.4', 'once', 'PASS', undefined],
      [
        'PL.SSH.4',
        'always',
        'UNKNOWN',
        'sshd -T: Missing privilege separation directory: /run/sshd',
      ],
      ['PL.SSH.20', 'always', 'UNKNOWN', undefined],
    ])('%s: sshd whose folder is taken away %s', (id, times, s, why) => {
      const sshd = join(root.path, 'usr/sbin/sshd');
      renameSync(sshd, `${sshd}.real`);
      const unless = times === 'once' ? '[ -e /run/away ] || ' : '';
      const taken = `#!/bin/sh\n${unless}rm -r /run/sshd\n: >/run/away\nexec $0.real "$@"\n`;
      writeFileSync(sshd, taken, { mode: 0o755 });
      try {
        const files = id === 'PL.SSH.20' ? own('UsePrivilegeSeparation yes') : {};
        expect(verdictOf(id, files)).toMatchObject({ s, ...(why && { why }) });
      } finally {
        renameSync(`${sshd}.real`, sshd);
        rmSync(join(root.path, 'run/away'));
      }
    });

    test('all controls at once are one short line', () => {
      root.reset(block('Match User alice', 'PasswordAuthentication yes'));
      expect([...audited(root.path).keys()]).toEqual(auditedControls.map(({ id }) => id));
    });
  },
);

test('every SSH control is evaluated', () => {
  const evaluated = [...Object.keys(options), 'PL.SSH.11', 'PL.SSH.18', 'PL.SSH.19', 'PL.SSH.20'];
  expect(evaluated.toSorted()).toEqual(ssh.map(({ id }) => id).toSorted());
});
