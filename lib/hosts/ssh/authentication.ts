import { defineHostControls } from '../control.ts';
import { word } from '../parameters.ts';
import { cis } from '../references.ts';
import { rootLogin } from './scales.ts';

/** Who may log in, and with what. */
export const authentication = defineHostControls([
  {
    id: 'PL.SSH.1',
    area: 'ssh',
    title: 'Root cannot log in over SSH',
    severity: 'HIGH',
    rationale: 'Every attacker knows that name, and what root does is nobody’s in the log.',
    references: { ...cis(['5.1.20'], ['4.2.7']), 'dev-sec': ['sshd-06'], lynis: ['SSH-7408'] },
    parameters: { weakest: word({ default: 'no', values: rootLogin.slice(0, -1) }) },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [
        {
          name: 'PermitRootLogin',
          expect: { upTo: { parameter: 'weakest' }, scale: rootLogin },
        },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Give a user with sudo a key, try it, then set PermitRootLogin no in a drop-in that is read first.',
    },
  },
  {
    id: 'PL.SSH.2',
    area: 'ssh',
    title: 'Nobody logs in over SSH with a password',
    severity: 'HIGH',
    rationale: 'Passwords are guessed around the clock on every address that answers.',
    references: { 'dev-sec': ['sshd-27'] },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [{ name: 'PasswordAuthentication', expect: { is: 'no' } }],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Make sure that each user has a key that works, then set PasswordAuthentication no in a drop-in that is read first: cloud-init writes yes into 50-cloud-init.conf.',
    },
  },
  {
    id: 'PL.SSH.3',
    area: 'ssh',
    title: 'Nobody logs in with a password by way of keyboard-interactive',
    severity: 'HIGH',
    rationale: 'With PAM this asks for the very password that PasswordAuthentication no refuses.',
    references: { 'dev-sec': ['sshd-29'] },
    // One-time codes are asked for in the same way.
    where: ['sshd', '!mfa'],
    check: {
      kind: 'sshd',
      settings: [{ name: 'KbdInteractiveAuthentication', expect: { is: 'no' } }],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice: 'Set KbdInteractiveAuthentication no in a drop-in that is read first.',
    },
  },
  {
    id: 'PL.SSH.4',
    area: 'ssh',
    title: 'Empty passwords are refused',
    severity: 'CRITICAL',
    rationale: 'An account without a password is open to whoever knows its name.',
    references: { ...cis(['5.1.19'], ['4.2.9']), lynis: ['SSH-7408'] },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [{ name: 'PermitEmptyPasswords', expect: { is: 'no' } }],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice: 'Set PermitEmptyPasswords no.' },
  },
  {
    id: 'PL.SSH.5',
    area: 'ssh',
    title: 'Keys are accepted',
    severity: 'MEDIUM',
    rationale: 'Without keys there is no way in but a password.',
    references: { 'dev-sec': ['sshd-22'] },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [{ name: 'PubkeyAuthentication', expect: { is: 'yes' } }],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice: 'Set PubkeyAuthentication yes.' },
  },
  {
    id: 'PL.SSH.13',
    area: 'ssh',
    title: 'Trust in hosts counts for nothing',
    severity: 'MEDIUM',
    rationale: 'A .rhosts file or a host key vouches for whoever holds the other machine.',
    references: { ...cis(['5.1.10', '5.1.11'], ['4.2.8', '4.2.11']), lynis: ['SSH-7408'] },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [
        { name: 'HostbasedAuthentication', expect: { is: 'no' } },
        { name: 'IgnoreRhosts', expect: { is: 'yes' } },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice: 'Set HostbasedAuthentication no and IgnoreRhosts yes.',
    },
  },
  {
    id: 'PL.SSH.15',
    area: 'ssh',
    title: 'PAM and strict modes are on',
    severity: 'MEDIUM',
    rationale:
      'PAM decides who is locked out and what a session may do; strict modes refuse keys that others could have written.',
    references: { ...cis(['5.1.22'], ['4.2.6']), lynis: ['SSH-7408'] },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [
        { name: 'UsePAM', expect: { is: 'yes' } },
        { name: 'StrictModes', expect: { is: 'yes' } },
      ],
    },
    remediation: {
      fix: 'automatic',
      // With strict modes a home that its group can write to loses its keys.
      risk: 'disruptive',
      advice: 'Set UsePAM yes and StrictModes yes; homes and .ssh must not be writable for others.',
    },
  },
  {
    id: 'PL.SSH.18',
    area: 'ssh',
    title: 'Who may log in over SSH is listed',
    severity: 'LOW',
    rationale: 'An account that a package brings should not be a way in.',
    references: { ...cis(['5.1.4'], ['4.2.4']), lynis: ['SSH-7440'] },
    where: ['sshd'],
    check: { kind: 'own', name: 'sshd-access' },
    remediation: {
      fix: 'report',
      advice:
        'Set AllowGroups (or one of AllowUsers, DenyUsers, DenyGroups), and put every login user, ec2-user or ubuntu too, into the group before sshd is reloaded.',
    },
  },
]);
