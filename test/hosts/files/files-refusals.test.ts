import { expect, test } from '@jest/globals';
import { sampled } from '../../extent.ts';
import { expectLeftAlone, faillock, hardened, shm, takenBack, user } from './files-harden.ts';
import { describeOnRoots, withRoot } from './files-root.ts';

const mail = (...lines: readonly string[]) =>
  `mkdir -p /etc/postfix; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} 'inet_interfaces = all' >/etc/postfix/main.cf`;
/** Gives group 4242 the right to write, by a list as setfacl writes it: version 2, then tag, rights and id of each. */
const acl = (path: string) =>
  `python3 -c "import os, struct; os.setxattr('${path}', 'system.posix_acl_access', struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *e) for e in ((1, 7, 2**32 - 1), (4, 5, 2**32 - 1), (8, 7, 4242), (16, 7, 2**32 - 1), (32, 5, 2**32 - 1))))"`;

/** What is wrong, and why it is left so. */
const refusals: Readonly<Record<string, readonly [id: string, given: string, why: string]>> = {
  'a file for all that is not root’s': [
    'PL.FIL.3',
    'touch /etc/x /etc/y; chmod 666 /etc/x /etc/y; chown 33 /etc/y',
    'not_of_root:/etc/y',
  ],
  'keys behind a link': [
    'PL.FIL.6',
    `${user}; rm .ssh/authorized_keys; touch /srv/k; chown alice /srv/k; ln -s ../../../srv/k .ssh/authorized_keys`,
    'not_a_file:/home/alice/.ssh/authorized_keys',
  ],
  'keys that are a file of root’s by another name': [
    'PL.FIL.6',
    `${user}; rm .ssh/authorized_keys; ln /etc/passwd .ssh/authorized_keys`,
    'hard_link:/home/alice/.ssh/authorized_keys',
  ],
  'a home of somebody else': ['PL.FIL.6', `${user}; chown 33 .`, 'owner:/home/alice'],
  'rules that sudo cannot read': [
    'PL.FIL.8',
    'echo nonsense >/etc/sudoers.d/x',
    'sudoers_rejected',
  ],
  'a /tmp that is no file system': ['PL.MNT.2', shm, 'not_a_mount:/tmp'],
  'a file system that a unit mounts': [
    'PL.MNT.1',
    `${shm}; mkdir -p /etc/systemd/system/dev-shm.mount.d; echo '[Mount]' >/etc/systemd/system/dev-shm.mount.d/a.conf`,
    'mounted_by:/etc/systemd/system/dev-shm.mount.d/a.conf',
  ],
  'a file system of which a drop-in for all says how': [
    'PL.MNT.1',
    `${shm}; mkdir -p /etc/systemd/system/mount.d; echo '[Mount]' >/etc/systemd/system/mount.d/a.conf`,
    'mounted_by:/etc/systemd/system/mount.d/a.conf',
  ],
  'a file system that nothing mounts again': [
    'PL.MNT.3',
    'mkdir -p /proc/self; echo "/dev/vdb /home ext4 rw 0 0" >/proc/self/mounts',
    'not_in_fstab:/home',
  ],
  'an administrator without a password': [
    'PL.ACC.2',
    "useradd -G sudo bob; usermod -p '' bob",
    'administers:bob',
  ],
  'somebody who gets in with an empty password alone': [
    'PL.ACC.2',
    "ssh-keygen -A; useradd -m -s /bin/bash bob; usermod -p '' bob; echo 'PermitEmptyPasswords yes' >/etc/ssh/sshd_config.d/a.conf",
    'locks_out:bob',
  ],
  'a hash in passwd': [
    'PL.ACC.2',
    "useradd bob; sed -i 's/^bob:x/bob:$6$a/' /etc/passwd",
    'not_shadowed:bob',
  ],
  'a service that logs in with a key': [
    'PL.ACC.3',
    "ssh-keygen -A; useradd -r -m -s /bin/bash app; cd /home/app; ssh-keygen -q -t ed25519 -N '' -f /k; install -d -m 700 -o app -g app .ssh; install -m 600 -o app -g app /k.pub .ssh/authorized_keys",
    'locks_out:app',
  ],
  'PAM that writes weak hashes': [
    'PL.ACC.4',
    "sed -i 's/yescrypt/md5/' /etc/pam.d/common-password",
    'pam_argument:pam_unix',
  ],
  'PAM that says how long a password is': [
    'PL.ACC.4',
    "sed -i 's/pam_pwquality.so/& minlen=7/' /etc/pam.d/common-password",
    'pam_argument:minlen',
  ],
  'PAM that does not ask for a length': [
    'PL.ACC.4',
    'sed -i /pam_pwquality/d /etc/pam.d/common-password',
    'needs_install:libpam-pwquality',
  ],
  'PAM that does not lock': ['PL.ACC.5', ':', 'not_in_pam:pam_faillock'],
  'PAM that locks by arguments': [
    'PL.ACC.5',
    `${faillock}; sed -i 's/authfail/& even_deny_root/' /etc/pam.d/common-auth`,
    'pam_argument:pam_faillock',
  ],
  'somebody who becomes root without a password': [
    'PL.ACC.6',
    "echo 'bob ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/x",
    'nopasswd:bob ALL = (ALL) NOPASSWD: ALL',
  ],
  'somebody who wants no terminal': [
    'PL.ACC.6',
    "echo 'Defaults:bob !use_pty' >/etc/sudoers.d/x",
    'somebody_wants_it:Defaults:bob !use_pty',
  ],
  'a mail server that others send to': [
    'PL.SVC.2',
    "mkdir -p /etc/postfix; printf '%s\\n' 'virtual_alias_domains = example.com' >/etc/postfix/main.cf",
    'serves_mail',
  ],
  'a mail server that is not known': [
    'PL.SVC.2',
    "mkdir -p /etc/exim4; echo 'dc_local_interfaces=0.0.0.0' >/etc/exim4/update-exim4.conf.conf",
    'not_known',
  ],
  'a home that a team shares': [
    'PL.FIL.6',
    `${user}; groupadd team; useradd -G team bob; chgrp team .; chmod 2775 .`,
    'in_use:shared:/home/alice:team',
  ],
  'a home that two accounts of one group share': [
    'PL.FIL.6',
    `${user}; groupadd team; usermod -g team alice; useradd -g team bob; chgrp team .; chmod 770 .`,
    'in_use:shared:/home/alice:team',
  ],
  'keys that a team writes': [
    'PL.FIL.6',
    `${user}; chmod 755 .; groupadd ops; useradd -G ops bob; chgrp -R ops .ssh; chmod 2770 .ssh; chmod 660 .ssh/authorized_keys`,
    'in_use:shared:/home/alice/.ssh:ops',
  ],
  'keys that anybody may have written': [
    'PL.FIL.6',
    `${user}; chmod 757 .; echo 'ssh-ed25519 AAAA' >.ssh/authorized_keys`,
    'foreign_keys:/home/alice',
  ],
  'a home with a list of who may work there': [
    'PL.FIL.6',
    `${user}; ${acl('/home/alice')}`,
    'acl:/home/alice',
  ],
  'a service that cron starts by its shell': [
    'PL.ACC.3',
    "useradd -r -s /bin/bash app; echo '0 3 * * * root su - app -c /srv/nightly' >/etc/cron.d/app",
    'started_by:/etc/cron.d/app',
  ],
  'a service that a unit starts by its shell': [
    'PL.ACC.3',
    "useradd -r -s /bin/bash app; printf '[Service]\\nExecStart=/usr/bin/sudo -iu app run\\n' >/etc/systemd/system/app.service",
    'started_by:/etc/systemd/system/app.service',
  ],
  'a program that runs from where nothing may run any more': [
    'PL.MNT.1',
    `${shm}; mkdir -p /proc/7; echo 'ffff-ffff r-xp 00000000 fe:00 9 /dev/shm/lib.so' >/proc/7/maps; echo oracle >/proc/7/comm; echo 'tmpfs /dev/shm tmpfs defaults 0 0' >>/etc/fstab`,
    'in_use:oracle',
  ],
  'a mail server that relays for a network': [
    'PL.SVC.2',
    mail('mynetworks = 127.0.0.0/8, 10.0.0.0/8'),
    'relays_for:10.0.0.0/8',
  ],
  'a mail server that receives for a domain': [
    'PL.SVC.2',
    mail('myhostname = mx.example.com', 'mydestination = $myhostname, example.com, localhost'),
    'receives_for:example.com',
  ],
  'a mail server whose users log in': [
    'PL.SVC.2',
    mail('smtpd_sasl_auth_enable = yes'),
    'serves_mail',
  ],
  'a mail server that took the mail of another host': [
    'PL.SVC.2',
    `${mail('myhostname = x')}; echo 'Nov 29 10:00:00 x postfix/smtpd[7]: 4AbCdE12: client=app.example[10.0.0.7]' >/var/log/mail.log`,
    'relays_for:10.0.0.7',
  ],
  'a mail server that another host talks to now': [
    'PL.SVC.2',
    `${mail('myhostname = x')}; mkdir -p /proc/net; echo '1: 0200000A:0019 0700000A:C350 01 0:0 0:0 0 0 0 9' >/proc/net/tcp`,
    'relays_for:connected',
  ],
};

