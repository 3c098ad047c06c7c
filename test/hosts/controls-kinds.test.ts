import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Check, HostControl } from '../../lib/hosts/control.ts';
import { auditHost } from '../../lib/hosts/documents/audit-host.ts';
import { type Files, onlyResult, put, type Result, withFolder } from './audited.ts';

const row = (check: Check): HostControl => ({
  id: 'PL.TEST.1',
  area: 'files',
  title: 'for a test',
  severity: 'LOW',
  rationale: 'For a test.',
  references: {},
  check,
  remediation: { fix: 'report', advice: 'None.' },
});

/** The verdict on a folder; what a running host would say is said by functions that stand in for the real ones. */
const evaluated = (check: Check, files: Files, standIns: readonly string[] = []): Result =>
  withFolder((root) => {
    put(root, files);
    const source = auditHost([row(check)]);
    const body = [...standIns, ...source.body];
    return onlyResult({ ...source, body }, [`ROOT=${root}`]);
  });

type Case = readonly [
  check: Check,
  files: Files,
  expected: Partial<Result>,
  standIns?: readonly string[],
];

const systemd: Files = { 'run/systemd/system/x': '' };
const unitIs = (...states: readonly string[]) => [
  'unit_state() {',
  ...['REPLY="not-found inactive"', 'case $1 in', ...states, 'esac', '}'],
];
const time: Check = { kind: 'unit', units: ['chrony.service|chronyd.service'], state: 'on' };
const cups: Check = { kind: 'unit', units: ['cups.service', 'cups.socket'], state: 'off' };
const units: Readonly<Record<string, Case>> = {
  'one of two names runs and is enabled': [
    time,
    systemd,
    { s: 'PASS' },
    unitIs('chronyd.service) REPLY="enabled active" ;;'),
  ],
  'it is enabled but has failed': [
    time,
    systemd,
    { s: 'FAIL', p: true, why: 'chrony.service is enabled but failed' },
    unitIs('chrony.service) REPLY="enabled failed" ;;'),
  ],
  'it runs until the next boot': [
    time,
    systemd,
    { s: 'FAIL', p: false },
    unitIs('chrony.service) REPLY="disabled active" ;;'),
  ],
  'it is not installed': [
    time,
    systemd,
    { s: 'FAIL', p: false, why: 'none of chrony.service or chronyd.service is installed' },
    unitIs(),
  ],
  'nothing of it runs': [cups, systemd, { s: 'PASS' }, unitIs('*) REPLY="masked inactive" ;;')],
  'its socket would start it': [
    cups,
    systemd,
    { s: 'FAIL', why: 'cups.socket is enabled and inactive' },
    unitIs('cups.socket) REPLY="enabled inactive" ;;'),
  ],
  'there is no systemd to ask': [time, {}, { s: 'UNKNOWN' }],
};

const shm: Check = {
  kind: 'mount',
  path: '/dev/shm',
  own: 'wanted',
  options: ['nodev', 'nosuid', 'noexec'],
};
const mounted = (options: string): Files => ({
  'proc/self/mounts': `tmpfs /dev/shm tmpfs ${options} 0 0\n`,
});
const fstab = (options: string): Files => ({
  'etc/fstab': `# comment\ntmpfs /dev/shm tmpfs ${options} 0 0\n`,
});
const mounts: Readonly<Record<string, Case>> = {
  'mounted and written so': [
    shm,
    { ...mounted('rw,nosuid,nodev,noexec'), ...fstab('nodev,nosuid,noexec') },
    { s: 'PASS', p: true },
  ],
  'mounted without one option': [
    shm,
    { ...mounted('rw,nosuid,nodev'), ...fstab('nodev,nosuid,noexec') },
    { s: 'FAIL', p: true, why: '/dev/shm is mounted without noexec' },
  ],
  'fstab takes an option back': [
    shm,
    { ...mounted('rw,nosuid,nodev,noexec'), ...fstab('nodev,nosuid,exec') },
    { s: 'FAIL', p: false, why: 'the next boot mounts /dev/shm without noexec' },
  ],
  'a drop-in of its unit says so': [
    { kind: 'mount', path: '/tmp', options: ['nodev', 'nosuid'] },
    {
      'proc/self/mounts': 'tmpfs /tmp tmpfs rw,nosuid,nodev 0 0\n',
      'usr/lib/systemd/system/tmp.mount': '[Mount]\nOptions=mode=1777\n',
      'etc/systemd/system/tmp.mount.d/a.conf': '[Mount]\nOptions=mode=1777,nodev,nosuid\n',
    },
    { s: 'PASS' },
  ],
  'no file system of its own': [
    { kind: 'mount', path: '/home', options: ['nodev'] },
    { 'proc/self/mounts': '' },
    { s: 'NA' },
  ],
  'no file system of its own, where there must be one': [
    shm,
    { 'proc/self/mounts': '' },
    { s: 'FAIL', e: 'none' },
  ],
};

