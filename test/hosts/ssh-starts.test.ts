import { expect } from '@jest/globals';
import { type Case, type Cases, describeOnRoots, evaluatedCases } from './files-root.ts';

const why = (pattern: RegExp) => expect.stringMatching(pattern);
const closed =
  "ssh-keygen -qA; mkdir -p /run/sshd; printf '%s\\n' 'PasswordAuthentication no' >/etc/ssh/sshd_config.d/00-own.conf";
/** A process as the kernel shows it; sshd writes how it was started into the name that it gives itself. */
const runs = (title: string, program = '/usr/sbin/sshd', comm = 'sshd') =>
  `mkdir -p /proc/77; echo ${comm} >/proc/77/comm; printf '%s\\0' '${title}' >/proc/77/cmdline; ln -s ${program} /proc/77/exe`;
const listener = (...args: readonly string[]) =>
  runs(`sshd: /usr/sbin/sshd -D ${args.join(' ')} [listener] 0 of 10-100 startups`);
const unit = (start: string, ...more: readonly string[]) =>
  `printf '%s\\n' '[Service]' ${more.map((line) => `'${line}' `).join('')}'ExecStart=${start}' >/etc/systemd/system/second.service`;
const other = (line: string) =>
  `printf '%s\\n' 'PasswordAuthentication no' '${line}' >/etc/ssh/other`;
const given = (...parts: readonly string[]) => [closed, ...parts].join('; ');
const passes: Case['expected'] = { s: 'PASS' };
const open = (by: RegExp): Case['expected'] => ({ s: 'FAIL', e: 'yes', why: why(by) });

