import { defineHostControls } from '../control.ts';
import { cis } from '../references.ts';

/** Who decides on what comes in, and that nothing comes in by itself. */
export const filter = defineHostControls([
  {
    id: 'PL.FW.1',
    area: 'firewall',
    title: 'Exactly one firewall decides on what comes in',
    severity: 'LOW',
    rationale:
      'Without one the security group is all there is; with two nobody knows which rule counts.',
    references: { ...cis(['4.1.1'], ['3.4.1.2']), lynis: ['FIRE-4590'] },
    check: { kind: 'own', name: 'firewall', args: ['one'] },
    remediation: {
      fix: 'report',
      advice:
        'Keep one of ufw, firewalld and nftables, and disable the others; where there is none, PL.FW.2 puts up a table of its own.',
    },
  },
  {
    id: 'PL.FW.2',
    area: 'firewall',
    title: 'What no rule lets in is dropped',
    severity: 'MEDIUM',
    rationale:
      'A service that starts tomorrow is open tomorrow unless somebody decides that it is.',
    references: { ...cis(['4.2.7', '4.3.8'], ['3.4.2.7']), lynis: ['FIRE-4512'] },
    check: { kind: 'own', name: 'firewall', args: ['deny'] },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      // A drop of what comes in kills published ports and the metadata of tasks, and what a tunnel or NAT brings.
      where: ['debian', '!containers', '!kubernetes', '!vpn', '!nat'],
      advice:
        'Allow SSH and whatever listens first, then drop the rest: "ufw default deny incoming", the target of the zone in firewalld, or a policy of nftables. Never where containers run.',
    },
  },
  {
    id: 'PL.FW.3',
    area: 'firewall',
    title: 'What comes from the host itself is let in, and nobody else can pose as it',
    severity: 'LOW',
    rationale: 'Services that trust 127.0.0.1 must neither lose it nor hear it from the network.',
    references: cis(['4.2.4', '4.3.6']),
    check: { kind: 'own', name: 'firewall-rules', args: ['loopback'] },
    remediation: {
      fix: 'report',
      advice:
        'Accept what comes in by lo; drop 127.0.0.0/8 from elsewhere, or set net.ipv4.conf.*.route_localnet to 0.',
    },
  },
  {
    id: 'PL.FW.4',
    area: 'firewall',
    title: 'The firewall of now is the firewall after a boot',
    severity: 'MEDIUM',
    rationale: 'Rules that only the kernel knows are gone with the next boot, and nobody is told.',
    references: cis(['4.2.3', '4.3.9', '4.3.10']),
    check: { kind: 'own', name: 'firewall', args: ['boot'] },
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      where: ['debian'],
      advice:
        'Enable the unit of the firewall that filters now, and disable those that would come up beside it.',
    },
  },
  {
    id: 'PL.FW.7',
    area: 'firewall',
    title: 'The way out to Systems Manager is open',
    severity: 'HIGH',
    rationale:
      'Without 443, DNS and the metadata service the host can neither be patched nor put right.',
    references: {},
    check: { kind: 'own', name: 'firewall-rules', args: ['out'] },
    remediation: {
      fix: 'report',
      advice:
        'Let out TCP 443, DNS (53) and what goes to 169.254.169.254, also where all else is denied.',
    },
  },
]);
