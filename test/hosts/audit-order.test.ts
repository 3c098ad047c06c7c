import { expect, test } from '@jest/globals';
import { debian, evaluatedOf, says } from './audit-evaluated.ts';
import type { Files } from './audited.ts';

// Rules as people write them and as the kernel takes them: the first that fits decides.

const there: Files = { ...debian, 'usr/sbin/auditd': '', 'etc/passwd': '', 'etc/group': '' };
const watches = ['-w /etc/passwd -p wa -k who', '-w /etc/group -p wa -k who'];
const users = '-F auid>=1000 -F auid!=-1';
const calls = ['b32', 'b64'].flatMap((arch) =>
  ['init_module,delete_module,finit_module', 'mount', 'rename,unlink,renameat,unlinkat'].map(
    (names) => `-a always,exit -F arch=${arch} -S ${names} ${users} -F key=calls`,
  ),
);
const inFile = (rules: readonly string[], name = '50-own'): Files => ({
  [`etc/audit/rules.d/${name}.rules`]: `${rules.join('\n')}\n`,
});
const evaluated = (
  id: string,
  rules: readonly string[],
  { loaded = rules, files = {}, status = 'enabled 1' }: Partial<Said> = {},
) =>
  evaluatedOf(id, { ...there, ...inFile(rules), ...files }, [
    says('loaded_rules', ...loaded),
    says('audit_status', status),
  ]);
interface Said {
  readonly loaded: readonly string[];
  readonly files: Files;
  readonly status: string;
}

test.each([
  '-a never,task',
  '-a task,never',
  '-a never,exit',
  '-a exit,never -F arch=b64',
  '-a never,exit -S all -F auid>=1000',
  '-a never,exit -F uid=0',
  '-a never,exit -F dir=/etc',
  '-a never,exit -F path=/etc/passwd -F perm=wa',
  '-a never,exit -F arch=b64 -S openat -S rename',
  '-a always,exclude -F msgtype=PATH',
  '-a always,exclude -F msgtype=SYSCALL',
  '-a never,exclude -F auid>=1000',
])('"%s" before a watch: it records nothing', (never) => {
  expect(evaluated('PL.AUD.2', [never, ...watches])).toMatchObject({ s: 'FAIL', p: false });
  expect(evaluated('PL.AUD.2', watches, { loaded: [never, ...watches] })).toMatchObject({
    s: 'FAIL',
    p: true,
  });
});

test.each([
  '-a always,exclude -F msgtype=CWD',
  '-a never,user -F subj_type=crond_t',
  '-a never,exit -F arch=b64 -S adjtimex -F auid=unset -F uid=chrony',
  '-a never,exit -F exe=/opt/agent/bin/agent',
  '-a never,exit -F dir=/var/lib/agent',
  '-a never,exit -F arch=b64 -S clone',
  '-a never,filesystem -F fstype=tracefs',
])('"%s" before a watch leaves it as it is', (never) => {
  expect(evaluated('PL.AUD.2', [never, ...watches])).toMatchObject({ s: 'PASS' });
});

test('what never records stands behind a watch: the watch was first', () => {
  expect(evaluated('PL.AUD.2', [...watches, '-a never,exit -F uid=0'])).toMatchObject({
    s: 'PASS',
  });
});

test('what never records is put in front', () => {
  expect(evaluated('PL.AUD.2', [...watches, '-A never,exit -F uid=0'])).toMatchObject({
    s: 'FAIL',
  });
});

test('a file with an earlier name never records', () => {
  const files = inFile(['-a never,exit -F uid=0'], '9-first');
  expect(evaluated('PL.AUD.2', watches, { files })).toMatchObject({ s: 'FAIL', p: false });
});

test.each([
  ['-a never,exit -F arch=b64 -S mount', 'FAIL'],
  ['-a never,exit -F arch=b64 -S clone', 'PASS'],
  ['-a never,exit -F arch=b32 -S mount', 'FAIL'],
])('"%s" before rules of calls: %s', (never, s) => {
  expect(evaluated('PL.AUD.7', [never, ...calls])).toMatchObject({ s });
});

test.each([
  ['-e 0', 'FAIL'],
  [' -e  0', 'FAIL'],
  ['-e 0\n-e 2', 'PASS'],
])('"%s" at the end of the rules: %s', (line, s) => {
  expect(evaluated('PL.AUD.2', [...watches, line], { loaded: watches })).toMatchObject({ s });
});

