import { defineHostControls } from '../control.ts';
import { cis } from '../references.ts';

const chmod = 'Take the bits that are too many away with chmod, and give the files to root.';

/** Who may read and write the files that decide who may do what. */
export const files = defineHostControls([
  {
    id: 'PL.FIL.1',
    area: 'files',
    title: 'The lists of accounts and groups are written by root alone',
    severity: 'HIGH',
    rationale: 'Whoever writes to passwd gives himself the number of root.',
    references: { ...cis(['7.1.1', '7.1.2', '7.1.3', '7.1.4']) },
    check: {
      kind: 'file',
      // libnss-extrausers keeps more of them below /var/lib.
      files: [
        { path: '/etc/@(passwd|group)?(-)', mode: '644', owners: ['root:root'] },
        { path: '/var/lib/extrausers/@(passwd|group)?(-)', mode: '644', owners: ['root:root'] },
      ],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice: chmod },
  },
  {
    id: 'PL.FIL.2',
    area: 'files',
    title: 'Password hashes are read by root and its helpers alone',
    severity: 'HIGH',
    rationale: 'Hashes that were read are guessed elsewhere, at leisure.',
    references: { ...cis(['7.1.5', '7.1.6', '7.1.7', '7.1.8']) },
    check: {
      kind: 'file',
      // Debian's unix_chkpwd reads them as group shadow: 0640 is what its packages ship.
      files: [
        ...['/etc', '/var/lib/extrausers'].map((folder) => ({
          path: `${folder}/?(g)shadow?(-)`,
          mode: '640',
          owners: ['root:shadow', 'root:root'],
        })),
      ],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice: chmod },
  },
  {
    id: 'PL.FIL.3',
    area: 'files',
    title: 'Nothing in /etc can be written by everybody, and folders for everybody are sticky',
    severity: 'HIGH',
    rationale: 'What everybody may write, root reads and runs.',
    references: { ...cis(['7.1.11']) },
    check: { kind: 'own', name: 'world-writable' },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice: 'Run chmod o-w on the files, and chmod +t on folders that everybody may write to.',
    },
  },
  {
    id: 'PL.FIL.4',
    area: 'deep',
    title: 'Each file belongs to an account and a group that exist',
    severity: 'LOW',
    rationale: 'The next account that gets the number gets the file.',
    references: { ...cis(['7.1.12']) },
    check: { kind: 'own', name: 'unowned' },
    remediation: {
      fix: 'report',
      advice: 'Give the files to somebody with chown, or remove them.',
    },
  },
  {
    id: 'PL.FIL.5',
    area: 'deep',
    title: 'Programs that run as their owner are those of packages, unchanged',
    severity: 'HIGH',
    rationale: 'A shell with the setuid bit of root is how an intruder stays root.',
    references: { ...cis(['7.1.13']) },
    check: { kind: 'own', name: 'setuid' },
    remediation: {
      fix: 'report',
      advice:
        'Find out who made them; then remove them, take the bit away with chmod ug-s, or install the package again. One that is wanted is known by dpkg-statoverride.',
    },
  },
  {
    id: 'PL.FIL.6',
    area: 'files',
    title: 'Homes and their SSH keys are written by their owners alone',
    severity: 'MEDIUM',
    rationale: 'Whoever writes into a home logs in as its owner; sshd then refuses the keys.',
    references: { ...cis(['7.2.9', '7.2.10']) },
    check: { kind: 'own', name: 'homes' },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice: 'Run chmod g-w,o-w on the home, 0700 on its .ssh and 0600 on its authorized_keys.',
    },
  },
  {
    id: 'PL.FIL.7',
    area: 'files',
    title: 'What cron runs is written by root alone',
    severity: 'MEDIUM',
    rationale: 'As root, cron runs whatever stands there.',
    references: {
      ...cis(['2.4.1.2', '2.4.1.3', '2.4.1.4', '2.4.1.5', '2.4.1.6', '2.4.1.7']),
    },
    check: {
      kind: 'file',
      files: [
        { path: '/etc/?(ana)crontab', mode: '600', owners: ['root:root'] },
        {
          path: '/etc/cron.@(d|hourly|daily|weekly|monthly|yearly)',
          mode: '700',
          owners: ['root:root'],
        },
        // Packages ship them 0644 and 0755; their folder keeps readers out.
        { path: '/etc/cron.*ly/*', mode: '755', owners: ['root:root'] },
        { path: '/etc/cron.d/*', mode: '755', owners: ['root:root'] },
        { path: '/var/spool/cron/root', mode: '600', owners: ['root:root'] },
        {
          path: '/var/spool/cron/crontabs/root',
          mode: '600',
          owners: ['root:crontab', 'root:root'],
        },
      ],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice: chmod },
  },
  {
    id: 'PL.FIL.8',
    area: 'files',
    title: 'The rules of sudo are valid and root’s alone',
    severity: 'HIGH',
    rationale: 'Whoever may write one is root; at one that it cannot read sudo stops.',
    references: { lynis: ['AUTH-9252'] },
    check: {
      kind: 'own',
      name: 'sudoers',
      args: [
        '/etc/sudoers 440 root:root',
        '/etc/sudoers.d 755 root:root',
        '/etc/sudoers.d/* 440 root:root',
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice: 'Run visudo -c; then chmod 0440 and chown root:root on the files.',
    },
  },
]);