const cases: Cases = {
  'PL.SSH.2': {
    'the files alone': { given: given(), expected: passes },
    'as the files say, with harmless arguments and a session': {
      given: given(
        listener('-o', 'LogLevel=VERBOSE', '-p', '22'),
        'cp -r /proc/77 /proc/78',
        "printf 'sshd: bob [priv]\\0' >/proc/78/cmdline",
      ),
      expected: passes,
    },
    'the daemon that runs was given another value': {
      given: given(listener('-o', 'PasswordAuthentication=yes')),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'in one word': {
      given: given(listener('-oPasswordAuthentication=yes')),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'with a blank in it': {
      given: given(listener('-o', 'PasswordAuthentication yes')),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'the daemon that runs has another file': {
      given: given(
        'echo PasswordAuthentication yes >/etc/ssh/other',
        listener('-f', '/etc/ssh/other'),
      ),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'the other file has a block': {
      given: given(
        other('Match Address 10.0.0.0/8\nPasswordAuthentication yes'),
        listener('-f', '/etc/ssh/other'),
      ),
      expected: open(/by \/etc\/ssh\/other:3 Match Address/),
    },
    'a second one runs': {
      given: given(
        listener(),
        'cp -r /proc/77 /proc/78',
        listener('-o', 'PasswordAuthentication=yes').replaceAll('77', '79'),
      ),
      expected: open(
        /^PasswordAuthentication is yes for root by sshd -o PasswordAuthentication=yes/,
      ),
    },
    'a second unit starts one': {
      given: given(unit('/usr/sbin/sshd -D -o PasswordAuthentication=yes')),
      expected: open(/for root by sshd -o PasswordAuthentication=yes/),
    },
    'a second unit starts one with another file': {
      given: given(
        'echo PasswordAuthentication yes >/etc/ssh/other',
        unit('-/usr/sbin/sshd -f /etc/ssh/other -i'),
      ),
      expected: open(/for root by sshd -f \/etc\/ssh\/other/),
    },
    'arguments in quotes': {
      given: given(`echo 'SSHD_OPTS="-o \\"PasswordAuthentication yes\\""' >/etc/default/ssh`),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'arguments with characters of their own': {
      given: given(
        `echo 'SSHD_OPTS="-o PasswordAuthentication=yes -o Banner=/etc/a:b~c"' >/etc/default/ssh`,
      ),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'a drop-in of the unit has the arguments': {
      given: given(
        `mkdir -p /etc/systemd/system/ssh.service.d; printf '%s\\n' '[Service]' 'Environment="SSHD_OPTS=-o PasswordAuthentication=yes"' >/etc/systemd/system/ssh.service.d/x.conf; rm /etc/default/ssh`,
      ),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'a drop-in of the unit names a file with the arguments': {
      given: given(
        `mkdir -p /etc/systemd/system/ssh.service.d; printf '%s\\n' '[Service]' 'EnvironmentFile=-/etc/ssh/env' >/etc/systemd/system/ssh.service.d/x.conf; echo 'SSHD_OPTS=-oPasswordAuthentication=yes' >/etc/ssh/env`,
      ),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'the sshd of a container': {
      given: given(
        listener('-o', 'PasswordAuthentication=yes'),
        'mkdir /image; ln -s ../../image /proc/77/root',
      ),
      expected: passes,
    },
    'another server runs beside it': {
      given: given(runs('/usr/sbin/dropbear -F', '/usr/sbin/dropbear', 'dropbear')),
      expected: { s: 'UNKNOWN', why: why(/^another SSH server runs: .*dropbear/) },
    },
    'an sshd that is not of the system runs': {
      given: given(runs('/opt/sshd -D', '/opt/sshd')),
      expected: { s: 'UNKNOWN', why: why(/^another SSH server runs: \/opt\/sshd -D/) },
    },
    'a comment behind a value': {
      given: given(
        "printf '%s\\n' 'Match Address 10.0.0.0/8' 'PasswordAuthentication no # as above' >/etc/ssh/sshd_config.d/90-x.conf",
      ),
      expected: passes,
    },
    'what a user calls itself is not run': {
      given: given(
        runs('sshd: /usr/sbin/sshd -o $(touch /mark) `touch /mark` a[$(touch /mark)] [listener]'),
      ),
      expected: { s: 'UNKNOWN' },
    },
  },
  'PL.SSH.3': {
    'no module for codes': {
      given: given('echo KbdInteractiveAuthentication no >/etc/ssh/sshd_config.d/00-k.conf'),
      expected: passes,
    },
    'a module for codes': {
      given: given("echo 'auth required pam_oath.so' >>/etc/pam.d/sshd"),
      expected: { s: 'NA' },
    },
    'a module for codes in a comment': {
      given: given(
        'echo KbdInteractiveAuthentication yes >/etc/ssh/sshd_config.d/00-k.conf',
        "echo 'auth required pam_unix.so # as pam_oath.so was' >>/etc/pam.d/sshd",
      ),
      expected: { s: 'FAIL' },
    },
  },
  'PL.SSH.18': {
    'a list': {
      given: given('echo AllowUsers ubuntu deploy >/etc/ssh/sshd_config.d/10-x.conf'),
      expected: passes,
    },
    'a list of everybody': {
      given: given("echo 'AllowUsers ubuntu *' >/etc/ssh/sshd_config.d/10-x.conf"),
      expected: { s: 'FAIL', e: 'none' },
    },
    'a list of everybody from everywhere': {
      given: given("echo 'AllowUsers ?*@*' >/etc/ssh/sshd_config.d/10-x.conf"),
      expected: { s: 'FAIL', e: 'none' },
    },
    'everybody from one network': {
      given: given("echo 'AllowUsers *@10.0.0.0/8' >/etc/ssh/sshd_config.d/10-x.conf"),
      expected: passes,
    },
    'every group': {
      given: given("echo 'AllowGroups *' >/etc/ssh/sshd_config.d/10-x.conf"),
      expected: { s: 'FAIL' },
    },
  },
  'PL.SSH.20': {
    'one daemon and no block': { given: given(listener()), expected: passes },
    'another server': {
      given: given(runs('dropbear -F', '/usr/sbin/dropbear', 'dropbear')),
      expected: { s: 'FAIL', e: 'another server' },
    },
    'a block of a file that only another start reads': {
      given: given(
        other('Match User bob\nPermitRootLogin yes'),
        unit('/usr/sbin/sshd -f /etc/ssh/other'),
      ),
      expected: { s: 'FAIL', why: why(/^\/etc\/ssh\/other:3 Match User bob sets PermitRootLogin/) },
    },
    'a file that is included from elsewhere is newer than the daemon': {
      given: given(
        'mkdir -p /run/systemd/system /opt; echo Include /opt/ssh.conf >/etc/ssh/sshd_config.d/10-x.conf; touch -d "+1 day" /opt/ssh.conf',
      ),
      standIns: ['sshd_loaded_at() { REPLY=$EPOCHSECONDS; }'],
      expected: { s: 'FAIL', e: 'not loaded', why: why(/^\/opt\/ssh\.conf is newer/) },
    },
  },
};

describeOnRoots('sshd as it is started', (base, distribution) =>
  evaluatedCases(base, distribution, cases),
);