const installedAre = (names: string) => [`installed() { REPLY='${names}'; }`];
const packages: Readonly<Record<string, Case>> = {
  'one of two is there': [
    { kind: 'package', packages: ['a', 'b'], state: 'there' },
    {},
    { s: 'PASS', e: 'b' },
    installedAre('b'),
  ],
  'none of two is there': [
    { kind: 'package', packages: ['a', 'b'], state: 'there' },
    {},
    { s: 'FAIL', why: 'not installed: a b' },
    installedAre(''),
  ],
  'one is there that must not be': [
    { kind: 'package', packages: ['telnetd'], state: 'absent' },
    {},
    { s: 'FAIL', why: 'installed: telnetd' },
    installedAre('telnetd'),
  ],
  'none is there': [
    { kind: 'package', packages: ['telnetd'], state: 'absent' },
    {},
    { s: 'PASS' },
    installedAre(''),
  ],
};

const journald: Check = {
  kind: 'config',
  file: '/etc/systemd/journald.conf',
  settings: [
    { name: 'Storage', expect: { is: 'persistent' } },
    { name: 'Compress', expect: { oneOf: ['yes', '1'] } },
  ],
};
const configs: Readonly<Record<string, Case>> = {
  'both keys are right': [
    journald,
    { 'etc/systemd/journald.conf': '[Journal]\nStorage=persistent\nCompress = yes\n' },
    { s: 'PASS', e: 'persistent yes' },
  ],
  'a key is only a comment': [
    journald,
    { 'etc/systemd/journald.conf': '#Storage=persistent\nCompress=yes\n' },
    { s: 'FAIL', e: 'not set', why: 'Storage is not set, wanted persistent' },
  ],
  'a drop-in takes it back': [
    journald,
    {
      'etc/systemd/journald.conf': 'Storage=persistent\nCompress=yes\n',
      'usr/lib/systemd/journald.conf.d/a.conf': 'Storage=volatile\n',
    },
    {
      s: 'FAIL',
      why: '/usr/lib/systemd/journald.conf.d/a.conf sets Storage to volatile, wanted persistent',
    },
  ],
  'words are parted by blanks': [
    {
      kind: 'config',
      file: '/etc/login.defs',
      settings: [{ name: 'ENCRYPT_METHOD', expect: { oneOf: ['YESCRYPT', 'SHA512'] } }],
    },
    { 'etc/login.defs': 'ENCRYPT_METHOD\tYESCRYPT # as shipped\n' },
    { s: 'PASS', e: 'YESCRYPT' },
  ],
};

const identity: Check = {
  kind: 'auditd',
  rules: [
    '-w /etc/passwd -p wa -k identity',
    '-a always,exit -F arch=b64 -S adjtimex -S settimeofday -F auid!=-1 -k time',
  ],
};
const rulesD = (...lines: readonly string[]): Files => ({
  'etc/audit/rules.d/x.rules': `${lines.join('\n')}\n`,
});
const loaded = (...lines: readonly string[]) => [
  `loaded_rules() { printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')}; }`,
];
const watch = '-w /etc/passwd -p rwa -k other';
const clock =
  '-a always,exit -F arch=b64 -S settimeofday,adjtimex,clock_settime -F auid!=-1 -F key=time';
const auditds: Readonly<Record<string, Case>> = {
  'both are loaded and written, each in its own words': [
    identity,
    rulesD(watch, '-a exit,always -F arch=b64 -S adjtimex -S settimeofday -F auid!=unset -k t'),
    { s: 'PASS', e: '2 of 2' },
    loaded(watch, clock),
  ],
  'one is not loaded': [
    identity,
    rulesD(watch, clock),
    { s: 'FAIL', e: '1 of 2', p: true },
    loaded(watch),
  ],
  'one is written nowhere': [
    identity,
    rulesD(watch, `#${clock}`),
    { s: 'FAIL', e: '2 of 2', p: false },
    loaded(watch, clock),
  ],
  'one watches for less': [
    identity,
    rulesD(watch, clock),
    { s: 'FAIL', e: '1 of 2', why: 'not loaded: -w /etc/passwd -p wa -k identity' },
    loaded('-w /etc/passwd -p w -k identity', clock),
  ],
  'one was narrowed to a user': [
    identity,
    rulesD(watch, clock),
    { s: 'FAIL', e: '1 of 2' },
    loaded(watch, `${clock} -F uid=0`),
  ],
};