describeOnRoots('refusals of files and accounts', (base) => {
  test.each(sampled(Object.entries(refusals), { quick: 12, usual: 3 }))(
    '%s: left alone, by name',
    async (_, [id, given, why]) => {
      await withRoot(base(), given, (root) => expectLeftAlone(root, id, why));
    },
  );

  const ofBob =
    "ssh-keygen -A; useradd -m -s /bin/bash bob; usermod -p '' bob; cd /etc/ssh; printf";
  const block = "'Match User bob\\n  PermitEmptyPasswords yes\\n'";
  test.each([
    ['a drop-in', `${ofBob} ${block} >sshd_config.d/a.conf`],
    ['sshd_config, beside no drop-ins', `${ofBob} ${block} >>sshd_config`],
    ['a file elsewhere', `${ofBob} ${block} >own; sed -i '1i Include /etc/ssh/own' sshd_config`],
  ])('whom a Match block in %s lets in with an empty password is kept', async (_, given) => {
    await withRoot(base(), given, (root) => expectLeftAlone(root, 'PL.ACC.2', 'locks_out:bob'));
  });

  test('what may break a workload is changed only by name', async () => {
    await withRoot(base(), "useradd bob; usermod -p '' bob", (root) => {
      const { outcome, command, results } = hardened(root, 'PL.ACC.2', { Controls: 'all' });
      if (outcome === 'applied') takenBack(root, command);
      expect(results.get('PL.ACC.2')).toMatchObject({
        o: 'refused',
        why: 'not_here:may break a workload: only when it is named',
      });
    });
  });
});
