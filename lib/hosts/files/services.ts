import { defineHostControls } from '../control.ts';
import { word } from '../parameters.ts';
import { cis } from '../references.ts';

// A socket would start its server again: it goes first.
const sockets: readonly string[] = [
  'telnet.socket',
  'rsh.socket',
  'rlogin.socket',
  'rexec.socket',
  'tftp.socket',
  'avahi-daemon.socket',
  'rpcbind.socket',
  'cups.socket',
  'cups.path',
];
const servers: readonly string[] = [
  'inetd.service',
  'inetutils-inetd.service',
  'rlinetd.service',
  'xinetd.service',
  'ypserv.service',
  'tftpd-hpa.service',
  'avahi-daemon.service',
  'rpcbind.service',
  'cups.service',
  'cups-browsed.service',
];

/** What should not run, and what should keep the rest in bounds. */
export const services = defineHostControls([
  {
    id: 'PL.SVC.1',
    area: 'services',
    title: 'Servers of another time do not run',
    severity: 'MEDIUM',
    rationale: 'They trust names and addresses, or answer everybody, and few look after them.',
    references: { ...cis(['2.1.2', '2.1.10', '2.1.11', '2.1.12', '2.1.16', '2.1.19']) },
    where: ['systemd'],
    check: { kind: 'own', name: 'old-servers', args: [...sockets, ...servers] },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Stop, disable and mask the unit, or remove its package; take the line out of inetd.conf, or the socket away. NFS 3 needs rpcbind.',
    },
  },
  {
    id: 'PL.SVC.2',
    area: 'services',
    title: 'A mail server takes mail of this host alone',
    severity: 'MEDIUM',
    rationale: 'Hosts that send mail need not receive it; spammers look for those that do.',
    references: { ...cis(['2.1.21']) },
    check: { kind: 'own', name: 'mail' },
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      where: ['debian'],
      advice: 'Set inet_interfaces = loopback-only in main.cf and restart Postfix.',
    },
  },
  {
    id: 'PL.MAC.1',
    area: 'services',
    title: 'AppArmor confines programs',
    severity: 'MEDIUM',
    rationale: 'A program that was taken over can do no more than its profile allows.',
    references: { ...cis(['1.3.1.1', '1.3.1.2', '1.3.1.3']) },
    where: ['debian'],
    check: { kind: 'own', name: 'apparmor' },
    remediation: {
      fix: 'report',
      advice:
        'Enable apparmor.service, take apparmor=0 off the kernel command line and reboot. Not tried on a real host.',
    },
  },
  {
    id: 'PL.MAC.2',
    area: 'services',
    title: 'SELinux is not switched off',
    severity: 'MEDIUM',
    rationale: 'A program that was taken over can do no more than its domain allows.',
    references: { ...cis([], ['1.6.1.4', '1.6.1.5']) },
    where: ['redhat'],
    parameters: { weakest: word({ default: 'permissive', values: ['permissive', 'enforcing'] }) },
    check: { kind: 'own', name: 'selinux', args: [{ parameter: 'weakest' }] },
    remediation: {
      fix: 'report',
      advice:
        'Set SELINUX=permissive in /etc/selinux/config and reboot: files are labelled then. Enforce when the log is quiet. Not tried on a real host.',
    },
  },
]);
