import { expect, test } from '@jest/globals';
import { filesAndAccounts } from '../../../lib/hosts/files/index.ts';
import { type Fixes, fixCases } from '../fix-cases.ts';
import { faillock, hardened, listing, shm, takenBack, user } from './files-harden.ts';
import { describeOnRoots, inRoot, verdict, withRoot } from './files-root.ts';

const fixes: Fixes = {
  'modes of passwd': ['PL.FIL.1', 'chmod 666 /etc/passwd', 'stat -c %a /etc/passwd', '644'],
  'mode and group of shadow': [
    'PL.FIL.2',
    'chmod 664 /etc/shadow; chown root:users /etc/shadow; chmod 600 /etc/gshadow',
    "stat -c '%a %U:%G' /etc/shadow /etc/gshadow",
    '640 root:shadow\n600 root:shadow',
  ],
  'what all may write to': [
    'PL.FIL.3',
    "touch '/etc/a $(b)'; chmod 666 '/etc/a $(b)'; mkdir -m 777 /etc/drop; chmod 777 /tmp",
    "stat -c %a '/etc/a $(b)' /etc/drop /tmp",
    '664\n775\n1777',
  ],
  homes: [
    'PL.FIL.6',
    user,
    'stat -c %a /home/alice /home/alice/.ssh /home/alice/.ssh/authorized_keys',
    '2755\n700\n600',
  ],
  cron: ['PL.FIL.7', 'chmod 777 /etc/cron.d', 'stat -c %a /etc/crontab /etc/cron.d', '600\n700'],
  'modes of sudoers': [
    'PL.FIL.8',
    'touch /etc/sudoers.d/x; chmod 664 /etc/sudoers.d/x',
    'stat -c %a /etc/sudoers.d/x',
    '440',
  ],
  'an empty password': [
    'PL.ACC.2',
    "useradd bob; usermod -p '' bob; chage -d 2020-02-02 bob",
    'grep ^bob: /etc/shadow | cut -d: -f2',
    '*',
  ],
  'the shell of a service': [
    'PL.ACC.3',
    'useradd -r -s /bin/bash app',
    'grep ^app: /etc/passwd | cut -d: -f7',
    '/usr/sbin/nologin',
  ],
  'short passwords and a weak default': [
    'PL.ACC.4',
    "sed -i 's/^ENCRYPT_METHOD.*/ENCRYPT_METHOD MD5/' /etc/login.defs",
    "grep ^ENCRYPT /etc/login.defs; grep '^minlen' /etc/security/pwquality.conf",
    'ENCRYPT_METHOD SHA512\nminlen = 14',
  ],
  'a lock that shuts root out': [
    'PL.ACC.5',
    faillock,
    'cat /etc/security/faillock.conf',
    'audit\ndeny = 5\nunlock_time = 900',
  ],
  'sudo without a terminal of its own': [
    'PL.ACC.6',
    "sed -i '/use_pty/d' /etc/sudoers",
    "stat -c %a /etc/sudoers.d/zz-plumbline; cvtsudoers -f sudoers /etc/sudoers | grep -c 'Defaults use_pty'",
    '440\n1',
  ],
};

describeOnRoots('fixes of files and accounts', (base) => {
  fixCases(base, fixes);

  test('a dry run says what would be changed, and changes nothing', async () => {
    await withRoot(base(), user, (root) => {
      const first = hardened(root, 'PL.FIL.6');
      takenBack(root, first.command);
      expect(verdict(root, 'PL.FIL.6').s).toBe('FAIL');
      expect(hardened(root, 'PL.FIL.6', { DryRun: 'yes' }).results.get('PL.FIL.6')).toMatchObject({
        o: 'planned',
        diff: expect.stringContaining('/home/alice: 2775'),
      });
      expect(verdict(root, 'PL.FIL.6').s).toBe('FAIL');
    });
  });

  test('options go into fstab behind those that are there, the rest of it stays', async () => {
    const given = `${shm}; printf '%s\\n' '# kept' '/dev/vda1 / ext4 defaults 0 1' 'tmpfs /dev/shm tmpfs size=1G,exec 0 0' >/etc/fstab`;
    await withRoot(base(), given, async (root) => {
      const before = await listing(root);
      const { command, results } = hardened(root, 'PL.MNT.1');
      // Nothing is mounted in a folder: what is in effect stays.
      expect(results.get('PL.MNT.1')).toMatchObject({ o: 'ineffective' });
      expect(await inRoot(root, 'cat /etc/fstab')).toBe(
        '# kept\n/dev/vda1 / ext4 defaults 0 1\ntmpfs /dev/shm tmpfs size=1G,exec,nodev,nosuid,noexec 0 0\n',
      );
      expect(takenBack(root, command)).toMatchObject({ outcome: 'reverted', left: [] });
      expect(await listing(root)).toBe(before);
    });
  });

  test('a mail server hears this host alone', async () => {
    const given =
      "mkdir -p /etc/postfix; printf '%s\\n' 'myhostname = x' 'inet_interfaces = all' >/etc/postfix/main.cf";
    await withRoot(base(), given, async (root) => {
      const { command, results } = hardened(root, 'PL.SVC.2');
      expect(results.get('PL.SVC.2')).toMatchObject({ o: 'changed', after: 'local' });
      expect(takenBack(root, command)).toMatchObject({ outcome: 'reverted', left: [] });
      expect(await inRoot(root, 'cat /etc/postfix/main.cf')).toContain('inet_interfaces = all');
    });
  });

  test('a password that was set since is not taken away', async () => {
    await withRoot(base(), "useradd bob; usermod -p '' bob", async (root) => {
      const { command } = hardened(root, 'PL.ACC.2');
      await inRoot(root, "usermod -p '$y$mine' bob");
      expect(takenBack(root, command).left).toEqual(['bob was changed by somebody else']);
      expect(await inRoot(root, 'grep ^bob: /etc/shadow')).toMatch(/^bob:\$y\$mine:/);
    });
  });
});

test('each control that has a fix is put right here, or where a host runs', () => {
  const here = Object.values(fixes).map(([id]) => id);
  const automatic = filesAndAccounts.filter(({ remediation }) => remediation.fix === 'automatic');
  const elsewhere = automatic.map(({ id }) => id).filter((id) => !here.includes(id));
  expect(elsewhere).toEqual(['PL.MNT.1', 'PL.MNT.2', 'PL.MNT.3', 'PL.SVC.1', 'PL.SVC.2']);
});
