import { defineHostControls } from '../control.ts';
import { within } from '../parameters.ts';

/** Who guesses passwords is shut out. */
export const bans = defineHostControls([
  {
    id: 'PL.F2B.1',
    area: 'firewall',
    title: 'Something bans whoever guesses passwords',
    severity: 'LOW',
    rationale: 'Guessing costs nothing where nobody counts the failures.',
    references: { lynis: ['TOOL-5102'] },
    where: ['sshd'],
    check: { kind: 'own', name: 'fail2ban' },
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      where: ['debian'],
      advice:
        'Install fail2ban (or sshguard, or crowdsec with its firewall bouncer) and start it; without rsyslog its jails need "backend = systemd".',
    },
  },
  {
    id: 'PL.F2B.2',
    area: 'firewall',
    title: 'Who fails to log in by SSH again and again is banned by fail2ban',
    severity: 'LOW',
    rationale: 'A jail that is off, that forgets at once or that reads no log bans nobody.',
    references: { lynis: ['TOOL-5104'] },
    where: ['sshd', 'fail2ban'],
    parameters: {
      retries: within({ default: 5, min: 1, max: 10 }),
      banSeconds: within({ default: 3600, min: 600, max: 604800 }),
    },
    check: {
      kind: 'jail',
      jail: 'sshd',
      settings: [
        { name: 'maxretry', expect: { from: 1, to: { parameter: 'retries' } } },
        { name: 'bantime', expect: { from: { parameter: 'banSeconds' } } },
        { name: 'findtime', expect: { from: 600 } },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      where: ['debian'],
      advice:
        'In a file of jail.d give [sshd] enabled, backend = systemd, maxretry, bantime and findtime; except your bastion with ignoreip, and no network that is wider than yours.',
    },
  },
]);
