import { expect, it } from '@jest/globals';
import { sampled } from '../../extent.ts';
import {
  expectLeftAlone,
  givesUpAtMatch,
  hardened,
  listing,
  takenBack,
} from '../files/files-harden.ts';
import { describeOnRoots, inRoot, withRoot } from '../files/files-root.ts';

const hosts = 'ssh-keygen -A >/dev/null';
/** An account with a key, and one with a password; what stands before the key are its options. */
const key = (name: string, options = '') =>
  `useradd -m -s /bin/bash ${name} 2>/dev/null || true; home=$(getent passwd ${name} | cut -d: -f6); [ -e /k.pub ] || ssh-keygen -q -t ed25519 -N '' -f /k; install -d -m 700 -o ${name} -g ${name} $home/.ssh; { printf '%s' '${options}'; cat /k.pub; } >>$home/.ssh/authorized_keys; chown ${name}: $home/.ssh/authorized_keys; chmod 600 $home/.ssh/authorized_keys`;
const password = (name: string) =>
  `useradd -m -s /bin/bash ${name} 2>/dev/null || true; usermod -p '$6$salt$hash' ${name}`;
const sshd = (...lines: readonly string[]) =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >/etc/ssh/sshd_config.d/50-theirs.conf`;
const trusted = 'cp /etc/ssh/ssh_host_ed25519_key.pub /etc/ssh/ssh_known_hosts';
const hostBased = sshd('HostbasedAuthentication yes');
const noPam = sshd('UsePAM no');
const admin = `${key('alice')}; usermod -aG sudo alice`;
const passwordless = "echo 'alice ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/alice";
const rootKey = `${key('root')}; ${sshd('PermitRootLogin yes')}`;

/** What is there, and why it is left so. */
const refusals: Readonly<
  Record<string, readonly [id: string, given: readonly string[], why: string]>
> = {
  'somebody for whom another host vouches, as for all': [
    'PL.SSH.13',
    [
      password('bob'),
      hostBased,
      trusted,
      'echo other.example >/etc/ssh/shosts.equiv',
      'usermod -p "*" bob',
    ],
    'locks_out:bob:host_based',
  ],
  'somebody for whom another host vouches by his own word': [
    'PL.SSH.13',
    [
      password('bob'),
      sshd('HostbasedAuthentication yes', 'IgnoreRhosts no'),
      trusted,
      'echo other.example >/home/bob/.shosts',
    ],
    'locks_out:bob:host_based',
  ],
  'a password that is no other way for what logs in host-based': [
    'PL.SSH.13',
    [password('bob'), hostBased, trusted, 'echo other.example >/etc/hosts.equiv'],
    'locks_out:bob:host_based',
  ],
  'somebody whom pam_access refuses': [
    'PL.SSH.15',
    [
      key('bob'),
      'usermod -p "*" bob',
      noPam,
      "sed -i '1i account required pam_access.so' /etc/pam.d/sshd",
      "echo '-:bob:ALL' >>/etc/security/access.conf",
    ],
    'locks_out:bob:pam_access',
  ],
  'somebody of whom a module decides that is not known': [
    'PL.SSH.15',
    [
      key('bob'),
      'usermod -p "*" bob',
      noPam,
      "echo 'account [success=ok default=die] pam_exec.so /bin/false' >>/etc/pam.d/common-account",
    ],
    'locks_out:bob:pam_exec',
  ],
  'somebody whose password has to be changed first': [
    'PL.SSH.15',
    [key('bob'), 'usermod -p "*" bob', noPam, 'chage -d 2020-01-01 -M 30 bob'],
    'locks_out:bob:password_expired',
  ],
  'a host that lets nobody in by PAM': [
    'PL.SSH.15',
    [key('bob'), 'usermod -p "*" bob', noPam, 'touch /etc/nologin'],
    'locks_out:bob:pam_nologin',
  ],
  'a password that PAM would ask otherwise': [
    'PL.SSH.15',
    [
      password('bob'),
      noPam,
      "sed -i '1i auth required pam_exec.so /bin/false' /etc/pam.d/common-auth",
    ],
    'locks_out:bob:pam_exec',
  ],
  'somebody who is locked, and would be let in by PAM': [
    'PL.SSH.15',
    [key('bob'), 'usermod -L bob', noPam],
    'opens:bob:key',
  ],
  'a password that only PAM would take': [
    'PL.SSH.15',
    [
      password('bob'),
      sshd('UsePAM no', 'PasswordAuthentication no', 'KbdInteractiveAuthentication yes'),
    ],
    'opens:bob:password',
  ],
  'a key in a home that a group writes to': [
    'PL.SSH.15',
    [key('bob'), sshd('StrictModes no'), 'chmod g+w /home/bob'],
    'locks_out:bob',
  ],
  'keys that somebody switched off': [
    'PL.SSH.5',
    [key('bob'), password('bob'), sshd('PubkeyAuthentication no')],
    'opens:bob:key',
  ],
  'a block that asks one user for a key and a password': [
    'PL.SSH.2',
    [
      key('bob'),
      password('bob'),
      sshd('Match User bob', 'AuthenticationMethods publickey,password'),
    ],
    'locks_out:bob:authentication_methods',
  ],
  'a block that asks a group for a key and a password': [
    'PL.SSH.2',
    [
      key('bob'),
      password('bob'),
      'groupadd ops; usermod -aG ops bob',
      sshd('Match Group ops', 'AuthenticationMethods publickey,password'),
    ],
    'locks_out:bob:authentication_methods',
  ],
  'a block that asks a network for a key and a password': [
    'PL.SSH.2',
    [
      key('bob'),
      password('bob'),
      sshd('Match Address 10.0.0.0/8', 'AuthenticationMethods publickey,password'),
    ],
    'locks_out:bob:authentication_methods',
  ],
  'a list of methods for everybody, which sshd itself refuses': [
    'PL.SSH.3',
    [
      key('bob'),
      password('bob'),
      sshd(
        'KbdInteractiveAuthentication yes',
        'AuthenticationMethods publickey,keyboard-interactive',
      ),
    ],
    'sshd_rejects',
  ],
  'two keys where somebody has one': [
    'PL.SSH.2',
    [key('bob'), password('bob'), sshd('AuthenticationMethods publickey,publickey password')],
    'locks_out:bob:authentication_methods',
  ],
  'a key that is good from one address only': [
    'PL.SSH.2',
    [key('bob', 'from="10.0.0.5" '), password('bob')],
    'locks_out:bob:limited_key',
  ],
  'a key that starts a command only': [
    'PL.SSH.2',
    [key('bob', 'command="/bin/backup" '), password('bob')],
    'locks_out:bob:limited_key',
  ],
  'an account of libnss-extrausers': [
    'PL.SSH.2',
    [
      "mkdir -p /var/lib/extrausers; echo 'carol:x:5000:5000::/home/carol:/bin/bash' >/var/lib/extrausers/passwd; echo 'carol:$6$a$b:1::::::' >/var/lib/extrausers/shadow",
      "sed -i 's/^passwd:.*/passwd: files extrausers/' /etc/nsswitch.conf",
    ],
    'locks_out:carol',
  ],
  'accounts of SSSD': [
    'PL.SSH.2',
    ["sed -i 's/^passwd:.*/passwd: files [!UNAVAIL=return] sss/' /etc/nsswitch.conf"],
    'directory_users:sss',
  ],
  'accounts of LDAP, host-based': [
    'PL.SSH.13',
    ["sed -i 's/^passwd:.*/passwd: files ldap/' /etc/nsswitch.conf", hostBased],
    'directory_users:ldap',
  ],
  'accounts of NIS': [
    'PL.SSH.2',
    ["sed -i 's/^passwd:.*/passwd: compat/' /etc/nsswitch.conf; echo '+::::::' >>/etc/passwd"],
    'directory_users:compat',
  ],
  'accounts of systemd-homed': [
    'PL.SSH.2',
    [
      "sed -i 's/^passwd:.*/passwd: files systemd/' /etc/nsswitch.conf; mkdir -p /var/lib/systemd/home; echo '{}' >/var/lib/systemd/home/dave.identity",
    ],
    'directory_users:systemd',
  ],
  'somebody without a shell who only sends files': [
    'PL.SSH.2',
    [
      "useradd -m -s /usr/sbin/nologin drop; usermod -p '$6$a$b' drop",
      sshd('ForceCommand internal-sftp'),
    ],
    'locks_out:drop',
  ],
  'root, where the administrator has no password for sudo': [
    'PL.SSH.1',
    [rootKey, admin],
    'locks_out:root',
  ],
  'root, where the administrator has ended': [
    'PL.SSH.1',
    [rootKey, admin, passwordless, 'chage -E 2020-01-01 alice'],
    'locks_out:root',
  ],
  'root, where PAM may refuse the administrator': [
    'PL.SSH.1',
    [
      rootKey,
      admin,
      passwordless,
      "sed -i '1i account required pam_access.so' /etc/pam.d/sshd",
      "echo '-:alice:ALL' >>/etc/security/access.conf",
    ],
    'locks_out:root',
  ],
  'root, whom a backup uses with a command': [
    'PL.SSH.1',
    [key('root', 'command="/bin/backup" '), sshd('PermitRootLogin yes'), admin, passwordless],
    'locks_out:root:limited_key',
  ],
  'somebody who gives sshd an environment': [
    'PL.SSH.14',
    [key('bob', 'environment="A=b" '), sshd('PermitUserEnvironment yes')],
    'in_use:/home/bob/.ssh',
  ],
  'the only key of the host': [
    'PL.SSH.16',
    ['rm /etc/ssh/ssh_host_@(rsa|ed25519)_key*'],
    'no_host_key',
  ],
  'another configuration than that of the package': [
    'PL.SSH.7',
    [
      'cp /etc/ssh/sshd_config /etc/ssh/other; echo "LoginGraceTime 0" >>/etc/ssh/other',
      'echo \'SSHD_OPTS="-f /etc/ssh/other"\' >/etc/default/ssh',
    ],
    'other_config',
  ],
};

describeOnRoots('who logs in', (base) => {
  it.each(sampled(Object.entries(refusals), { quick: 12, usual: 3 }))(
    '%s: left alone, by name',
    async (_, [id, given, why]) => {
      await withRoot(base(), ['shopt -s extglob', hosts, ...given].join('\n'), (root) =>
        expectLeftAlone(root, id, why),
      );
    },
  );

  /** What is there, and harms nobody. */
  const changes: Readonly<Record<string, readonly [id: string, given: readonly string[]]>> = {
    'host-based trust that names no host': ['PL.SSH.13', [password('bob'), hostBased, trusted]],
    'host-based trust beside a key of his own': [
      'PL.SSH.13',
      [key('bob'), hostBased, trusted, 'echo other.example >/etc/ssh/shosts.equiv', key('root')],
    ],
    'PAM as the distribution ships it': [
      'PL.SSH.15',
      [key('bob'), 'usermod -p "*" bob', password('carol'), noPam],
    ],
    'a free key beside one that is bound': [
      'PL.SSH.2',
      [key('bob', 'from="10.0.0.5" '), key('bob'), password('bob')],
    ],
    'a key whose comment looks like an option': [
      'PL.SSH.2',
      [`${key('bob')}; sed -i 's/$/ from=laptop/' /home/bob/.ssh/authorized_keys`, password('bob')],
    ],
    'a list of methods that stays': [
      'PL.SSH.2',
      [key('bob'), password('bob'), sshd('AuthenticationMethods publickey')],
    ],
    'a Match block, where sshd says nothing of nobody': [
      'PL.SSH.2',
      [key('bob'), sshd('Match User carol', 'X11Forwarding no'), givesUpAtMatch],
    ],
    'accounts of systemd that are none': [
      'PL.SSH.2',
      ["sed -i 's/^passwd:.*/passwd: files systemd/' /etc/nsswitch.conf", key('bob')],
    ],
    'root, where an administrator needs no password': ['PL.SSH.1', [rootKey, admin, passwordless]],
    'root, where an administrator has one': ['PL.SSH.1', [rootKey, admin, password('alice')]],
    'what a cloud image gives root for a key': [
      'PL.SSH.1',
      [
        key('root', 'command="echo Please login as the user ubuntu;sleep 10" '),
        sshd('PermitRootLogin yes'),
      ],
    ],
    'a directory, where nobody’s login is at stake': [
      'PL.SSH.9',
      ["sed -i 's/^passwd:.*/passwd: files sss/' /etc/nsswitch.conf", sshd('MaxStartups 100')],
    ],
  };
  it.each(sampled(Object.entries(changes), { quick: 6, usual: 2 }))(
    '%s: put right',
    async (_, [id, given]) => {
      await withRoot(base(), [hosts, ...given].join('\n'), async (root) => {
        const { command, outcome, results } = hardened(root, id);
        expect([outcome, results.get(id)]).toEqual([
          'applied',
          expect.objectContaining({ o: 'changed' }),
        ]);
        expect(takenBack(root, command)).toMatchObject({ outcome: 'reverted', left: [] });
      });
    },
  );

  test('a last MaxStartups of theirs gets our value where it stands, and goes back', async () => {
    const lines =
      "printf '%s\\n' '# ours' '  MaxStartups=100' 'Match User bob' 'X11Forwarding no' >>/etc/ssh/sshd_config";
    await withRoot(base(), `${hosts}; ${lines}; ${sshd('maxstartups 50:30:100')}`, async (root) => {
      const before = await listing(root);
      const { command, results } = hardened(root, 'PL.SSH.9');
      expect(results.get('PL.SSH.9')).toMatchObject({
        o: 'changed',
        after: expect.stringMatching('10:30:60'),
      });
      expect(
        await inRoot(
          root,
          'mkdir -p /run/sshd; sshd -T -C user=x,host=x,addr=192.0.2.9 | grep ^maxstartups; tail -n4 /etc/ssh/sshd_config',
        ),
      ).toBe(
        'maxstartups 10:30:60\n# ours\nMaxStartups 10:30:60\nMatch User bob\nX11Forwarding no\n',
      );
      expect(takenBack(root, command)).toMatchObject({ outcome: 'reverted', left: [] });
      expect(await listing(root)).toBe(before);
    });
  });
});
