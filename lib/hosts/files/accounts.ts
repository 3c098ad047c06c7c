import { defineHostControls } from '../control.ts';
import { within, word } from '../parameters.ts';
import { cis } from '../references.ts';

/** Who there is, and what they may become. */
export const accounts = defineHostControls([
  {
    id: 'PL.ACC.1',
    area: 'accounts',
    title: 'Only root has the number 0',
    severity: 'CRITICAL',
    rationale: 'The kernel goes by the number: a second one is root under another name.',
    references: { ...cis(['5.4.2.1']) },
    check: {
      kind: 'own',
      name: 'accounts',
      args: ['root', 'also 0'],
    },
    remediation: {
      fix: 'report',
      advice: 'Find out who made the account; remove it, or give it another number.',
    },
  },
  {
    id: 'PL.ACC.2',
    area: 'accounts',
    title: 'No account has an empty password, and hashes are in shadow',
    severity: 'CRITICAL',
    rationale: 'An empty password is one that everybody knows.',
    references: { ...cis(['7.2.1', '7.2.2']) },
    check: {
      kind: 'own',
      name: 'accounts',
      args: ['-p', 'empty or not shadowed'],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice: 'Give the account a password, or none with usermod -p "*"; run pwconv for hashes.',
    },
  },
  {
    id: 'PL.ACC.3',
    area: 'accounts',
    title: 'Accounts of the system have no login shell',
    severity: 'MEDIUM',
    rationale: 'A service that was taken over is less of a foothold without one.',
    references: { ...cis(['5.4.2.7']) },
    check: {
      kind: 'own',
      name: 'accounts',
      args: ['-s', 'shell of'],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Run usermod -s /usr/sbin/nologin. Where a service is started by su with that account, let systemd or runuser do it.',
    },
  },
  {
    id: 'PL.ACC.6',
    area: 'accounts',
    title: 'Commands of sudo take a password, have a terminal of their own and are logged',
    severity: 'MEDIUM',
    rationale: 'Else a program of an administrator becomes root, or stays behind to type for him.',
    references: { ...cis(['5.2.2', '5.2.3', '5.2.4', '5.2.5']) },
    parameters: {
      // Users of cloud images have no password: sudo cannot ask for one.
      without: word({ default: 'cloud-users', values: ['cloud-users', 'nobody'] }),
    },
    check: { kind: 'own', name: 'sudo', args: [{ parameter: 'without' }] },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Put "Defaults use_pty" into a file of sudoers.d. Take NOPASSWD away only from who has a password: cloud-init gives its users none.',
    },
  },
  {
    id: 'PL.ACC.7',
    area: 'accounts',
    title: 'SSH keys are known and not old',
    severity: 'LOW',
    rationale: 'A key of somebody who left, or of an intruder, works until somebody looks.',
    references: {},
    parameters: { days: within({ default: 365, min: 30, max: 3650 }) },
    check: { kind: 'own', name: 'keys', args: [{ parameter: 'days' }] },
    remediation: {
      fix: 'report',
      advice:
        'Remove keys that nobody needs from authorized_keys and renew the others. Fingerprints of those that are known, one a line, may stand in /etc/plumbline/known-keys.',
    },
  },
  {
    id: 'PL.ACC.8',
    area: 'accounts',
    title: 'Nobody is in the group docker',
    severity: 'MEDIUM',
    rationale: 'Who may talk to the daemon mounts the disk of the host, as root.',
    references: { 'cis-docker-1.6.0': ['1.1.2'] },
    where: ['docker'],
    check: {
      kind: 'own',
      name: 'accounts',
      args: ['docker', 'as good as root'],
    },
    remediation: {
      fix: 'report',
      advice: 'Remove them with gpasswd -d, or exempt the host where they may be root.',
    },
  },
]);
