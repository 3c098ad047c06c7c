import { expect } from '@jest/globals';
import { type Case, type Cases, describeOnRoots, evaluatedCases } from '../files/files-root.ts';

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
/** A file of these lines. */
const file = (path: string, ...lines: readonly string[]) =>
  `mkdir -p "$(dirname ${path})"; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >${path}`;
const opened = '-o PasswordAuthentication=yes';
const dropIn = (...lines: readonly string[]) =>
  file('/etc/systemd/system/ssh.service.d/x.conf', '[Service]', ...lines);
/** Lines of a block that no user meets here. */
const block = (...lines: readonly string[]) =>
  file('/etc/ssh/sshd_config.d/90-x.conf', 'Match LocalPort 2222', ...lines);
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
    'letters in one word with the one that names a file': {
      given: given(other('').replace('no', 'yes'), listener('-Df', '/etc/ssh/other')),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'a line of a unit that goes on': {
      given: given(dropIn('ExecStart=', 'ExecStart=/usr/sbin/sshd -D \\', `  ${opened}`)),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'a line of a unit with blanks, and a name without a folder': {
      given: given(dropIn(`ExecStart = sshd -D ${opened}`)),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'a shell of a second unit starts one': {
      given: given(unit(`/bin/sh -c "exec /usr/sbin/sshd -D ${opened}"`)),
      expected: open(/for root by sshd -o PasswordAuthentication=yes/),
    },
    'a second variable in a line': {
      given: given('rm /etc/default/ssh', dropIn(`Environment="LANG=C" "SSHD_OPTS=${opened}"`)),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'a variable of all units': {
      given: given(
        'rm /etc/default/ssh',
        file('/etc/systemd/system.conf.d/x.conf', `DefaultEnvironment="SSHD_OPTS=${opened}"`),
      ),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'a drop-in of all services': {
      given: given(
        'rm /etc/default/ssh',
        file('/etc/systemd/system/service.d/x.conf', `Environment="SSHD_OPTS=${opened}"`),
      ),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'files with variables, by a pattern': {
      given: given(
        dropIn('EnvironmentFile=-/etc/ssh/env.d/*'),
        file('/etc/ssh/env.d/a', ' SSHD_OPTS="-o LogLevel=INFO \\', `${opened}"`),
      ),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'a unit that was built here': {
      given: given(
        file('/usr/local/lib/systemd/system/x.service', `ExecStart=/usr/sbin/sshd ${opened}`),
      ),
      expected: open(/^PasswordAuthentication is yes/),
    },
    'a table of cron starts one': {
      given: given(file('/etc/cron.d/x', `@reboot root /usr/sbin/sshd -p 2222 ${opened}`)),
      expected: open(/for root by sshd -p 2222 -o PasswordAuthentication=yes/),
    },
    'a table of cron asks whether it runs': {
      given: given(
        file('/etc/cron.d/x', '* * * * * root pgrep -f /usr/sbin/sshd || mail -s gone root'),
      ),
      expected: passes,
    },
    'inetd starts one': {
      given: given(
        file('/etc/inetd.conf', `ssh stream tcp nowait root /usr/sbin/sshd sshd -i ${opened}`),
      ),
      expected: open(/for root by sshd -o PasswordAuthentication=yes/),
    },
    'a unit that is masked': {
      given: given(
        file('/usr/lib/systemd/system/x.service', `ExecStart=/usr/sbin/sshd ${opened}`),
        'ln -s /dev/null /etc/systemd/system/x.service',
      ),
      expected: passes,
    },
    'a unit of /etc in the place of another': {
      given: given(
        file('/usr/lib/systemd/system/second.service', `ExecStart=/usr/sbin/sshd ${opened}`),
        unit('/usr/sbin/sshd -D'),
      ),
      expected: passes,
    },
    'a build of somebody’s own': {
      given: given(file('/opt/ssh/sshd', ''), unit('/opt/ssh/sshd -D')),
      expected: { s: 'UNKNOWN', why: why(/^another SSH server runs: \/opt\/ssh\/sshd -D/) },
    },
    'an option in quotes in a block': {
      given: given(block('"PasswordAuthentication" yes')),
      expected: open(/by \/etc\/ssh\/sshd_config\.d\/90-x\.conf:2 Match LocalPort 2222/),
    },
    'a file that is not there': {
      given: given(block('Include /opt/gone.conf')),
      expected: passes,
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
    'by its oldest name, in a block': {
      given: given(
        'echo KbdInteractiveAuthentication no >/etc/ssh/sshd_config.d/00-k.conf',
        block('SkeyAuthentication yes'),
      ),
      expected: { s: 'FAIL', e: 'yes' },
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
    'everybody from all addresses': {
      given: given("echo 'AllowUsers *@0.0.0.0/0' >/etc/ssh/sshd_config.d/10-x.conf"),
      expected: { s: 'FAIL', e: 'none' },
    },
    'a block with a list of everybody': {
      given: given(
        'echo AllowUsers deploy >/etc/ssh/sshd_config.d/10-x.conf',
        block('AllowUsers *'),
      ),
      expected: { s: 'FAIL', why: 'a Match block lifts the limits for LocalPort 2222' },
    },
    'a block with a list of everybody, and another list for all': {
      given: given(
        "printf '%s\\n' 'AllowUsers deploy' 'AllowGroups sudo' >/etc/ssh/sshd_config.d/10-x.conf",
        block('AllowUsers *'),
      ),
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
    'a server that waits for its socket': {
      given: given(
        'mkdir -p /etc/systemd/system/sockets.target.wants; ln -s ../dropbear.socket /etc/systemd/system/sockets.target.wants/',
      ),
      expected: { s: 'FAIL', e: 'another server', why: why(/dropbear\.socket$/) },
    },
    'a file that everybody may write': {
      given: given(
        block('Include /opt/more.conf'),
        file('/opt/more.conf', '#'),
        'chmod 666 /opt/*',
      ),
      expected: {
        s: 'FAIL',
        e: 'writable',
        why: 'others than root may write /opt/more.conf, which sshd goes by',
      },
    },
    'a folder that everybody may write, with nothing in it': {
      given: given(block('Include /opt/more/*.conf'), 'mkdir -m 777 /opt/more'),
      expected: { s: 'FAIL', why: why(/^others than root may write \/opt\/more,/) },
    },
    'authorities that somebody else may write': {
      given: given(
        'cp /etc/ssh/ssh_host_ed25519_key.pub /opt/ca; chown 33 /opt/ca',
        'echo TrustedUserCAKeys /opt/ca >/etc/ssh/sshd_config.d/10-x.conf',
      ),
      expected: { s: 'FAIL', why: why(/^others than root may write \/opt\/ca,/) },
    },
    'a drop-in was taken away since the daemon has read it': {
      given: given(
        'mkdir -p /run/systemd/system; find /etc/ssh -exec touch -d "-1 day" {} +; touch /etc/ssh/sshd_config.d',
      ),
      standIns: ['sshd_loaded_at() { REPLY=$((EPOCHSECONDS - 3600)); }'],
      expected: { s: 'FAIL', e: 'not loaded', why: why(/^\/etc\/ssh\/sshd_config\.d is newer/) },
    },
    'nothing changed since': {
      given: given('mkdir -p /run/systemd/system; find /etc/ssh -exec touch -d "-1 day" {} +'),
      standIns: ['sshd_loaded_at() { REPLY=$((EPOCHSECONDS - 3600)); }'],
      expected: passes,
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

describeOnRoots('sshd as it is started', (base) => evaluatedCases(base, cases));
