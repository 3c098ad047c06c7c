import { defineHostControls } from '../control.ts';
import { within, word } from '../parameters.ts';
import { cis } from '../references.ts';
import { tcpForwarding } from './scales.ts';

/** How long and how often a session may be tried, and what goes through it. */
export const sessions = defineHostControls([
  {
    id: 'PL.SSH.6',
    area: 'ssh',
    title: 'A connection has few tries to log in',
    severity: 'MEDIUM',
    rationale: 'Each further try in one connection is one that no rate limit sees.',
    references: { ...cis(['5.1.16'], ['4.2.16']), lynis: ['SSH-7408'] },
    parameters: { max: within({ default: 4, min: 2, max: 6 }) },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [{ name: 'MaxAuthTries', expect: { from: 1, to: { parameter: 'max' } }, set: 3 }],
    },
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      advice: 'Set MaxAuthTries 3. An agent that offers many keys needs IdentitiesOnly then.',
    },
  },
  {
    id: 'PL.SSH.7',
    area: 'ssh',
    title: 'Who does not log in soon is hung up on',
    severity: 'MEDIUM',
    rationale:
      'Connections that wait take the places of those who want to log in; 0 waits for ever.',
    references: { ...cis(['5.1.13'], ['4.2.19']), lynis: ['SSH-7408'] },
    parameters: { max: within({ default: 60, min: 15, max: 120 }) },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [
        { name: 'LoginGraceTime', expect: { from: 1, to: { parameter: 'max' } }, set: 60 },
      ],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice: 'Set LoginGraceTime 60, never 0.' },
  },
  {
    id: 'PL.SSH.8',
    area: 'ssh',
    title: 'Dead sessions end',
    severity: 'LOW',
    rationale: 'A session whose client is gone stays open for whoever finds it.',
    references: { ...cis(['5.1.7'], ['4.2.20']), lynis: ['SSH-7408'] },
    parameters: {
      maxInterval: within({ default: 300, min: 15, max: 900 }),
      maxCount: within({ default: 3, min: 1, max: 3 }),
    },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [
        {
          name: 'ClientAliveInterval',
          expect: { from: 1, to: { parameter: 'maxInterval' } },
          set: 300,
        },
        // Since OpenSSH 8.2 a count of 0 turns the check off.
        { name: 'ClientAliveCountMax', expect: { from: 1, to: { parameter: 'maxCount' } }, set: 2 },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice: 'Set ClientAliveInterval 300 and ClientAliveCountMax 2, never 0.',
    },
  },
  {
    id: 'PL.SSH.9',
    area: 'ssh',
    title: 'Connections and sessions are limited',
    severity: 'LOW',
    rationale: 'Strangers who connect and wait must not keep those out who have a key.',
    references: { ...cis(['5.1.17', '5.1.18'], ['4.2.17', '4.2.18']) },
    parameters: { maxSessions: within({ default: 10, min: 2, max: 100 }) },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [
        {
          name: 'MaxStartups',
          expect: {
            parts: [
              { from: 1, to: 10 },
              { from: 30, to: 100 },
              { from: 1, to: 60 },
            ],
          },
          set: '10:30:60',
        },
        { name: 'MaxSessions', expect: { from: 1, to: { parameter: 'maxSessions' } }, set: 10 },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice: 'Set MaxStartups 10:30:60 and MaxSessions 10.',
    },
  },
  {
    id: 'PL.SSH.10',
    area: 'ssh',
    title: 'X11 is not forwarded',
    severity: 'LOW',
    rationale: 'A server that forwards X11 reaches the keyboard and the screen of who logs in.',
    references: { ...cis(['5.1.8'], ['4.2.12']), lynis: ['SSH-7408'] },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [{ name: 'X11Forwarding', expect: { is: 'no' } }],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice: 'Set X11Forwarding no.' },
  },
  {
    id: 'PL.SSH.11',
    area: 'ssh',
    title: 'TCP is forwarded no further than the baseline allows',
    severity: 'LOW',
    rationale: 'A tunnel reaches what the host can reach, past every security group.',
    references: { ...cis(['5.1.8'], ['4.2.13']), lynis: ['SSH-7408'] },
    // Editors and tunnels of administrators need it: the baseline must ask.
    parameters: { weakest: word({ default: 'yes', values: tcpForwarding }) },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [
        {
          name: 'AllowTcpForwarding',
          expect: { upTo: { parameter: 'weakest' }, scale: tcpForwarding },
        },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Set AllowTcpForwarding to what the baseline allows; Match blocks can keep it for some.',
    },
  },
  {
    id: 'PL.SSH.12',
    area: 'ssh',
    title: 'Agents, tunnels and open gateways are not forwarded',
    severity: 'LOW',
    rationale: 'Root on the host can use the agent of whoever forwards it.',
    references: { 'dev-sec': ['sshd-38', 'sshd-39', 'sshd-41'], lynis: ['SSH-7408'] },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [
        { name: 'AllowAgentForwarding', expect: { is: 'no' } },
        { name: 'PermitTunnel', expect: { is: 'no' } },
        { name: 'GatewayPorts', expect: { is: 'no' } },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Set AllowAgentForwarding, PermitTunnel and GatewayPorts to no; use ProxyJump instead.',
    },
  },
]);
