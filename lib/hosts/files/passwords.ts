import { defineHostControls } from '../control.ts';
import { within } from '../parameters.ts';
import { cis } from '../references.ts';

/** How passwords are kept, and how often they may be guessed. */
export const passwords = defineHostControls([
  {
    id: 'PL.ACC.4',
    area: 'accounts',
    title: 'New passwords are long and kept as strong hashes',
    severity: 'LOW',
    rationale: 'Short passwords and fast hashes are guessed from a stolen shadow file.',
    references: { ...cis(['5.4.1.4', '5.3.3.2.2']) },
    parameters: { length: within({ default: 14, min: 8, max: 64 }) },
    check: { kind: 'own', name: 'passwords', args: [{ parameter: 'length' }] },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      where: ['debian'],
      advice:
        'Set ENCRYPT_METHOD SHA512 in login.defs and minlen in pwquality.conf; let PAM call pam_pwquality (package libpam-pwquality).',
    },
  },
  {
    id: 'PL.ACC.5',
    area: 'accounts',
    title: 'After wrong passwords an account waits, and root is not locked out',
    severity: 'LOW',
    rationale: 'Passwords are guessed by the thousand; even_deny_root lets the guesser lock root.',
    references: { ...cis(['5.3.3.1.1', '5.3.3.1.2']) },
    parameters: {
      deny: within({ default: 5, min: 3, max: 10 }),
      unlock: within({ default: 900, min: 60, max: 3600 }),
    },
    check: {
      kind: 'own',
      name: 'faillock',
      args: [{ parameter: 'deny' }, { parameter: 'unlock' }],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      where: ['debian'],
      advice:
        'Set deny and unlock_time in /etc/security/faillock.conf without even_deny_root; let PAM call pam_faillock through a profile of pam-auth-update, or authselect enable-feature with-faillock.',
    },
  },
]);
