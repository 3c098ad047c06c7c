import { defineHostControls } from '../control.ts';
import { word } from '../parameters.ts';
import { cis } from '../references.ts';

const inFstab =
  'Add the options to its line of /etc/fstab, or to its mount unit, and remount it. Programs that run from there stop working.';

/** What may not be done on file systems that everybody writes to, in effect and after the next boot. */
export const mounts = defineHostControls([
  {
    id: 'PL.MNT.1',
    area: 'files',
    title: 'In /dev/shm are no devices, no setuid programs and nothing to run',
    severity: 'MEDIUM',
    rationale: 'Everybody may write there, and nothing of it is left on a disk.',
    references: { ...cis(['1.1.2.2.1', '1.1.2.2.2', '1.1.2.2.3', '1.1.2.2.4']) },
    check: {
      kind: 'mount',
      path: '/dev/shm',
      own: 'wanted',
      options: ['nodev', 'nosuid', 'noexec'],
    },
    remediation: { fix: 'automatic', risk: 'breaking', advice: inFstab },
  },
  {
    id: 'PL.MNT.2',
    area: 'files',
    title: 'The folder /tmp is a file system without devices and setuid programs',
    severity: 'LOW',
    rationale: 'Everybody may write there; a full /tmp must not fill the disk of the system.',
    references: { ...cis(['1.1.2.1.1', '1.1.2.1.2', '1.1.2.1.3', '1.1.2.1.4']) },
    parameters: {
      // Installers and the update of the SSM agent run what they unpack there.
      execution: word({ default: 'exec', values: ['exec', 'noexec'] }),
    },
    check: {
      kind: 'mount',
      path: '/tmp',
      own: 'wanted',
      options: ['nodev', 'nosuid', { parameter: 'execution' }],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Where it is no file system of its own, enable tmp.mount for the next boot: mounted now it would hide what is there. Else add the options to its line of /etc/fstab, or to its mount unit, and remount it.',
    },
  },
  {
    id: 'PL.MNT.3',
    area: 'files',
    title: 'In /var/tmp and /home are no devices and no setuid programs',
    severity: 'LOW',
    rationale: 'Users need neither, and a device of theirs is the disk itself.',
    references: {
      ...cis(['1.1.2.3.2', '1.1.2.3.3', '1.1.2.5.2', '1.1.2.5.3']),
    },
    check: { kind: 'mount', path: '/var/tmp /home', options: ['nodev', 'nosuid'] },
    remediation: { fix: 'automatic', risk: 'breaking', advice: inFstab },
  },
  {
    id: 'PL.MNT.4',
    area: 'files',
    title: 'Agents may run what they keep',
    severity: 'HIGH',
    rationale: 'With noexec below it the SSM agent starts no script: nobody manages the host.',
    references: {},
    check: { kind: 'own', name: 'agent-paths' },
    remediation: {
      fix: 'report',
      advice: 'Take noexec off the file system, or give /var/lib/amazon one of its own.',
    },
  },
]);
