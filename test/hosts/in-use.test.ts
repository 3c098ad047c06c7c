import { expect, test } from '@jest/globals';
import { sampled } from '../extent.ts';
import { expectLeftAlone, hardened } from './files/files-harden.ts';
import { describeOnRoots, withRoot } from './files/files-root.ts';

const debugger_ = (uid: number, parent: number) =>
  `mkdir -p /proc/sys/kernel/yama /proc/7 /proc/8; echo 0 >/proc/sys/kernel/yama/ptrace_scope; printf 'PPid:\\t${parent}\\nTracerPid:\\t7\\n' >/proc/8/status; echo gdb >/proc/7/comm; chown ${uid} /proc/7`;
const kernelKey = (key: string, value: number) =>
  `mkdir -p /proc/sys/kernel /proc/sys/net/core; echo 2 >/proc/sys/kernel/perf_event_paranoid; echo 2 >/proc/sys/kernel/unprivileged_bpf_disabled; echo 2 >/proc/sys/net/core/bpf_jit_harden; echo ${value} >/proc/sys/kernel/${key}`;
const open = (what: string) =>
  `mkdir -p /proc/9/fd; echo profiler >/proc/9/comm; ln -s 'anon_inode:${what}' /proc/9/fd/3; chown -h 1000 /proc/9/fd/3`;
const closes = (...options: readonly string[]) =>
  `ssh-keygen -A >/dev/null; printf '%s\\n' ${options.map((line) => `'${line}'`).join(' ')} >/etc/ssh/sshd_config.d/50-theirs.conf`;

/** What is wrong, and who uses it. */
const inUse: Readonly<Record<string, readonly [id: string, given: string, why: string]>> = {
  'a log that auditd gives to a group': [
    'PL.AUD.10',
    "groupadd siem; sed -i 's/^log_group = .*/log_group = siem/' /etc/audit/auditd.conf; chgrp -R siem /var/log/audit; touch /var/log/audit/audit.log; chmod 750 /var/log/audit; chmod 640 /var/log/audit/audit.log",
    'in_use:log_group:siem',
  ],
  'a socket of Docker for a group of its own': [
    'PL.DKR.5',
    'touch /usr/bin/dockerd /run/docker.sock; groupadd ops; useradd -G ops bob; chgrp ops /run/docker.sock; chmod 660 /run/docker.sock',
    'in_use:group:ops',
  ],
  'updates that would reboot the host': [
    'PL.UPD.1',
    'echo \'Unattended-Upgrade::Automatic-Reboot "true";\' >/etc/apt/apt.conf.d/60own; echo \'APT::Periodic::Enable "0";\' >/etc/apt/apt.conf.d/99off',
    'reboots_by_itself',
  ],
  'a source of packages that has no signature': [
    'PL.UPD.4',
    'echo \'APT::Get::AllowUnauthenticated "true";\' >/etc/apt/apt.conf.d/60own; touch /var/lib/apt/lists/repo.example_dists_stable_Release',
    'unsigned_source:repo.example_dists_stable',
  ],
  'rules that another program loaded': [
    'PL.AUD.2',
    "printf '%s\\n' '#!/bin/sh' '[ $1 != -l ] || echo \"-w /opt/agent -p wa -k agent\"' >/usr/sbin/auditctl",
    'rules_without_file',
  ],
  'X11 of somebody who is logged in': [
    'PL.SSH.10',
    `${closes('X11Forwarding yes')}; mkdir -p /proc/net; echo '1: 0100007F:177A 00000000:0000 0A 0:0 0:0 0 0 0 9' >/proc/net/tcp`,
    'in_use:x11',
  ],
  'an agent of somebody who is logged in': [
    'PL.SSH.12',
    `${closes('AllowAgentForwarding yes')}; mkdir -p /tmp/ssh-abc; touch /tmp/ssh-abc/agent.7`,
    'in_use:/tmp/ssh-abc/agent.7',
  ],
  'a tunnel': [
    'PL.SSH.12',
    `${closes('AllowAgentForwarding no', 'PermitTunnel yes')}; mkdir -p /sys/class/net/tun0`,
    'in_use:/sys/class/net/tun0',
  ],
  'a debugger of a user': ['PL.KRN.2', debugger_(1000, 1), 'in_use:gdb'],
  'a profiler of a user': [
    'PL.KRN.6',
    `${kernelKey('perf_event_paranoid', 1)}; ${open('[perf_event]')}`,
    'in_use:profiler',
  ],
  'a program of a user in the kernel': [
    'PL.KRN.6',
    `${kernelKey('unprivileged_bpf_disabled', 0)}; ${open('bpf-prog')}`,
    'in_use:profiler',
  ],
};

describeOnRoots('what is in use', (base) => {
  test.each(sampled(Object.entries(inUse), { quick: 6, usual: 2 }))(
    '%s: left alone, by name',
    async (_, [id, given, why]) => {
      await withRoot(base(), given, (root) => expectLeftAlone(root, id, why));
    },
  );

  test.each([
    ['root’s', debugger_(0, 1)],
    ['of its own child', debugger_(1000, 7)],
  ])('a debugger that is %s goes on', async (_, given) => {
    await withRoot(base(), given, (root) => {
      expect(hardened(root, 'PL.KRN.2').results.get('PL.KRN.2')).toMatchObject({ o: 'changed' });
    });
  });
});
