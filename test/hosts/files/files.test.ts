import { expect, test } from '@jest/globals';
import {
  type Case,
  type Cases,
  describeOnRoots,
  evaluatedCases,
  verdict,
  withRoot,
} from './files-root.ts';

const why = (pattern: RegExp) => expect.stringMatching(pattern);
const shipped: Case = { given: ':', expected: { s: 'PASS', p: true } };
const user =
  'useradd -m -s /bin/bash alice; cd /home/alice; install -d -o alice -g alice -m 700 .ssh; install -o alice -g alice -m 600 /dev/null .ssh/authorized_keys';

const cases: Cases = {
  'PL.FIL.1': {
    'as the distribution ships them': shipped,
    'passwd can be written by all': {
      given: 'chmod 666 /etc/passwd',
      expected: { s: 'FAIL', why: '/etc/passwd is 666, wanted 644 or stricter' },
    },
    'the other list of accounts can be written by all': {
      given:
        'mkdir -p /var/lib/extrausers; touch /var/lib/extrausers/passwd; chmod 666 /var/lib/extrausers/passwd',
      expected: { s: 'FAIL', why: '/var/lib/extrausers/passwd is 666, wanted 644 or stricter' },
    },
    'a backup belongs to somebody else': {
      given: 'cp /etc/group /etc/group-; chown 33:33 /etc/group-',
      expected: { s: 'FAIL', why: why(/^\/etc\/group- belongs to www-data:www-data/) },
    },
  },
  'PL.FIL.2': {
    'as the distribution ships them': shipped,
    'as Red Hat ships them': {
      given: 'chmod 0 /etc/*shadow /etc/*shadow-; chown root:root /etc/*shadow /etc/*shadow-',
      expected: { s: 'PASS' },
    },
    'the other list of hashes can be read by all': {
      given:
        'mkdir -p /var/lib/extrausers; touch /var/lib/extrausers/shadow; chmod 644 /var/lib/extrausers/shadow',
      expected: { s: 'FAIL', why: '/var/lib/extrausers/shadow is 644, wanted 640 or stricter' },
    },
    'shadow can be read by all': {
      given: 'chmod 644 /etc/shadow',
      expected: { s: 'FAIL', why: '/etc/shadow is 644, wanted 640 or stricter' },
    },
    'a backup takes it back': {
      given: 'cp /etc/shadow /etc/shadow-; chmod 640 /etc/shadow-; chown root:users /etc/shadow-',
      expected: { s: 'FAIL', why: why(/^\/etc\/shadow- belongs to root:users/) },
    },
  },
  'PL.FIL.3': {
    'as the distribution ships it': shipped,
    'a file for all, whose name somebody else chose': {
      given: "touch $'/etc/a\\nb $(touch mark)'; chmod 666 /etc/a$'\\n'*",
      expected: { s: 'FAIL', e: '1', why: 'everybody may write to: /etc/a b $(touch mark)' },
    },
    'a folder for all': {
      given: 'mkdir -m 777 /etc/drop',
      expected: { s: 'FAIL', why: 'everybody may write to: /etc/drop' },
    },
    'a sticky folder for all, and a link': {
      given: 'mkdir -m 1777 /etc/drop; ln -s /dev/null /etc/link',
      expected: { s: 'PASS' },
    },
    '/tmp is not sticky': {
      given: 'chmod 777 /tmp',
      expected: { s: 'FAIL', why: 'everybody may write to: /tmp' },
    },
  },
  'PL.FIL.4': {
    'as the distribution ships it': shipped,
    'files whose owner or group is gone': {
      given: 'touch /srv/a /srv/b; chown 4711 /srv/a; chgrp 4711 /srv/b',
      expected: { s: 'FAIL', e: '2', why: why(/^no account has: \/srv\/[ab] \/srv\/[ab]$/) },
    },
    'files of a container, or of a namespace, are not looked at': {
      given:
        'mkdir -p /var/lib/docker/overlay2/x /run/y; touch /var/lib/docker/overlay2/x/a /run/y/b; chown -R 4711 /var/lib/docker /run/y',
      expected: { s: 'PASS' },
    },
    'more than anybody reads': {
      given: 'cd /srv; touch {1..1500}; chown 4711 *',
      expected: { s: 'FAIL', e: '1000' },
    },
    'a search that does not end': {
      given: "printf '#!/bin/sh\\nexit 124\\n' >/usr/bin/timeout",
      expected: { s: 'UNKNOWN', why: 'not done within 240 seconds' },
    },
  },
  'PL.FIL.5': {
    'as the distribution ships it': shipped,
    'a shell of nobody’s package': {
      given: 'cp /bin/bash /srv/.sh; chmod 4755 /srv/.sh',
      expected: { s: 'FAIL', e: '1', why: 'not as packages have it: /srv/.sh' },
    },
    'a program of a package that did not run as root': {
      given: 'chmod u+s /usr/bin/find',
      expected: { s: 'FAIL', why: 'not as packages have it: /usr/bin/find' },
    },
    'the same, where the administrator says so': {
      given: 'dpkg-statoverride --update --add root root 4755 /usr/bin/find',
      expected: { s: 'PASS' },
    },
    'a program that was put in place of a package’s': {
      given: 'cp /bin/bash /usr/bin/passwd; chmod 4755 /usr/bin/passwd',
      expected: { s: 'FAIL', why: 'not as packages have it: /usr/bin/passwd' },
    },
    'a name that is a pattern': {
      given: "cp /bin/bash '/srv/su*'; chmod 4755 '/srv/su*'",
      expected: { s: 'FAIL', why: 'not as packages have it: /srv/su*' },
    },
  },
  'PL.FIL.6': {
    'a home as useradd makes it': { given: user, expected: { s: 'PASS' } },
    'keys that others may read': {
      given: `${user}; chmod 644 .ssh/authorized_keys`,
      expected: {
        s: 'FAIL',
        why: '/home/alice/.ssh/authorized_keys is 644, wanted 600 or stricter',
      },
    },
    'a home that its group writes to': {
      given: `${user}; chmod 2775 .`,
      expected: { s: 'FAIL', why: '/home/alice is 2775, wanted 7755 or stricter' },
    },
    'keys that lead to somebody else’s': {
      given: `${user}; rm .ssh/authorized_keys; touch /srv/keys; chmod 600 /srv/keys; chown 33:33 /srv/keys; ln -s ../../../srv/keys .ssh/authorized_keys`,
      expected: { s: 'FAIL', why: why(/belongs to www-data:www-data/) },
    },
    'keys elsewhere that others may write': {
      given: `${user}; mkdir /etc/ssh/keys; touch /etc/ssh/keys/alice; chmod 666 /etc/ssh/keys/alice; echo 'AuthorizedKeysFile /etc/ssh/keys/%u' >/etc/ssh/sshd_config.d/x.conf`,
      expected: { s: 'FAIL', why: '/etc/ssh/keys/alice is 666, wanted 755 or stricter' },
    },
    'keys elsewhere that others may read, as sshd must': {
      given: `${user}; mkdir /etc/ssh/keys; touch /etc/ssh/keys/alice; echo 'AuthorizedKeysFile /etc/ssh/keys/%u' >/etc/ssh/sshd_config.d/x.conf`,
      expected: { s: 'PASS' },
    },
    'a service without a shell': {
      given: 'useradd -r -m -s /usr/sbin/nologin app; chmod 777 /home/app',
      expected: { s: 'PASS' },
    },
    'a home that is a pattern': {
      given: `${user}; echo 'eve:x:1099:1099::/home/*:/bin/bash' >>/etc/passwd`,
      expected: { s: 'PASS' },
    },
  },
  'PL.FIL.7': {
    'as cron ships it': {
      given: ':',
      expected: { s: 'FAIL', why: '/etc/crontab is 644, wanted 600 or stricter' },
    },
    'all root’s': {
      given: 'chmod 600 /etc/crontab; chmod 700 /etc/cron.*',
      expected: { s: 'PASS' },
    },
    'a job that all may write to': {
      given:
        'chmod 600 /etc/crontab; chmod 700 /etc/cron.*; touch /etc/cron.daily/x; chmod 777 /etc/cron.daily/x',
      expected: { s: 'FAIL', why: '/etc/cron.daily/x is 777, wanted 755 or stricter' },
    },
    'root’s own list, which all may write to': {
      given:
        'chmod 600 /etc/crontab; chmod 700 /etc/cron.*; mkdir -p /var/spool/cron/crontabs; touch /var/spool/cron/crontabs/root; chmod 666 /var/spool/cron/crontabs/root',
      expected: { s: 'FAIL', why: '/var/spool/cron/crontabs/root is 666, wanted 600 or stricter' },
    },
    'no cron': { given: 'rm -r /etc/cron*', expected: { s: 'NA' } },
  },
  'PL.FIL.8': {
    'as sudo ships it': shipped,
    'a rule that all may write to': {
      given: 'touch /etc/sudoers.d/x; chmod 666 /etc/sudoers.d/x',
      expected: { s: 'FAIL', why: '/etc/sudoers.d/x is 666, wanted 440 or stricter' },
    },
    'a rule that sudo cannot read': {
      given: 'echo nonsense >/etc/sudoers.d/x; chmod 440 /etc/sudoers.d/x',
      expected: { s: 'FAIL', e: 'invalid', why: 'visudo -c rejects /etc/sudoers' },
    },
    'a rule elsewhere that all may write to': {
      given:
        "mkdir /opt/sudo; touch /opt/sudo/x; chmod 666 /opt/sudo/x; echo '@includedir /opt/sudo' >/etc/sudoers.d/x; chmod 440 /etc/sudoers.d/x",
      expected: { s: 'FAIL', why: '/opt/sudo/x is 666, wanted 755 or stricter' },
    },
    'a rule elsewhere that is root’s': {
      given:
        "mkdir /opt/sudo; touch /opt/sudo/x; chmod 440 /opt/sudo/x; echo '#includedir /opt/sudo' >/etc/sudoers.d/x; chmod 440 /etc/sudoers.d/x",
      expected: { s: 'PASS' },
    },
    'no sudo': { given: 'rm -r /etc/sudoers*', expected: { s: 'NA' } },
  },
};

describeOnRoots('files', (base) => {
  evaluatedCases(base, cases);

  test('a local disk that is mounted elsewhere is searched, too', () =>
    withRoot(
      base(),
      "mkdir -p /proc/self; echo '/dev/x /run/disk ext4 rw 0 0' >/proc/self/mounts; mkdir -p /run/disk; touch /run/disk/a; chown 4711 /run/disk/a",
      (root) => {
        expect(verdict(root, 'PL.FIL.4')).toMatchObject({ s: 'PASS' });
      },
    ));
});
