import { execFileSync } from 'node:child_process';
import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { auditHost } from '../../lib/hosts/documents/audit-host.ts';
import {
  amazon,
  type Case,
  controlOf,
  debian,
  evaluatedOf,
  evaluatedRows,
  says,
  starts,
} from './audit-evaluated.ts';
import { type Files, put, type Report, runDocument, withFolder } from './audited.ts';

const auditd: Files = { 'usr/sbin/auditd': '', ...debian };
const docker: Files = { 'usr/bin/dockerd': '', 'etc/docker/daemon.json': '{}' };
const systemd: Files = { ...debian, 'run/systemd/system/x': '' };
/** What systemd would say of units; all others are not there. */
const units = (states: Readonly<Record<string, string>>) => [
  'unit_state() {',
  'case $1 in',
  ...Object.entries(states).map(([unit, state]) => `${unit}) REPLY='${state}' ;;`),
  "*) REPLY='not-found inactive' ;;",
  'esac',
  '}',
];

/** Per control: files that are watched, and the rules as auditctl prints them. */
const watched: Readonly<Record<string, readonly [there: Files, rules: readonly string[]]>> = {
  'PL.AUD.2': [
    { 'etc/passwd': '', 'etc/shadow': '' },
    ['-w /etc/passwd -p wa -k identity', '-w /etc/shadow -p rwa -k identity'],
  ],
  'PL.AUD.3': [
    { 'etc/sudoers': '', 'etc/sudoers.d/x': '' },
    ['-w /etc/sudoers -p wa -k scope', '-w /etc/sudoers.d/ -p wa -k scope'],
  ],
  'PL.AUD.4': [{ 'etc/ssh/sshd_config': '' }, ['-w /etc/ssh/sshd_config -p wa -k sshd']],
  'PL.AUD.5': [
    { 'run/utmp': '', 'etc/hosts': '' },
    [
      '-a always,exit -F arch=b32 -S settimeofday,adjtimex -F key=time',
      '-a always,exit -F arch=b64 -S adjtimex,settimeofday,clock_settime -F key=time',
      '-a always,exit -F arch=b32 -S sethostname,setdomainname -F key=net',
      '-a always,exit -F arch=b64 -S sethostname,setdomainname -F key=net',
      '-w /etc/hosts -p wa -k net',
      '-w /var/run/utmp -p wa -k session',
    ],
  ],
  'PL.AUD.6': [
    {},
    ['b32', 'b64'].map(
      (arch) => `-a always,exit -F arch=${arch} -S execve -C uid!=euid -F auid!=-1 -F key=user`,
    ),
  ],
  'PL.AUD.7': [
    {},
    ['b32', 'b64'].flatMap((arch) =>
      ['init_module,delete_module,finit_module', 'mount', 'rename,unlink,renameat,unlinkat'].map(
        (calls) =>
          `-a always,exit -F arch=${arch} -S ${calls} -F auid>=1000 -F auid!=-1 -F key=calls`,
      ),
    ),
  ],
  'PL.AUD.8': [docker, ['-w /usr/bin/dockerd -p wa -k docker', '-w /etc/docker -p wa -k docker']],
};
const inFile = (rules: readonly string[]): Files => ({
  'etc/audit/rules.d/own.rules': `## ours\n-D\n${rules.join('\n')}\n`,
});

for (const [id, [there, rules]] of Object.entries(watched)) {
  const files = { ...auditd, ...there };
  const loaded = (lines: readonly string[]) => [says('loaded_rules', ...lines)];
  test.each([
    ['loaded, and written', { ...files, ...inFile(rules) }, rules, { s: 'PASS', p: true }],
    ['not loaded', { ...files, ...inFile(rules) }, ['No rules'], { s: 'FAIL', p: true }],
    ['not written', files, rules, { s: 'FAIL', p: false }],
    [
      'taken out of the file that is read at boot',
      { ...files, ...inFile(rules.slice(1).concat(`#${rules[0]}`)) },
      rules,
      { s: 'FAIL', p: false },
    ],
  ] as const)(`${id}: its rules are %s`, (_, given, said, expected) => {
    expect(evaluatedOf(id, given, loaded(said))).toMatchObject(expected);
  });
}

