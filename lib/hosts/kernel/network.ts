import { defineHostControls } from '../control.ts';
import { cis } from '../references.ts';
import { keysAre } from './sysctls.ts';

const advice = 'Set the named keys in a file of sysctl.d that is read last, and with sysctl -w.';

/** Floods, and protocols that nobody uses. */
export const network = defineHostControls([
  {
    id: 'PL.NET.7',
    area: 'kernel',
    title: 'Pings to everybody and malformed ICMP errors are ignored',
    severity: 'LOW',
    rationale: 'One forged ping would make a whole network answer its victim.',
    references: { ...cis(['3.3.3', '3.3.4'], ['3.3.5', '3.3.6']), lynis: ['KRNL-6000'] },
    check: {
      kind: 'sysctl',
      settings: keysAre(1, [
        'net.ipv4.icmp_echo_ignore_broadcasts',
        'net.ipv4.icmp_ignore_bogus_error_responses',
      ]),
    },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.NET.8',
    area: 'kernel',
    title: 'SYN cookies are on',
    severity: 'MEDIUM',
    rationale: 'Without them a flood of first packets leaves no place for those who mean it.',
    references: { ...cis(['3.3.10'], ['3.3.8']), lynis: ['KRNL-6000'] },
    check: { kind: 'sysctl', settings: keysAre(1, ['net.ipv4.tcp_syncookies']) },
    remediation: { fix: 'automatic', risk: 'safe', advice },
  },
  {
    id: 'PL.NET.11',
    area: 'kernel',
    title: 'Protocols that nobody uses cannot be loaded',
    severity: 'LOW',
    rationale: 'Any user can load them by opening a socket, and their code is seldom looked at.',
    references: cis(['3.2.1', '3.2.2', '3.2.3', '3.2.4'], ['3.1.2', '3.1.3', '3.1.4', '3.1.5']),
    check: { kind: 'module', modules: ['dccp', 'sctp', 'rds', 'tipc'] },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Write "install <module> /bin/false" into a file of modprobe.d; a module that is in use stays until its users are gone.',
    },
  },
  {
    id: 'PL.KRN.8',
    area: 'kernel',
    title: 'File systems that nobody uses cannot be loaded',
    severity: 'LOW',
    rationale: 'A stick or an image with a crafted file system attacks the kernel itself.',
    references: cis(['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4', '1.1.1.5']),
    check: {
      kind: 'module',
      // Never squashfs, vfat and overlay: snaps, UEFI and containers need them.
      modules: ['cramfs', 'freevxfs', 'hfs', 'hfsplus', 'jffs2', 'udf', 'usb-storage'],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Write "install <module> /bin/false" into a file of modprobe.d; a module that is in use stays until its users are gone.',
    },
  },
]);