test('the kernel was told to record nothing', () => {
  expect(evaluated('PL.AUD.2', watches, { status: 'enabled 0' })).toMatchObject({
    s: 'FAIL',
    p: true,
  });
});

test.each([
  ['several blanks and tabs', ['-w  /etc/passwd\t-p  wa  -k who', ' -w /etc/group   -p wa']],
  ['a folder further up', ['-w /etc/ -p rwxa']],
  [
    'as rules of calls',
    [
      '-a always,exit -F path=/etc/passwd -F perm=wa -F key=who',
      '-a always,exit -S all -F dir=/etc/group -F perm=rwa',
    ],
  ],
])('%s: recorded all the same', (_, rules) => {
  expect(evaluated('PL.AUD.2', rules)).toMatchObject({ s: 'PASS' });
});

test.each([
  ['the rights of the folder are too few', ['-w /etc/ -p r']],
  ['a folder that is only called alike', ['-w /etc/pass -p wa', '-w /etc/group -p wa']],
  [
    'of 64 bits alone',
    [
      '-a always,exit -F arch=b64 -F path=/etc/passwd -F perm=wa',
      '-a always,exit -F arch=b64 -F path=/etc/group -F perm=wa',
    ],
  ],
  ['of one user alone', ['-a always,exit -F dir=/etc -F perm=wa -F uid=33']],
])('%s: not recorded', (_, rules) => {
  expect(evaluated('PL.AUD.2', rules)).toMatchObject({ s: 'FAIL' });
});

test('several blanks in rules of calls', () => {
  expect(
    evaluated(
      'PL.AUD.7',
      calls.map((rule) => rule.replaceAll(' ', '  ')),
    ),
  ).toMatchObject({
    s: 'PASS',
  });
});

const passwd = ['-w /etc/passwd -p wa -k who'];
const unit = 'etc/systemd/system/auditd.service.d/own.conf';
const loads = (path: string): Files => ({
  [unit]: `[Service]\nExecStartPost=\nExecStartPost=-/sbin/auditctl -R ${path}\n`,
});
const onlyPasswd = (files: Files, status = 'enabled 1') =>
  evaluatedOf('PL.AUD.2', { ...debian, 'usr/sbin/auditd': '', 'etc/passwd': '', ...files }, [
    says('loaded_rules', ...passwd),
    says('audit_status', ...status.split('\n')),
  ]);

test.each<readonly [title: string, files: Files]>([
  ['-D, which augenrules puts first', inFile(['-D'], '99-end')],
  ['-D for another key', inFile(['-D -k other'], '99-end')],
  [
    'a log that another program takes',
    {
      'etc/audit/auditd.conf': 'write_logs = no\n',
      'etc/audit/plugins.d/au-remote.conf': 'active = yes\n',
    },
  ],
])('%s takes nothing away', (_, files) => {
  expect(onlyPasswd({ ...inFile(passwd), ...files })).toMatchObject({ s: 'PASS' });
});

test.each<readonly [title: string, files: Files, p: boolean]>([
  ['-D for the key', inFile(['-D -k who'], '99-end'), false],
  ['-W for the watch', inFile(['-W /etc/passwd -p wa -k who'], '99-end'), false],
  ['another file that the unit loads', { ...loads('/opt/rules'), 'opt/rules': '-D\n' }, false],
  ['auditd without local events', { 'etc/audit/auditd.conf': 'local_events = no\n' }, true],
  ['auditd without a log', { 'etc/audit/auditd.conf': 'write_logs = no\n' }, true],
])('%s: nothing is recorded', (_, files, p) => {
  expect(onlyPasswd({ ...inFile(passwd), ...files })).toMatchObject({ s: 'FAIL', p });
});

test('what a unit loads in the place of augenrules counts', () => {
  expect(onlyPasswd({ ...loads('/opt/rules'), 'opt/rules': `${passwd[0]}\n` })).toMatchObject({
    s: 'PASS',
  });
});
test('files of another name count for nothing', () => {
  expect(onlyPasswd({ 'etc/audit/rules.d/own.conf': `${passwd[0]}\n` })).toMatchObject({
    s: 'FAIL',
  });
});
test('a kernel that records one message a second records nothing', () => {
  expect(onlyPasswd(inFile(passwd), 'enabled 1\nrate_limit 1')).toMatchObject({ s: 'FAIL' });
  expect(onlyPasswd(inFile(passwd), 'enabled 1\nrate_limit 0')).toMatchObject({ s: 'PASS' });
});
