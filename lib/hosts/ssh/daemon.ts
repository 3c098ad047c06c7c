import { defineHostControls } from '../control.ts';
import { word } from '../parameters.ts';
import { cis } from '../references.ts';
import { weakCiphers, weakHostKeys, weakKeyExchanges, weakMacs } from './algorithms.ts';
import { logLevel, rootLogin } from './scales.ts';

/** What the daemon accepts, writes and reads. */
export const daemon = defineHostControls([
  {
    id: 'PL.SSH.14',
    area: 'ssh',
    title: 'Users cannot give sshd an environment',
    severity: 'MEDIUM',
    rationale: 'LD_PRELOAD in ~/.ssh/environment goes past every forced command.',
    references: { ...cis(['5.1.21'], ['4.2.10']), lynis: ['SSH-7408'] },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [{ name: 'PermitUserEnvironment', expect: { is: 'no' } }],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice: 'Set PermitUserEnvironment no.' },
  },
  {
    id: 'PL.SSH.16',
    area: 'ssh',
    title: 'Weak ciphers, MACs and key exchanges are refused',
    severity: 'MEDIUM',
    rationale: 'The weakest algorithm that both ends know is what an attacker can lead them to.',
    references: { ...cis(['5.1.6', '5.1.12', '5.1.15'], ['4.2.14']) },
    // FIPS mode has a list of its own, without the curves that are left here.
    where: ['sshd', '!fips'],
    check: {
      kind: 'sshd',
      settings: [weakCiphers, weakMacs, weakKeyExchanges, weakHostKeys],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      // Red Hat's family takes them from the crypto policy of the system: what sshd_config says may count for nothing.
      where: ['debian'],
      advice:
        'Take them out with Ciphers, MACs, KexAlgorithms and HostKeyAlgorithms lists that begin with a minus; on Red Hat and Amazon Linux with update-crypto-policies. Old clients, and those that know the host by its ECDSA key only, are then refused.',
    },
  },
  {
    id: 'PL.SSH.17',
    area: 'ssh',
    title: 'Logins are logged with the key that was used',
    severity: 'LOW',
    rationale:
      'Below INFO nothing says whose key it was; DEBUG writes what users keep to themselves.',
    references: { ...cis(['5.1.14'], ['4.2.5']), lynis: ['SSH-7408'] },
    // CIS for Amazon Linux 2023, dev-sec and lynis take VERBOSE alone.
    parameters: { weakest: word({ default: 'INFO', values: logLevel }) },
    where: ['sshd'],
    check: {
      kind: 'sshd',
      settings: [
        {
          name: 'LogLevel',
          expect: { upTo: { parameter: 'weakest' }, scale: logLevel },
          set: 'VERBOSE',
        },
      ],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice: 'Set LogLevel VERBOSE.' },
  },
  {
    id: 'PL.SSH.19',
    area: 'ssh',
    title: 'The configuration and the host keys of sshd belong to root',
    severity: 'MEDIUM',
    rationale: 'A drop-in that everybody can write to is read by sshd without a word.',
    references: { ...cis(['5.1.1', '5.1.2', '5.1.3'], ['4.2.1', '4.2.2', '4.2.3']) },
    where: ['sshd'],
    check: {
      kind: 'file',
      files: [
        { path: '/etc/ssh', mode: '755', owners: ['root:root'] },
        { path: '/etc/ssh/sshd_config', mode: '600', owners: ['root:root'] },
        { path: '/etc/ssh/sshd_config.d', mode: '755', owners: ['root:root'] },
        { path: '/etc/ssh/sshd_config.d/*.conf', mode: '600', owners: ['root:root'] },
        // Red Hat's sshd lets the group ssh_keys read them.
        { path: '/etc/ssh/ssh_host_*_key', mode: '640', owners: ['root:root', 'root:ssh_keys'] },
        { path: '/etc/ssh/ssh_host_*_key.pub', mode: '644', owners: ['root:root'] },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice:
        'chown root:root and chmod 600 the configuration and the host keys, 644 the .pub files.',
    },
  },
  {
    id: 'PL.SSH.20',
    area: 'ssh',
    title:
      'No Match block weakens the configuration, root alone may write it, sshd has read it, and no other SSH server runs',
    severity: 'HIGH',
    rationale:
      'A block that nobody remembers, a file that was never loaded, or a server beside it undoes what is shown.',
    references: {},
    where: ['sshd'],
    check: {
      kind: 'own',
      name: 'sshd-override',
      args: [
        `PermitRootLogin ${rootLogin.join(',')}`,
        'PasswordAuthentication no,yes',
        'KbdInteractiveAuthentication no,yes',
        'PermitEmptyPasswords no,yes',
      ],
    },
    remediation: {
      fix: 'report',
      advice:
        'Take the option out of the Match block, give what sshd reads to root alone, stop the other server, or reload sshd after sshd -t has passed.',
    },
  },
]);
