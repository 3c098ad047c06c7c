import { expect } from '@jest/globals';
import { type Case, type Cases, describeOnRoots, evaluatedCases } from './files-root.ts';

const why = (pattern: RegExp) => expect.stringMatching(pattern);
const shipped: Case = { given: ':', expected: { s: 'PASS', p: true } };
const key =
  "ssh-keygen -q -t ed25519 -N '' -C 'a \"b\" $(touch mark)' -f /k; install -d -m 700 -o alice -g alice /home/alice/.ssh; cd /home/alice/.ssh; (echo '# comment'; echo \"no-pty $(cat /k.pub)\") >authorized_keys";
const alice = `useradd -m -s /bin/bash alice; ${key}`;
const faillock = (...lines: readonly string[]) =>
  `printf '%s\\n' 'auth requisite pam_faillock.so preauth' 'auth [default=die] pam_faillock.so authfail' >>/etc/pam.d/common-auth; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >/etc/security/faillock.conf`;
const sudoers = (...lines: readonly string[]) =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >/etc/sudoers.d/x; chmod 440 /etc/sudoers.d/x`;
const docker = 'touch /usr/bin/dockerd; groupadd docker; useradd alice';

const cases: Cases = {
  'PL.ACC.1': {
    'as the distribution ships it': shipped,
    'a second root': {
      given: 'echo "toor:x:0:0::/root:/bin/bash" >>/etc/passwd',
      expected: { s: 'FAIL', e: '1', why: 'also 0: toor' },
    },
    'a second root by another spelling': {
      given: 'echo "toor:x:000:0::/root:/bin/bash" >>/etc/passwd',
      expected: { s: 'FAIL', why: 'also 0: toor' },
    },
    'a second root with a number that only the C library reads so': {
      given: "echo 'toor:x: +0:0::/root:/bin/bash' >>/etc/passwd",
      expected: { s: 'FAIL', why: 'also 0: toor' },
    },
    'a second root in the other list of accounts': {
      given:
        "mkdir -p /var/lib/extrausers; echo 'toor:x:0:0::/root:/bin/bash' >/var/lib/extrausers/passwd",
      expected: { s: 'FAIL', why: 'also 0: toor' },
    },
    'a name that is bash': {
      given: "echo '$(touch mark)[x]:x:0:0:::' >>/etc/passwd",
      expected: { s: 'FAIL', why: 'also 0: $(touch mark)[x]' },
    },
  },
  'PL.ACC.2': {
    'as the distribution ships it': shipped,
    'an empty password': {
      given: "useradd bob; usermod -p '' bob",
      expected: { s: 'FAIL', why: 'empty or not shadowed: bob' },
    },
    'a hash that all may read': {
      given: "echo 'bob:$6$abc:1001:1001::/:/bin/sh' >>/etc/passwd",
      expected: { s: 'FAIL', why: 'empty or not shadowed: bob' },
    },
    'passwd says that there is none, whatever shadow says': {
      given: "useradd bob; sed -i 's/^bob:x:/bob::/' /etc/passwd",
      expected: { s: 'FAIL', why: 'empty or not shadowed: bob' },
    },
    'a hash of the old kind that begins like the mark of shadow': {
      given: "echo 'bob:xyAbCdEfGhIjK:1001:1001::/:/bin/sh' >>/etc/passwd",
      expected: { s: 'FAIL', why: 'empty or not shadowed: bob' },
    },
    'a hash in a line without a shell': {
      given: "echo 'bob:$6$abc:1001:1001::/' >>/etc/passwd",
      expected: { s: 'FAIL', why: 'empty or not shadowed: bob' },
    },
    'locked in passwd itself': {
      given: "echo 'bob:*:1001:1001::/:/bin/sh' >>/etc/passwd",
      expected: { s: 'PASS' },
    },
    'an empty password in the other list of accounts': {
      given: "mkdir -p /var/lib/extrausers; echo 'bob::1:::::: ' >/var/lib/extrausers/shadow",
      expected: { s: 'FAIL', why: 'empty or not shadowed: bob' },
    },
    'no shadow at all': { given: 'rm /etc/shadow', expected: { s: 'UNKNOWN' } },
  },
  'PL.ACC.3': {
    'as the distribution ships it': shipped,
    'a service with a shell': {
      given: 'useradd -r -s /bin/bash app',
      expected: { s: 'FAIL', why: 'shell of: app' },
    },
    'a service without one is given sh': {
      given: "useradd -r app; usermod -s '' app",
      expected: { s: 'FAIL', why: 'shell of: app' },
    },
    'a shell that is only called like none': {
      given: 'useradd -r -s /opt/nologin app',
      expected: { s: 'FAIL', why: 'shell of: app' },
    },
    'an account that is only called like one that may': {
      given: "sed -i 's|^sync:.*|sync:x:4:65534::/:/bin/bash|' /etc/passwd",
      expected: { s: 'FAIL', why: 'shell of: sync' },
    },
    'people begin earlier here': {
      given: "useradd -u 700 -s /bin/bash bob; sed -i 's/^UID_MIN.*/UID_MIN 500/' /etc/login.defs",
      expected: { s: 'PASS' },
    },
  },
  'PL.ACC.4': {
    'as the distribution ships it': {
      given: ':',
      expected: { s: 'FAIL', e: 'SHA512 8', why: 'minlen is 8' },
    },
    'long enough': {
      given: "echo 'minlen = 14' >>/etc/security/pwquality.conf",
      expected: { s: 'PASS', e: 'SHA512 14' },
    },
    'a file beside it is read before': {
      given:
        "mkdir -p /etc/security/pwquality.conf.d; echo 'minlen=16' >/etc/security/pwquality.conf.d/z.conf; echo 'minlen = 6' >>/etc/security/pwquality.conf",
      expected: { s: 'FAIL', why: 'minlen is 6' },
    },
    'an argument of PAM takes it back': {
      given:
        "echo 'minlen = 14' >>/etc/security/pwquality.conf; sed -i 's/pam_pwquality.so/& minlen=7/' /etc/pam.d/common-password",
      expected: { s: 'FAIL', why: 'minlen is 7' },
    },
    'PAM writes weak hashes, whatever login.defs says': {
      given:
        "echo 'minlen = 14' >>/etc/security/pwquality.conf; sed -i 's/yescrypt/md5/' /etc/pam.d/common-password",
      expected: { s: 'FAIL', p: true, why: 'pam_unix keeps weak hashes' },
    },
    'login.defs says otherwise': {
      given:
        "echo 'minlen = 14' >>/etc/security/pwquality.conf; sed -i 's/^ENCRYPT_METHOD.*/ENCRYPT_METHOD MD5/' /etc/login.defs",
      expected: { s: 'FAIL', p: false, why: 'ENCRYPT_METHOD of login.defs is MD5' },
    },
    'credits make them shorter': {
      given:
        "printf '%s\\n' 'minlen = 14' 'dcredit = 3' 'ucredit=2' 'lcredit = -1' >>/etc/security/pwquality.conf",
      expected: { s: 'FAIL', why: 'minlen is 9' },
    },
    'the module only warns': {
      given: "printf '%s\\n' 'minlen = 14' 'enforcing = 0' >>/etc/security/pwquality.conf",
      expected: { s: 'FAIL', why: 'pam_pwquality only warns: enforcing is 0' },
    },
    'the module stands in a comment': {
      given:
        "echo 'minlen = 14' >>/etc/security/pwquality.conf; sed -i 's/^password.*pam_pwquality/password optional pam_permit.so # &/' /etc/pam.d/common-password",
      expected: { s: 'FAIL', why: 'PAM does not call pam_pwquality' },
    },
    'nobody heeds the module': {
      given:
        "echo 'minlen = 14' >>/etc/security/pwquality.conf; sed -i 's/requisite\\(.*pam_pwquality\\)/optional \\1/' /etc/pam.d/common-password",
      expected: { s: 'FAIL', why: 'PAM does not heed pam_pwquality' },
    },
    'the password is taken before the module is asked': {
      given:
        "echo 'minlen = 14' >>/etc/security/pwquality.conf; sed -i '1i password sufficient pam_unix.so yescrypt' /etc/pam.d/common-password",
      expected: { s: 'FAIL', why: 'PAM does not heed pam_pwquality' },
    },
    'passwd asks nobody else': {
      given:
        "echo 'minlen = 14' >>/etc/security/pwquality.conf; sed -i 's/^@include common-password/password required pam_unix.so/' /etc/pam.d/passwd",
      expected: { s: 'FAIL', p: true, why: 'PAM of passwd calls pam_unix alone' },
    },
    'nothing asks for a length': {
      given:
        "echo 'minlen = 14' >>/etc/security/pwquality.conf; sed -i /pam_pwquality/d /etc/pam.d/common-password",
      expected: { s: 'FAIL', why: 'PAM does not call pam_pwquality' },
    },
  },
  'PL.ACC.5': {
    'as the distribution ships it': {
      given: ':',
      expected: { s: 'FAIL', why: 'PAM does not call pam_faillock' },
    },
    'five times, then a quarter of an hour': {
      given: faillock('deny = 5', '# even_deny_root', 'unlock_time=900'),
      expected: { s: 'PASS', e: '5 900' },
    },
    'everybody is let in before it is asked': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i '1i auth sufficient pam_permit.so' /etc/pam.d/common-auth`,
      expected: {
        s: 'FAIL',
        why: 'PAM lets in without a password: auth sufficient pam_permit.so',
      },
    },
    'what is let in once the password was right': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i '/^@include common-auth/a auth sufficient pam_permit.so' /etc/pam.d/login`,
      expected: { s: 'PASS' },
    },
    'sshd asks for passwords by itself': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i 's/^@include common-auth/auth required pam_unix.so/' /etc/pam.d/sshd`,
      expected: { s: 'FAIL', why: 'PAM of sshd asks pam_unix without pam_faillock' },
    },
    'sshd asks for a code and no password': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i 's/^@include common-auth/auth required pam_google_authenticator.so/' /etc/pam.d/sshd`,
      expected: { s: 'PASS' },
    },
    'nobody heeds that an account is locked': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i 's/requisite pam_faillock/optional pam_faillock/' /etc/pam.d/common-auth`,
      expected: { s: 'FAIL', why: expect.stringMatching(/^PAM only counts/) },
    },
    'PAM reads another file': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i 's|authfail|& conf=/opt/faillock|' /etc/pam.d/common-auth; echo 'deny = 500' >/opt/faillock`,
      expected: { s: 'FAIL', why: 'deny 500, unlock_time 600' },
    },
    'root is locked out, too': {
      given: faillock('deny = 5', 'unlock_time = 900', 'even_deny_root'),
      expected: { s: 'FAIL', why: 'even_deny_root: guesses lock root out' },
    },
    'root is locked out by PAM itself': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i 's/authfail/& even_deny_root/' /etc/pam.d/common-auth`,
      expected: { s: 'FAIL', why: 'even_deny_root: guesses lock root out' },
    },
    'an argument of PAM takes it back': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i 's/authfail/& deny=50/' /etc/pam.d/common-auth`,
      expected: { s: 'FAIL', why: 'deny 50, unlock_time 900' },
    },
    'a comment that names root': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i 's/authfail/& # even_deny_root/' /etc/pam.d/common-auth`,
      expected: { s: 'PASS' },
    },
    'failures are counted, and nobody is turned away': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i /preauth/d /etc/pam.d/common-auth`,
      expected: { s: 'FAIL', why: expect.stringMatching(/^PAM only counts/) },
    },
    'the line that counts is a comment': {
      given: `${faillock('deny = 5', 'unlock_time = 900')}; sed -i 's/^auth.*authfail/auth optional pam_permit.so # &/' /etc/pam.d/common-auth`,
      expected: { s: 'FAIL', why: 'PAM does not call pam_faillock' },
    },
    'failures are forgotten after a second': {
      given: faillock('deny = 5', 'unlock_time = 900', 'fail_interval = 1'),
      expected: { s: 'FAIL', why: 'fail_interval 1' },
    },
    'never let in again': {
      given: faillock('deny = 5', 'unlock_time = 0'),
      expected: { s: 'FAIL', why: 'deny 5, unlock_time 0' },
    },
  },
  'PL.ACC.6': {
    'as the distribution ships it': shipped,
    'the user of a cloud image': {
      given: sudoers('ubuntu ALL=(ALL) NOPASSWD:ALL'),
      expected: { s: 'PASS' },
    },
    'the user of a cloud image, where nobody may': {
      given: sudoers('ubuntu ALL=(ALL) NOPASSWD:ALL'),
      parameters: 'PL.ACC.6.without=nobody',
      expected: { s: 'FAIL', why: why(/^without a password: ubuntu ALL =/) },
    },
    'somebody else, behind an alias': {
      given: sudoers('User_Alias OPS = ubuntu, bob', 'OPS ALL=(ALL) NOPASSWD: ALL'),
      expected: { s: 'FAIL', why: why(/^without a password: ubuntu, bob ALL =/) },
    },
    'a later file switches the terminal off': {
      given: sudoers('Defaults !use_pty'),
      expected: { s: 'FAIL', why: 'use_pty is not set' },
    },
    'for one user alone': {
      given: sudoers('Defaults:bob !use_pty'),
      expected: { s: 'FAIL', why: 'Defaults:bob !use_pty' },
    },
    'nobody is asked': {
      given: sudoers('Defaults !authenticate'),
      expected: { s: 'FAIL', why: 'without a password: Defaults !authenticate' },
    },
    'PAM asks nobody': {
      given: "sed -i '1a auth sufficient pam_permit.so' /etc/pam.d/sudo",
      expected: { s: 'FAIL', why: 'without a password: auth sufficient pam_permit.so' },
    },
    'PAM trusts a group': {
      given:
        "sed -i '1a auth [success=done default=ignore] pam_wheel.so trust group=users' /etc/pam.d/sudo",
      expected: { s: 'FAIL', why: why(/^without a password: auth \[success=done/) },
    },
    'PAM lets root do it': {
      given: "sed -i '1a auth sufficient pam_rootok.so' /etc/pam.d/sudo",
      expected: { s: 'PASS' },
    },
    'the rules are another file': {
      given: "echo 'Plugin sudoers_policy sudoers.so sudoers_file=/opt/rules' >>/etc/sudo.conf",
      expected: { s: 'UNKNOWN', why: why(/^sudo goes by other rules: Plugin .*\/opt\/rules$/) },
    },
    'the plugin is named as it is': {
      given: "echo 'Plugin sudoers_policy sudoers.so' >>/etc/sudo.conf",
      expected: { s: 'PASS' },
    },
    'a group is exempted': {
      given: sudoers('Defaults exempt_group = sudo'),
      expected: { s: 'FAIL', why: why(/^without a password: Defaults exempt_group/) },
    },
    'asked once for ever': {
      given: sudoers('Defaults timestamp_timeout=-1'),
      expected: { s: 'FAIL', why: why(/^asked once and never again/) },
    },
    'nothing is logged of one user': {
      given: sudoers('Defaults:bob !syslog'),
      expected: { s: 'FAIL', why: 'Defaults:bob !syslog' },
    },
    'what was allowed is not logged': {
      given: sudoers('Defaults !log_allowed'),
      expected: { s: 'FAIL', why: 'nothing is logged' },
    },
    'nothing is logged': {
      given: sudoers('Defaults !syslog'),
      expected: { s: 'FAIL', why: 'nothing is logged' },
    },
    'logged into a file instead': {
      given: sudoers('Defaults !syslog, logfile=/var/log/sudo.log'),
      expected: { s: 'PASS' },
    },
    'rules that cannot be read': { given: sudoers('nonsense'), expected: { s: 'UNKNOWN' } },
  },
  'PL.ACC.7': {
    'no keys': { given: ':', expected: { s: 'PASS', e: '0 keys' } },
    'a new key': { given: alice, expected: { s: 'PASS', e: '1 keys' } },
    'an old one': {
      given: `${alice}; touch -d '2 years ago' authorized_keys`,
      expected: { s: 'FAIL', why: 'older than 365 days: /home/alice/.ssh/authorized_keys' },
    },
    'an old one that may be': {
      given: `${alice}; touch -d '2 years ago' authorized_keys`,
      parameters: 'PL.ACC.7.days=800',
      expected: { s: 'PASS' },
    },
    'one that is known': {
      given: `${alice}; mkdir /etc/plumbline; ssh-keygen -lf /k.pub | cut -d' ' -f2 >/etc/plumbline/known-keys`,
      expected: { s: 'PASS' },
    },
    'one that is not known': {
      given: `${alice}; mkdir /etc/plumbline; echo SHA256:x >/etc/plumbline/known-keys`,
      expected: { s: 'FAIL', why: why(/^unknown: SHA256:[\w+/]{43} \/home\/alice\/\.ssh/) },
    },
    'an old one elsewhere': {
      given: `${alice}; mkdir /etc/ssh/keys; mv authorized_keys /etc/ssh/keys/alice; touch -d '2 years ago' /etc/ssh/keys/alice; echo 'AuthorizedKeysFile /etc/ssh/keys/%u' >/etc/ssh/sshd_config.d/x.conf`,
      expected: { s: 'FAIL', why: 'older than 365 days: /etc/ssh/keys/alice' },
    },
    'an old one elsewhere, for those of a block': {
      given: `${alice}; mv authorized_keys /home/alice/more; touch -d '2 years ago' /home/alice/more; mkdir /etc/ssh/own; echo 'Include own/*' >/etc/ssh/sshd_config.d/x.conf; printf '%s\n' 'Match User alice' 'authorizedkeysfile="%h/more"' >/etc/ssh/own/y`,
      expected: { s: 'FAIL', why: 'older than 365 days: /home/alice/more' },
    },
    'one of an account without a shell': {
      given: `${alice}; touch -d '2 years ago' authorized_keys; usermod -s /usr/sbin/nologin alice`,
      expected: { s: 'FAIL', why: 'older than 365 days: /home/alice/.ssh/authorized_keys' },
    },
    'an old one that signs others': {
      given: `${alice}; touch -d '2 years ago' /k.pub; echo 'TrustedUserCAKeys /k.pub' >/etc/ssh/sshd_config.d/x.conf`,
      expected: { s: 'FAIL', why: 'older than 365 days: /k.pub' },
    },
    'a command gives more': {
      given:
        "printf '%s\\n' 'AuthorizedKeysCommand /usr/bin/sss_ssh_authorizedkeys %u' 'AuthorizedKeysCommandUser nobody' >/etc/ssh/sshd_config.d/x.conf",
      expected: { s: 'UNKNOWN', why: why(/^keys come from \/usr\/bin\/sss_ssh_authorizedkeys/) },
    },
    'a pipe in their place': {
      given:
        'useradd -m -s /bin/bash alice; mkdir /home/alice/.ssh; mkfifo /home/alice/.ssh/authorized_keys',
      expected: { s: 'PASS', e: '0 keys' },
    },
  },
  'PL.ACC.8': {
    'no Docker': { given: ':', expected: { s: 'NA' } },
    'nobody in the group': { given: docker, expected: { s: 'PASS' } },
    'somebody in the group': {
      given: `${docker}; gpasswd -a alice docker`,
      expected: { s: 'FAIL', why: 'as good as root: alice' },
    },
    'somebody in another group of the same number': {
      given: `${docker}; echo "app:x:$(getent group docker | cut -d: -f3):alice" >>/etc/group`,
      expected: { s: 'FAIL', why: 'as good as root: alice' },
    },
    'somebody in the group that dockerd is told': {
      given: `${docker}; mkdir -p /etc/docker; echo '{ "group": "users" }' >/etc/docker/daemon.json; gpasswd -a alice users`,
      expected: { s: 'FAIL', why: 'as good as root: alice' },
    },
    'somebody in the group of the socket': {
      given: `${docker}; mkdir -p /etc/systemd/system/docker.socket.d; printf '%s\n' '[Socket]' 'SocketGroup=users' >/etc/systemd/system/docker.socket.d/x.conf; gpasswd -a alice users`,
      expected: { s: 'FAIL', why: 'as good as root: alice' },
    },
    'somebody whose own group it is': {
      given: `${docker}; usermod -g docker alice`,
      expected: { s: 'FAIL', why: 'as good as root: alice' },
    },
  },
};

describeOnRoots('accounts', (base) => evaluatedCases(base, cases));