const auditdConf = (...lines: readonly string[]): Files => ({
  ...auditd,
  'etc/audit/auditd.conf': [
    ...['max_log_file = 8', 'num_logs = 5', 'max_log_file_action = ROTATE'],
    ...['space_left_action = SYSLOG', 'admin_space_left_action = SUSPEND'],
    ...['disk_full_action = SUSPEND', 'disk_error_action = syslog', ...lines, ''],
  ].join('\n'),
});
const journald = (text: string): Files => ({
  ...systemd,
  'var/log/journal/x': '',
  'etc/systemd/journald.conf': '[Journal]\n#Storage=auto\n',
  'etc/systemd/journald.conf.d/own.conf': `[Journal]\n${text}\n`,
});
const apt = (settings: Readonly<Record<string, string>> = {}) => {
  const all = {
    'APT::Periodic::Update-Package-Lists': '1',
    'APT::Periodic::Unattended-Upgrade': '1',
    'Unattended-Upgrade::Origins-Pattern::': 'origin=Debian,label=Debian-Security',
    ...settings,
  };
  return [says('apt_says', ...Object.entries(all).map(([key, value]) => `${key} "${value}";`))];
};
const upgrades: Files = {
  ...debian,
  'usr/bin/unattended-upgrade': { text: '', mode: 0o755 },
  'etc/systemd/system/timers.target.wants/apt-daily.timer': '',
  'etc/systemd/system/timers.target.wants/apt-daily-upgrade.timer': '',
};
const lists: Files = { ...debian, 'var/lib/apt/lists/partial/x': '' };
const waits = (...packages: readonly string[]) => [
  packages.length === 0
    ? 'waiting_updates() { :; }'
    : says('waiting_updates', ...packages.map((name) => `Inst ${name} [1] (2 Debian-Security:12)`)),
];
const chrony = units({ 'chrony.service': 'enabled active', 'chronyd.service': 'alias active' });
const synchronised = (answer: string) => says('clock_is_right', answer);
const kernels = (...releases: readonly string[]): Files => ({
  'proc/sys/kernel/osrelease': '6.1.0-9-amd64\n',
  ...Object.fromEntries(releases.map((release) => [`boot/vmlinuz-${release}`, ''])),
});

