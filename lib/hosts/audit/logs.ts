import { defineHostControls } from '../control.ts';
import { cis } from '../references.ts';

/** Logs that outlive a boot and the host, and the clock that dates them. */
export const logs = defineHostControls([
  {
    id: 'PL.LOG.1',
    area: 'audit',
    title: 'The journal is kept on the disk, compressed',
    severity: 'MEDIUM',
    rationale: 'A journal in memory is gone with the reboot that an intruder asks for.',
    references: cis(['6.1.2.3', '6.1.2.4'], ['5.1.2.3', '5.1.2.4']),
    where: ['systemd'],
    check: {
      kind: 'own',
      name: 'journal',
      args: ['Storage =persistent', 'Compress @yes,true,1,on'],
    },
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      where: ['debian'],
      advice: 'Set Storage=persistent and Compress=yes in a drop-in of journald.conf.',
    },
  },
  {
    id: 'PL.LOG.2',
    area: 'audit',
    title: 'Logs leave the host',
    severity: 'MEDIUM',
    rationale: 'Who is root can take out of a log on the host whatever he likes.',
    references: cis(['6.1.3.6']),
    check: { kind: 'own', name: 'log-shipping' },
    remediation: {
      fix: 'report',
      advice:
        'Run the CloudWatch agent, systemd-journal-upload or another shipper, or let rsyslog send to another host.',
    },
  },
  {
    id: 'PL.TIME.1',
    area: 'audit',
    title: 'One daemon keeps the clock right',
    severity: 'MEDIUM',
    rationale: 'With a wrong clock signatures to AWS fail and logs of two hosts cannot be joined.',
    references: { ...cis(['2.3.1.1']), lynis: ['TIME-3104'] },
    check: { kind: 'own', name: 'time' },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      where: ['debian'],
      advice: 'Run one of chrony and systemd-timesyncd; on EC2 with 169.254.169.123 as its source.',
    },
  },
]);
