import { defineHostControls } from '../control.ts';
import { cis } from '../references.ts';
import { allAndDefault, everywhere, keysAre } from './sysctls.ts';

const advice = 'Set the named keys in a file of sysctl.d that is read last, and with sysctl -w.';

/** Which routes and packets the kernel believes. */
export const routing = defineHostControls([
  {
    id: 'PL.NET.1',
    area: 'kernel',
    title: 'ICMP redirects are not accepted',
    severity: 'MEDIUM',
    rationale: 'A neighbour can lead the traffic of a host through itself with one packet.',
    references: { ...cis(['3.3.5'], ['3.3.2']), lynis: ['KRNL-6000'] },
    check: {
      kind: 'sysctl',
      settings: keysAre(0, [
        ...everywhere('ipv4', 'accept_redirects'),
        ...everywhere('ipv6', 'accept_redirects'),
      ]),
    },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.NET.2',
    area: 'kernel',
    title: 'ICMP redirects are not accepted from gateways either',
    severity: 'LOW',
    rationale: 'Who can pose as the gateway can redirect as well as any neighbour.',
    references: cis(['3.3.6'], ['3.3.3']),
    check: { kind: 'sysctl', settings: keysAre(0, everywhere('ipv4', 'secure_redirects')) },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.NET.3',
    area: 'kernel',
    title: 'ICMP redirects are not sent',
    severity: 'LOW',
    rationale: 'Only a router has reason to; from another host they help whoever took it over.',
    references: { ...cis(['3.3.2'], ['3.2.2']), lynis: ['KRNL-6000'] },
    where: ['!nat'],
    check: { kind: 'sysctl', settings: keysAre(0, everywhere('ipv4', 'send_redirects')) },
    remediation: { fix: 'automatic', risk: 'safe', where: ['!vpn'], advice },
  },
  {
    id: 'PL.NET.4',
    area: 'kernel',
    title: 'Packets that name their own route are dropped',
    severity: 'MEDIUM',
    rationale: 'Source routing goes around the filters that stand on the usual way.',
    references: { ...cis(['3.3.8'], ['3.3.1']), lynis: ['KRNL-6000'] },
    check: {
      kind: 'sysctl',
      settings: [
        ...keysAre(0, allAndDefault('ipv4', 'accept_source_route')),
        // Below 0 it takes no routing header at all.
        ...allAndDefault('ipv6', 'accept_source_route').map((name) => ({
          name,
          expect: { oneOf: [0, -1] },
          set: 0,
        })),
      ],
    },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.NET.5',
    area: 'kernel',
    title: 'Packets are checked for a way back to their sender',
    severity: 'MEDIUM',
    rationale: 'Forged senders hide who attacks and reach what trusts their address.',
    references: { ...cis(['3.3.7'], ['3.3.7']), lynis: ['KRNL-6000'] },
    check: {
      kind: 'sysctl',
      // Loose mode, 2, is what hosts with several interfaces and the VPC CNI need; strict mode would cut them off.
      settings: [{ name: 'net.ipv4.conf.*.rp_filter', expect: { from: 1, to: 2 }, set: 2 }],
    },
    remediation: { fix: 'automatic', risk: 'disruptive', advice },
  },
  {
    id: 'PL.NET.6',
    area: 'kernel',
    title: 'Impossible addresses are logged',
    severity: 'LOW',
    rationale: 'Forged and misrouted packets leave no other trace.',
    references: { ...cis(['3.3.9'], ['3.3.4']), lynis: ['KRNL-6000'] },
    check: { kind: 'sysctl', settings: keysAre(1, allAndDefault('ipv4', 'log_martians')) },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice:
        'Set the named keys in a file of sysctl.d that is read last, and in /etc/ufw/sysctl.conf: ufw sets them back to 0 whenever it reloads.',
    },
  },
  {
    id: 'PL.NET.9',
    area: 'kernel',
    title: 'The host is no router',
    severity: 'MEDIUM',
    rationale: 'A host that forwards joins networks that are kept apart on purpose.',
    references: { ...cis(['3.3.1'], ['3.2.1']), lynis: ['KRNL-6000'] },
    // Containers, virtual private networks and NAT are routing.
    where: ['!containers', '!kubernetes', '!vpn', '!nat'],
    check: {
      kind: 'sysctl',
      // Of IPv4 each interface forwards for itself, whatever ip_forward says; of IPv6 since Linux 6.17 with force_forwarding.
      settings: keysAre(0, [
        'net.ipv4.ip_forward',
        'net.ipv4.conf.*.forwarding',
        ...allAndDefault('ipv6', 'forwarding'),
        'net.ipv6.conf.*.force_forwarding',
      ]),
    },
    remediation: { fix: 'automatic', risk: 'breaking', where: ['!interfaces'], advice },
  },
  {
    id: 'PL.NET.10',
    area: 'kernel',
    title: 'Routers cannot announce themselves',
    severity: 'LOW',
    rationale: 'Whoever shares the network could become the gateway of IPv6.',
    references: cis(['3.3.11'], ['3.3.9']),
    // A host that has its default route from an announcement would lose it.
    where: ['!router_advertisements'],
    check: { kind: 'sysctl', settings: keysAre(0, everywhere('ipv6', 'accept_ra')) },
    remediation: { fix: 'automatic', risk: 'breaking', where: ['!ipv6'], advice },
  },
]);