const cases: Readonly<Record<string, Case>> = {
  'the audit daemon runs': [
    'PL.AUD.1',
    systemd,
    { s: 'PASS' },
    units({ 'auditd.service': 'enabled active' }),
  ],
  'the audit daemon is not there': ['PL.AUD.1', systemd, { s: 'FAIL', p: false }, units({})],
  'the audit daemon is not started by a boot': [
    'PL.AUD.1',
    systemd,
    { s: 'FAIL', p: false },
    units({ 'auditd.service': 'disabled active' }),
  ],
  'nothing that is watched is there': ['PL.AUD.4', auditd, { s: 'NA' }, [says('loaded_rules', '')]],
  'the kernel may not be asked': [
    'PL.AUD.6',
    auditd,
    { s: 'UNKNOWN' },
    ['loaded_rules() { return 1; }'],
  ],
  'without Docker': ['PL.AUD.8', auditd, { s: 'NA' }],
  'without auditd': ['PL.AUD.2', debian, { s: 'NA' }],
  'the audit log is as Debian ships it': ['PL.AUD.9', auditdConf(), { s: 'PASS' }],
  'a full log halts the host, as benchmarks want it': [
    'PL.AUD.9',
    auditdConf('admin_space_left_action = halt'),
    { s: 'FAIL', e: 'halt' },
  ],
  ...Object.fromEntries(
    [
      'overflow_action = halt',
      'overflow_action = Single',
      'disk_full_action = exec /sbin/poweroff',
    ].map((line): [string, Case] => [
      `the host is halted by "${line}"`,
      ['PL.AUD.9', auditdConf(line), { s: 'FAIL', why: `the host may be halted: ${line}` }],
    ]),
  ),
  'a full disk starts a program': [
    'PL.AUD.9',
    auditdConf('disk_full_action = exec /usr/local/bin/tell'),
    { s: 'PASS' },
  ],
  'a full log halts the host, in whatever letters': [
    'PL.AUD.9',
    auditdConf('disk_full_action = Halt'),
    { s: 'FAIL', e: 'Halt' },
  ],
  'a file of rules panics the kernel, with a tab': [
    'PL.AUD.9',
    { ...auditdConf(), 'etc/audit/rules.d/99-last.rules': '-f\t2\n' },
    { s: 'FAIL', e: 'panic' },
  ],
  'the kernel was told to panic, and no file says so': [
    'PL.AUD.9',
    auditdConf(),
    { s: 'FAIL', e: 'panic', p: true },
    [says('audit_status', 'enabled 1', 'failure 2')],
  ],
  'the log is a small one': ['PL.AUD.9', auditdConf('max_log_file = 2'), { s: 'FAIL', e: '2' }],
  'a file of rules panics the kernel': [
    'PL.AUD.9',
    { ...auditdConf(), 'etc/audit/rules.d/99-last.rules': '-f 2\n' },
    { s: 'FAIL', e: 'panic' },
  ],
  'the journal is on the disk': [
    'PL.LOG.1',
    journald('Storage=persistent\nCompress=yes'),
    { s: 'PASS', e: 'persistent yes' },
  ],
  'the journal is as shipped': [
    'PL.LOG.1',
    { ...systemd, 'etc/systemd/journald.conf': '[Journal]\n#Storage=auto\n' },
    { s: 'FAIL', e: 'not set' },
  ],
  'a key that systemd does not know for its letters': [
    'PL.LOG.1',
    journald('storage=persistent\nCompress=yes'),
    { s: 'FAIL', e: 'not set' },
  ],
  'a value that systemd does not know for what is behind it': [
    'PL.LOG.1',
    journald('Storage=persistent # on the disk\nCompress=yes'),
    { s: 'FAIL' },
  ],
  'a section that is not of the journal': [
    'PL.LOG.1',
    {
      ...systemd,
      'var/log/journal/x': '',
      'etc/systemd/journald.conf': '[Journal]\n#\n[Upload]\nStorage=persistent\nCompress=yes\n',
    },
    { s: 'FAIL', e: 'not set' },
  ],
  'a later drop-in keeps it in memory': [
    'PL.LOG.1',
    {
      ...journald('Storage=persistent\nCompress=yes'),
      'etc/systemd/journald.conf.d/zzz.conf': '[Journal]\nStorage=volatile\n',
    },
    { s: 'FAIL', e: 'volatile', p: false },
  ],
  'the files say persistent, but it is in memory still': [
    'PL.LOG.1',
    { ...systemd, 'etc/systemd/journald.conf': '[Journal]\nStorage=persistent\nCompress=yes\n' },
    { s: 'FAIL', e: 'volatile', p: true },
  ],
  'a shipper runs': [
    'PL.LOG.2',
    systemd,
    { s: 'PASS' },
    units({ 'amazon-cloudwatch-agent.service': 'enabled active' }),
  ],
  'rsyslog sends them': [
    'PL.LOG.2',
    { ...systemd, 'etc/rsyslog.d/remote.conf': '*.* @@logs.example:514\n' },
    { s: 'PASS', e: 'rsyslog' },
    units({ 'rsyslog.service': 'enabled active' }),
  ],
  'rsyslog would send them, but does not run': [
    'PL.LOG.2',
    { ...systemd, 'etc/rsyslog.d/remote.conf': '*.* @@logs.example:514\n' },
    { s: 'FAIL' },
    units({ 'rsyslog.service': 'disabled inactive' }),
  ],
  ...Object.fromEntries(
    [
      '*.* @logs.example',
      '*.*;auth.none\t@@(o)10.0.0.1:514',
      '& @@logs.example',
      'if $msg contains "x" then @[2001:db8::1]:514',
      '*.* action(type="omfwd"\n  target="logs.example" port="514")',
      'action(target="logs.example" type="omrelp")',
    ].map((text): [string, Case] => [
      `rsyslog sends them: ${text}`,
      [
        'PL.LOG.2',
        { ...systemd, 'etc/rsyslog.d/remote.conf': `${text}\n` },
        { s: 'PASS', e: 'rsyslog' },
        units({ 'rsyslog.service': 'enabled active' }),
      ],
    ]),
  ),
  ...Object.fromEntries(
    [
      '$ActionMailFrom root@example.com',
      '*.* action(type="ommail" mailfrom="a@example.com" mailto="b@example.com")',
      '*.* @@127.0.0.1:10514',
      '*.* @localhost',
      'module(load="omfwd")',
      '*.* action(type="omfwd" target="127.0.0.1" port="514")',
      '*.* /var/log/all # @logs.example',
    ].map((text): [string, Case] => [
      `rsyslog keeps them: ${text}`,
      [
        'PL.LOG.2',
        { ...systemd, 'etc/rsyslog.d/remote.conf': `${text}\n` },
        { s: 'FAIL' },
        units({ 'rsyslog.service': 'enabled active' }),
      ],
    ]),
  ),
  'the agent of CloudWatch takes metrics alone': [
    'PL.LOG.2',
    {
      ...systemd,
      'opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.d/own.json':
        '{ "metrics": { "metrics_collected": {} } }',
    },
    { s: 'FAIL' },
    units({ 'amazon-cloudwatch-agent.service': 'enabled active' }),
  ],
  'the agent of CloudWatch takes logs, too': [
    'PL.LOG.2',
    {
      ...systemd,
      'opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json':
        '{ "metrics": {}, "logs": { "logs_collected": {} } }',
    },
    { s: 'PASS' },
    units({ 'amazon-cloudwatch-agent.service': 'enabled active' }),
  ],
  'no log leaves the host': [
    'PL.LOG.2',
    { ...systemd, 'etc/rsyslog.d/remote.conf': '# *.* @@logs.example\n*.* /var/log/all\n' },
    { s: 'FAIL' },
    units({ 'rsyslog.service': 'enabled active' }),
  ],
  'one daemon sets the clock': [
    'PL.TIME.1',
    systemd,
    { s: 'PASS', e: 'chrony' },
    [...chrony, synchronised('yes')],
  ],
  'none sets the clock': ['PL.TIME.1', systemd, { s: 'FAIL', e: 'none' }, units({})],
  'two set the clock, one of them from elsewhere': [
    'PL.TIME.1',
    systemd,
    { s: 'FAIL', e: 'chrony openntpd' },
    units({ 'chrony.service': 'enabled active', 'openntpd.service': 'enabled active' }),
  ],
  'two set the clock': [
    'PL.TIME.1',
    systemd,
    { s: 'FAIL', e: 'systemd-timesyncd ntpsec' },
    units({
      'ntpsec.service': 'enabled active',
      'systemd-timesyncd.service': 'enabled active',
    }),
  ],
  ...Object.fromEntries(
    ['ntpsec ntpd ntp', 'ntpsec ntp', 'ntpd ntp', 'chrony chronyd'].map((names): [string, Case] => [
      `one sets the clock, by the names ${names}`,
      [
        'PL.TIME.1',
        systemd,
        { s: 'PASS' },
        units(
          Object.fromEntries(names.split(' ').map((name) => [`${name}.service`, 'enabled active'])),
        ),
      ],
    ]),
  ),
  'a boot starts another one, too': [
    'PL.TIME.1',
    systemd,
    { s: 'FAIL', p: false, why: 'after a boot ntpsec runs, too' },
    units({ 'chrony.service': 'enabled active', 'ntpsec.service': 'enabled inactive' }),
  ],
  'timesyncd waits beside chrony': [
    'PL.TIME.1',
    systemd,
    { s: 'PASS' },
    units({ 'chrony.service': 'enabled active', 'systemd-timesyncd.service': 'enabled inactive' }),
  ],
  'it is enabled until the next boot alone': [
    'PL.TIME.1',
    systemd,
    { s: 'FAIL', p: false },
    units({ 'chrony.service': 'enabled-runtime active' }),
  ],
  'it has no answer': [
    'PL.TIME.1',
    systemd,
    { s: 'FAIL', p: true, why: 'the clock is not synchronised' },
    [...chrony, synchronised('no')],
  ],
  'a boot does not start it': [
    'PL.TIME.1',
    systemd,
    { s: 'FAIL', p: false, why: 'it is not enabled' },
    [...units({ 'chrony.service': 'disabled active' }), synchronised('yes')],
  ],
  'upgrades come by themselves': ['PL.UPD.1', upgrades, { s: 'PASS' }, apt()],
  'they are off, whatever the file of the package says': [
    'PL.UPD.1',
    upgrades,
    { s: 'FAIL', why: 'APT::Periodic::Unattended-Upgrade is 0' },
    apt({ 'APT::Periodic::Unattended-Upgrade': '0' }),
  ],
  'all of it is off': [
    'PL.UPD.1',
    upgrades,
    { s: 'FAIL', why: 'APT::Periodic::Enable is 0' },
    apt({ 'APT::Periodic::Enable': '0' }),
  ],
  'their timer is masked': [
    'PL.UPD.1',
    { ...debian, 'usr/bin/unattended-upgrade': { text: '', mode: 0o755 } },
    { s: 'FAIL', why: 'apt-daily.timer is not enabled' },
    apt(),
  ],
  'their timer is stopped': [
    'PL.UPD.1',
    { ...upgrades, ...systemd },
    { s: 'FAIL', why: 'apt-daily-upgrade.timer is not enabled' },
    [
      ...apt(),
      ...units({
        'apt-daily.timer': 'enabled active',
        'apt-daily-upgrade.timer': 'enabled inactive',
      }),
    ],
  ],
  'their timers run': [
    'PL.UPD.1',
    { ...upgrades, ...systemd },
    { s: 'PASS' },
    [
      ...apt(),
      ...units({
        'apt-daily.timer': 'enabled active',
        'apt-daily-upgrade.timer': 'enabled active',
      }),
    ],
  ],
  ...Object.fromEntries(
    (
      [
        ['service', '[Service]\nExecStart=\nExecStart=/bin/true', 'FAIL'],
        ['service', '[Service]\nNice=10', 'PASS'],
        ['timer', '[Timer]\nOnCalendar=', 'FAIL'],
        ['timer', '[Timer]\nOnCalendar=\nOnCalendar=yearly', 'FAIL'],
        ['timer', '[Timer]\nOnCalendar=\nOnCalendar=*-*-* 04:00', 'PASS'],
      ] as const
    ).map(([unit, text, s]): [string, Case] => [
      `a drop-in of their ${unit} says ${text.replaceAll('\n', ' ')}`,
      [
        'PL.UPD.1',
        { ...upgrades, [`etc/systemd/system/apt-daily-upgrade.${unit}.d/own.conf`]: `${text}\n` },
        { s },
        apt(),
      ],
    ]),
  ),
  ...Object.fromEntries(
    (
      [
        ['origin=Debian,codename=bullseye,label=Debian-Security', 'FAIL'],
        ['Ubuntu:jammy-security', 'FAIL'],
        ['origin=Debian,codename=bookworm-security,label=Debian-Security', 'PASS'],
        [`\${distro_id}:\${distro_codename}-security`, 'PASS'],
      ] as const
    ).map(([origin, s]): [string, Case] => [
      `the security archive of ${origin}, on bookworm`,
      [
        'PL.UPD.1',
        {
          ...upgrades,
          'etc/os-release': 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
        },
        { s },
        apt({ 'Unattended-Upgrade::Origins-Pattern::': origin }),
      ],
    ]),
  ),
  'they wait for a shutdown': [
    'PL.UPD.1',
    upgrades,
    { s: 'FAIL', why: 'it waits for a shutdown: InstallOnShutdown' },
    apt({ 'Unattended-Upgrade::InstallOnShutdown': 'true' }),
  ],
  'one that every host has is held': [
    'PL.UPD.1',
    { ...upgrades, 'var/lib/dpkg/status': 'Package: openssl\nStatus: hold ok installed\n' },
    { s: 'FAIL', why: 'apt-mark holds openssl' },
    apt(),
  ],
  'no security archive is among them': [
    'PL.UPD.1',
    upgrades,
    { s: 'FAIL', why: 'no security archive is among its origins' },
    apt({ 'Unattended-Upgrade::Origins-Pattern::': 'origin=Debian,label=Debian' }),
  ],
  'the program is not there': ['PL.UPD.1', debian, { s: 'FAIL' }, apt()],
  'Amazon Linux has none by itself': ['PL.UPD.1', amazon, { s: 'NA' }],
  'a mail to a security team is no archive': [
    'PL.UPD.1',
    upgrades,
    { s: 'FAIL', why: 'no security archive is among its origins' },
    apt({
      'Unattended-Upgrade::Origins-Pattern::': 'origin=Debian,label=Debian',
      'Unattended-Upgrade::Mail': 'security@example.com',
    }),
  ],
  'all archives are among them': [
    'PL.UPD.1',
    upgrades,
    { s: 'PASS' },
    apt({ 'Unattended-Upgrade::Origins-Pattern::': 'origin=*' }),
  ],
  'the security archive of Ubuntu is among them': [
    'PL.UPD.1',
    upgrades,
    { s: 'PASS' },
    apt({
      'Unattended-Upgrade::Origins-Pattern::': 'origin=Own',
      'Unattended-Upgrade::Allowed-Origins::': 'Ubuntu:noble-security',
    }),
  ],
  ...Object.fromEntries(
    [
      ['.*', 'libc6'],
      ['.', 'libc6'],
      ['lib.*', 'libc6'],
      ['sudo', 'sudo'],
      ['open(ssl|ssh)', 'openssl'],
    ].map(([pattern = '', name]): [string, Case] => [
      `what "${pattern}" holds back`,
      [
        'PL.UPD.1',
        upgrades,
        { s: 'FAIL', why: `Package-Blacklist ${pattern} keeps ${name} back` },
        apt({ 'Unattended-Upgrade::Package-Blacklist::': pattern }),
      ],
    ]),
  ),
  'the kernel alone is held back': [
    'PL.UPD.1',
    upgrades,
    { s: 'PASS' },
    apt({ 'Unattended-Upgrade::Package-Blacklist::': 'linux-' }),
  ],
  'few packages are taken at all': [
    'PL.UPD.1',
    upgrades,
    { s: 'FAIL', why: 'Package-Whitelist leaves libc6 out' },
    apt({ 'Unattended-Upgrade::Package-Whitelist::': 'nginx' }),
  ],
  'they come once a year': [
    'PL.UPD.1',
    upgrades,
    { s: 'FAIL', why: 'APT::Periodic::Update-Package-Lists is 365' },
    apt({ 'APT::Periodic::Update-Package-Lists': '365' }),
  ],
  'they come twice a day': [
    'PL.UPD.1',
    upgrades,
    { s: 'PASS' },
    apt({ 'APT::Periodic::Update-Package-Lists': '12h' }),
  ],
  'dnf installs them, but for all': [
    'PL.UPD.1',
    {
      'etc/os-release': 'ID=rocky\nID_LIKE="rhel"\n',
      ...starts('dnf-automatic.timer'),
      'etc/dnf/automatic.conf': '[commands]\napply_updates = yes\n',
      'etc/dnf/dnf.conf': '[main]\nexclude=*\n',
    },
    { s: 'FAIL', why: 'dnf excludes all packages' },
  ],
  'dnf installs them': [
    'PL.UPD.1',
    {
      'etc/os-release': 'ID=rocky\nID_LIKE="rhel"\n',
      ...starts('dnf-automatic.timer'),
      'etc/dnf/automatic.conf': '[commands]\napply_updates = yes\n',
    },
    { s: 'PASS' },
  ],
  'dnf only downloads them': [
    'PL.UPD.1',
    {
      'etc/os-release': 'ID=rocky\nID_LIKE="rhel"\n',
      ...starts('dnf-automatic.timer'),
      'etc/dnf/automatic.conf': '[commands]\napply_updates = no\n',
    },
    { s: 'FAIL' },
  ],
  'nothing waits': ['PL.UPD.2', lists, { s: 'PASS', e: '0' }, waits()],
  'two wait': ['PL.UPD.2', lists, { s: 'FAIL', e: '2' }, waits('libc6', 'openssl')],
  'nobody has looked yet': ['PL.UPD.2', debian, { s: 'UNKNOWN' }, waits()],
  'Amazon Linux does not know': ['PL.UPD.2', amazon, { s: 'UNKNOWN' }, waits()],
  'the newest kernel runs': ['PL.UPD.3', kernels('6.1.0-9-amd64', '6.1.0-8-amd64'), { s: 'PASS' }],
  'a container has no kernel': ['PL.UPD.3', kernels(), { s: 'PASS', e: 'none' }],
  'a kernel of today waits': ['PL.UPD.3', kernels('6.1.0-10-amd64'), { s: 'PASS', e: '0 days' }],
  'packages are signed': ['PL.UPD.4', debian, { s: 'PASS' }, apt()],
  'apt takes any': [
    'PL.UPD.4',
    debian,
    { s: 'FAIL', why: 'APT::Get::AllowUnauthenticated is true' },
    apt({ 'APT::Get::AllowUnauthenticated': 'true' }),
  ],
  'one source is trusted without': [
    'PL.UPD.4',
    {
      ...debian,
      'etc/apt/sources.list.d/own.list': 'deb [arch=amd64 trusted=yes] https://a.example x main\n',
    },
    { s: 'FAIL', why: '/etc/apt/sources.list.d/own.list trusts a source without one' },
    apt(),
  ],
  ...Object.fromEntries(
    ['true', '1', 'YES', 'with', 'on', 'enable'].map((word): [string, Case] => [
      `one source is trusted without, by the word ${word}`,
      [
        'PL.UPD.4',
        { ...debian, 'etc/apt/sources.list': `deb [trusted=${word}] https://a.example x main\n` },
        { s: 'FAIL', why: '/etc/apt/sources.list trusts a source without one' },
        apt(),
      ],
    ]),
  ),
  'one source may be unsigned': [
    'PL.UPD.4',
    {
      ...debian,
      'etc/apt/sources.list.d/a.sources': 'URIs: https://a.example\nAllow-Insecure: 1\n',
    },
    { s: 'FAIL' },
    apt(),
  ],
  'a file that apt does not read': [
    'PL.UPD.4',
    {
      ...debian,
      'etc/apt/sources.list.d/a.list.save': 'deb [trusted=yes] https://a.example x main\n',
    },
    { s: 'PASS' },
    apt(),
  ],
  'apt takes any, in small letters': [
    'PL.UPD.4',
    debian,
    { s: 'FAIL' },
    apt({ 'APT::get::allowunauthenticated': '1' }),
  ],
  'apt is forced': ['PL.UPD.4', debian, { s: 'FAIL' }, apt({ 'APT::Get::Force-Yes': 'true' })],
  'one source in the new form is trusted without': [
    'PL.UPD.4',
    { ...debian, 'etc/apt/sources.list.d/own.sources': 'URIs: https://a.example\nTrusted: yes\n' },
    { s: 'FAIL' },
    apt(),
  ],
  'one source in the new form is trusted by the next line': [
    'PL.UPD.4',
    {
      ...debian,
      'etc/apt/sources.list.d/own.sources': 'URIs: https://a.example\nTrusted:\n yes\n',
    },
    { s: 'FAIL', why: '/etc/apt/sources.list.d/own.sources trusts a source without one' },
    apt(),
  ],
  'dnf asks for signatures': [
    'PL.UPD.4',
    { ...amazon, 'etc/dnf/dnf.conf': '[main]\ngpgcheck=1\n' },
    { s: 'PASS' },
  ],
  'dnf does, but one repository does not': [
    'PL.UPD.4',
    {
      ...amazon,
      'etc/dnf/dnf.conf': '[main]\ngpgcheck=True\n',
      'etc/yum.repos.d/own.repo': '[own]\ngpgcheck=0\n',
    },
    { s: 'FAIL', why: '/etc/yum.repos.d/own.repo has gpgcheck off' },
  ],
};
test.each(evaluatedRows(cases))('%s', (_, [id, files, expected, standIns]) => {
  expect(evaluatedOf(id, files, standIns)).toMatchObject(expected);
});

