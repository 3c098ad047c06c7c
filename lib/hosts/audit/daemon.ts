import { defineHostControls } from '../control.ts';
import { cis } from '../references.ts';

const neverHalts = (action: string, instead: string): string => `${action} -halt,single ${instead}`;

/** The audit daemon, its log and its files. */
export const auditDaemon = defineHostControls([
  {
    id: 'PL.AUD.1',
    area: 'audit',
    title: 'The audit daemon runs and will run',
    severity: 'MEDIUM',
    rationale: 'Without it nobody can say afterwards who did what.',
    references: { ...cis(['6.2.1.1', '6.2.1.2'], ['5.2.1.1', '5.2.1.4']), lynis: ['ACCT-9628'] },
    check: { kind: 'unit', units: ['auditd.service'], state: 'on' },
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      where: ['debian'],
      advice: 'Install auditd, enable and start it.',
    },
  },
  {
    id: 'PL.AUD.9',
    area: 'audit',
    title: 'The audit log rotates, and never halts the host',
    severity: 'MEDIUM',
    rationale:
      'Benchmarks want a host to halt when the log is full; then whoever fills the log stops the host.',
    references: cis(['6.2.2.1', '6.2.2.2', '6.2.2.3', '6.2.2.4']),
    where: ['auditd'],
    check: {
      kind: 'own',
      name: 'audit-log',
      args: [
        'max_log_file 8..',
        'num_logs 2..999',
        'max_log_file_action @ROTATE,rotate,KEEP_LOGS,keep_logs',
        neverHalts('space_left_action', 'SYSLOG'),
        neverHalts('admin_space_left_action', 'SUSPEND'),
        neverHalts('disk_full_action', 'SUSPEND'),
        neverHalts('disk_error_action', 'SUSPEND'),
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      where: ['debian'],
      advice:
        'In auditd.conf rotate logs of 8 MB or more, tell by syslog or mail when the disk fills, and let no action be halt or single; take "-f 2" out of the rules.',
    },
  },
  {
    id: 'PL.AUD.10',
    area: 'audit',
    title: 'The audit log, its configuration and its tools belong to root',
    severity: 'MEDIUM',
    rationale:
      'Who can write there can take out what he did, and who can read learns what others do.',
    references: cis(['6.2.4.1', '6.2.4.2', '6.2.4.3', '6.2.4.4', '6.2.4.5', '6.2.4.6', '6.2.4.7']),
    where: ['auditd'],
    check: {
      kind: 'file',
      files: [
        { path: '/var/log/audit', mode: '750', owners: ['root:root', 'root:adm'] },
        { path: '/var/log/audit/*', mode: '640', owners: ['root:root', 'root:adm'] },
        { path: '/etc/audit/*.conf', mode: '640', owners: ['root:root'] },
        { path: '/etc/audit/*.rules', mode: '640', owners: ['root:root'] },
        { path: '/etc/audit/rules.d/*', mode: '640', owners: ['root:root'] },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice: 'Take all rights of others away from the named files, and give them to root.',
    },
  },
]);
