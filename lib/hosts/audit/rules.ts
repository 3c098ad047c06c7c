import type { HostControl, Risk } from '../control.ts';
import { cis, type References } from '../references.ts';

interface Watched {
  readonly number: number;
  readonly title: string;
  readonly rationale: string;
  readonly references: References;
  readonly rules: readonly string[];
  readonly risk?: Risk;
  readonly where?: HostControl['where'];
}
const users = '-F auid>=1000 -F auid!=-1';

const watched: readonly Watched[] = [
  {
    number: 2,
    title: 'Changes to accounts are recorded',
    rationale: 'A new account is how an intruder comes back.',
    references: cis(['6.2.3.8'], ['5.2.3.8']),
    rules: ['passwd', 'group', 'shadow', 'gshadow', 'security/opasswd'].map(
      (name) => `/etc/${name}`,
    ),
  },
  {
    number: 3,
    title: 'Changes to what sudo allows are recorded',
    rationale: 'One line there makes any account root.',
    references: cis(['6.2.3.1', '6.2.3.3'], ['5.2.3.1', '5.2.3.3']),
    rules: ['/etc/sudoers', '/etc/sudoers.d', '/var/log/sudo.log'],
  },
  {
    number: 4,
    title: 'Changes to the configuration of sshd are recorded',
    rationale: 'A drop-in opens the host to passwords without touching the file that all look at.',
    references: {},
    rules: ['/etc/ssh/sshd_config', '/etc/ssh/sshd_config.d'],
  },
  {
    number: 5,
    title: 'Changes to clock, network, access control and sessions are recorded',
    rationale: 'Whoever moves the clock or edits the record of logins hides when he was there.',
    references: cis(
      ['6.2.3.4', '6.2.3.5', '6.2.3.11', '6.2.3.12', '6.2.3.14'],
      ['5.2.3.4', '5.2.3.5', '5.2.3.11', '5.2.3.12', '5.2.3.14'],
    ),
    rules: [
      '-S adjtimex -S settimeofday',
      '-S sethostname -S setdomainname',
      ...['localtime', 'hosts', 'hostname', 'issue', 'netplan', 'apparmor.d', 'selinux'].map(
        (name) => `/etc/${name}`,
      ),
      '/run/utmp',
      ...['wtmp', 'btmp', 'lastlog'].map((name) => `/var/log/${name}`),
    ],
  },
  {
    number: 6,
    title: 'Programs that users run with the rights of others are recorded',
    rationale: 'What somebody did as root is seen only where the step to root was.',
    references: cis(['6.2.3.2', '6.2.3.6'], ['5.2.3.2', '5.2.3.6']),
    // Each sudo and each setuid program; services, which nobody logged in for, are left out.
    rules: ['-C uid!=euid -F auid!=-1 -S execve'],
    risk: 'breaking',
  },
  {
    number: 7,
    title: 'Kernel modules, mounts and deleted files are recorded',
    rationale: 'They are how traces go and how what hides itself comes.',
    references: cis(['6.2.3.10', '6.2.3.13', '6.2.3.19'], ['5.2.3.10', '5.2.3.13', '5.2.3.19']),
    rules: [
      `-S init_module -S finit_module -S delete_module ${users}`,
      `-S mount ${users}`,
      `-S rename -S unlink -S unlinkat -S renameat ${users}`,
    ],
  },
  {
    number: 8,
    title: 'Changes to Docker are recorded',
    rationale: 'Whoever changes the daemon is root on the host.',
    references: {
      'cis-docker-1.6.0': ['1.1.3', '1.1.5', '1.1.7', '1.1.8', '1.1.10', '1.1.11', '1.1.14'],
    },
    where: ['docker'],
    // Not /var/lib/docker: each write of each container would be recorded.
    rules: [
      ...['dockerd', 'containerd', 'runc'].map((name) => `/usr/bin/${name}`),
      ...['docker.service', 'docker.socket'].map((name) => `/usr/lib/systemd/system/${name}`),
      '/etc/docker',
      '/etc/default/docker',
    ],
  },
];

const remediation = (risk: Risk): HostControl['remediation'] => ({
  fix: 'automatic',
  risk,
  where: ['debian'],
  advice: 'Write the named rules into a file of /etc/audit/rules.d and run augenrules --load.',
});

/** What the kernel writes down of what is done. */
export const auditRules = watched.map(
  ({ number, rules, risk = 'safe', where = [], ...told }): HostControl => ({
    id: `PL.AUD.${number}`,
    area: 'audit',
    severity: 'LOW',
    ...told,
    where: ['auditd', ...where],
    check: { kind: 'auditd', rules },
    remediation: remediation(risk),
  }),
);