/** The verdict where some files are as old as that. */
const aged = (id: string, files: Files, days: number, parameters = 'none') =>
  withFolder((root) => {
    put(root, files);
    const then = Date.now() / 1000 - days * 86_400;
    for (const path of ['var/lib/apt/lists/partial', 'run/reboot-required', 'boot/vmlinuz-7.0'])
      try {
        utimesSync(join(root, path), then, then);
      } catch {}
    const source = auditHost([controlOf(id)]);
    const body = [...waits(), ...source.body];
    const given = { Parameters: parameters };
    const { stdout } = runDocument({ ...source, body }, [`ROOT=${root}`], given);
    const report: Report = JSON.parse(stdout);
    return report.results[0];
  });

test('package lists that are old say nothing', () => {
  expect(aged('PL.UPD.2', lists, 9)).toMatchObject({
    s: 'FAIL',
    e: 'unknown',
    why: 'the package lists are 9 days old',
  });
  expect(aged('PL.UPD.2', lists, 9, 'PL.UPD.2.days=10')).toMatchObject({ s: 'PASS' });
});

test('a kernel that waits is not young because a package asked today', () => {
  const files: Files = { ...kernels('7.0', '6.1.0-9-amd64'), 'run/reboot-required': '' };
  const evaluated = withFolder((root) => {
    put(root, files);
    const then = Date.now() / 1000 - 20 * 86_400;
    utimesSync(join(root, 'boot/vmlinuz-7.0'), then, then);
    const { stdout } = runDocument(auditHost([controlOf('PL.UPD.3')]), [`ROOT=${root}`]);
    const report: Report = JSON.parse(stdout);
    return report.results[0];
  });
  expect(evaluated).toMatchObject({
    s: 'FAIL',
    e: '20 days',
    why: 'the kernel 7.0 waits for a reboot',
  });
});