const sshJail: Check = {
  kind: 'jail',
  jail: 'sshd',
  settings: [
    { name: 'maxretry', expect: { from: 1, to: 5 } },
    { name: 'bantime', expect: { from: 3600 } },
  ],
};
const jailFiles = (...lines: readonly string[]): Files => ({
  'etc/fail2ban/jail.conf': '[DEFAULT]\nbantime = 10m\nmaxretry = 5\n[sshd]\nport = ssh\n',
  'etc/fail2ban/jail.d/plumbline.conf': `[sshd]\n${lines.join('\n')}\n`,
});
const says = (...values: readonly number[]) => [
  `jail_says() { printf '%s\\n' ${values.join(' ')}; }`,
];
const jails: Readonly<Record<string, Case>> = {
  'it bans as it should': [
    sshJail,
    jailFiles('enabled = true', 'bantime = 1h'),
    { s: 'PASS', e: '5 3600' },
    says(5, 3600),
  ],
  'it bans too shortly': [
    sshJail,
    jailFiles('enabled = true', 'bantime = 1h'),
    { s: 'FAIL', why: 'bantime is 600, wanted 3600 or more' },
    says(5, 600),
  ],
  'the files say less than what runs': [
    sshJail,
    jailFiles('enabled = true'),
    { s: 'FAIL', p: false, why: 'the files say bantime 10m: the next start has it' },
    says(5, 3600),
  ],
  'it does not run': [
    sshJail,
    jailFiles('enabled = true'),
    { s: 'FAIL', e: 'off', p: true },
    ['jail_says() { :; }'],
  ],
};

// Tests write as whoever runs them.
const owner = execFileSync('stat', ['-c', '%U:%G', '/proc/self'], { encoding: 'utf8' }).trim();
const shadow: Check = {
  kind: 'file',
  files: [{ path: '/etc/*shadow', mode: '640', owners: ['root:root', 'root:shadow'] }],
};
const files: Readonly<Record<string, Case>> = {
  'none is there': [shadow, {}, { s: 'NA' }],
  'all can see one': [
    { kind: 'file', files: [{ path: '/etc/*shadow', mode: '640', owners: [owner] }] },
    { 'etc/shadow': { text: '', mode: 0o600 }, 'etc/gshadow': { text: '', mode: 0o644 } },
    { s: 'FAIL', e: '/etc/gshadow is 644' },
  ],
  'all are strict enough': [
    { kind: 'file', files: [{ path: '/etc/*shadow', mode: '640', owners: [owner] }] },
    { 'etc/shadow': { text: '', mode: 0o600 }, 'etc/gshadow': { text: '', mode: 0o640 } },
    { s: 'PASS', e: '2 files' },
  ],
  'one belongs to somebody else': [
    { kind: 'file', files: [{ path: '/etc/shadow', mode: '640', owners: ['nobody:x'] }] },
    { 'etc/shadow': { text: '', mode: 0o600 } },
    { s: 'FAIL', why: `/etc/shadow belongs to ${owner}, wanted nobody:x` },
  ],
};

const all = { units, mounts, packages, configs, auditds, jails, files };
const cases = Object.entries(all).flatMap(([kind, each]) =>
  Object.entries(each).map(([title, one]) => ({ title: `${kind}: ${title}`, one })),
);

test.each(cases)('$title', ({ one: [check, given, expected, standIns] }) => {
  expect(evaluated(check, given, standIns)).toMatchObject(expected);
});

test('names and keys that a host has are never evaluated', () => {
  const name = `plumbline-evaluated-${process.pid}`;
  const mark = join(tmpdir(), name);
  const hostile = `a[$(touch ${mark})]`;
  const mode: Check = { kind: 'file', files: [{ path: '/etc/*', mode: '644', owners: ['x:x'] }] };
  const key: Check = { kind: 'sysctl', settings: [{ name: 'kernel.sysrq', expect: { is: 0 } }] };
  const given: Files = {
    [`etc/x\na[$(touch ${name})] root:root y`]: '',
    'etc/sysctl.d/a.conf': `${hostile} = ${hostile}\nkernel.sysrq = ${hostile}\n`,
    [`etc/sysctl.d/a[$(touch ${name})].conf`]: 'kernel.sysrq = 1\n',
    'etc/systemd/journald.conf': `${hostile}=${hostile}\nStorage=${hostile}\n`,
    'proc/sys/kernel/sysrq': `${hostile}\n`,
  };
  for (const check of [mode, key, journald]) expect(evaluated(check, given).s).toBe('FAIL');
  for (const folder of [tmpdir(), process.cwd()])
    expect(existsSync(join(folder, name))).toBe(false);
});