test('what waits for a reboot may wait for some days', () => {
  const asked: Files = { 'run/reboot-required': '' };
  const kernel = { ...kernels('7.0', '6.1.0-9-amd64'), 'boot/vmlinuz-0-rescue-1': '' };
  expect(aged('PL.UPD.3', asked, 3)).toMatchObject({ s: 'PASS', e: '3 days' });
  expect(aged('PL.UPD.3', asked, 9)).toMatchObject({
    s: 'FAIL',
    why: 'a package waits for a reboot',
  });
  expect(aged('PL.UPD.3', kernel, 9)).toMatchObject({
    s: 'FAIL',
    e: '9 days',
    why: 'the kernel 7.0 waits for a reboot',
  });
});

test('what strangers write into files is never evaluated', () => {
  const hostile = 'a[$(touch /tmp/plumbline-audit)]';
  const files: Files = {
    ...auditd,
    ...systemd,
    'etc/audit/auditd.conf': `max_log_file = ${hostile}\n${hostile} = 1\n`,
    'etc/audit/rules.d/x.rules': `-w ${hostile} -p ${hostile}\n-a always,exit -S ${hostile}\n`,
    'etc/systemd/journald.conf': `[Journal]\nStorage=${hostile}\n`,
    [`boot/vmlinuz-${hostile.replaceAll('/', ':')}`]: '',
    'proc/sys/kernel/osrelease': `${hostile}\n`,
    'var/lib/apt/lists/partial/x': '',
  };
  const said = [
    says('loaded_rules', `-w ${hostile} -p ${hostile}`),
    says('apt_says', `APT::Periodic::Enable "${hostile}";`, `${hostile} "1";`),
    says('waiting_updates', hostile),
    says('clock_is_right', hostile),
    `unit_state() { REPLY='${hostile} active'; }`,
  ];
  for (const id of ['PL.AUD.1', 'PL.AUD.6', 'PL.AUD.9', 'PL.LOG.1', 'PL.TIME.1', 'PL.UPD.1'])
    expect([id, evaluatedOf(id, files, said).s]).toEqual([id, 'FAIL']);
  for (const id of ['PL.UPD.2', 'PL.UPD.3', 'PL.UPD.4'])
    expect(evaluatedOf(id, files, said).s).toMatch(/PASS|FAIL/);
  expect(existsSync('/tmp/plumbline-audit')).toBe(false);
});

// Tests write as whoever runs them, which only root may own.
const isRoot = execFileSync('id', ['-un'], { encoding: 'utf8' }).trim() === 'root';
(isRoot ? test : test.skip).each([
  ['closed', 0o640, 'rules.d/own.rules', { s: 'PASS', e: '3 files' }],
  [
    'open to others',
    0o644,
    'rules.d/own.rules',
    { s: 'FAIL', e: '/etc/audit/rules.d/own.rules is 644' },
  ],
  [
    'open in a file beside the others',
    0o660,
    'more.rules',
    { s: 'FAIL', e: '/etc/audit/more.rules is 660' },
  ],
] as const)('the files of the audit daemon are %s (needs root)', (_, mode, name, expected) => {
  const files: Files = {
    ...auditd,
    'etc/audit/auditd.conf': { text: '', mode: 0o640 },
    'etc/audit/audit.rules': { text: '', mode: 0o640 },
    [`etc/audit/${name}`]: { text: '', mode },
  };
  expect(evaluatedOf('PL.AUD.10', files)).toMatchObject(expected);
});
