import { expect, test } from '@jest/globals';
import { kernel } from '../../lib/hosts/kernel/index.ts';
import { sampled, sampledByOutcome } from '../extent.ts';
import { audited, type Files, put, type Result, withFolder } from './audited.ts';

/** Keys as the kernel has them, from "net.ipv4.ip_forward=0" and so on. */
const kernelWith = (...settings: readonly string[]): Files =>
  Object.fromEntries(
    settings.map((setting) => {
      const [key = '', value = ''] = setting.split('=');
      return [`proc/sys/${key.replaceAll('.', '/')}`, `${value}\n`];
    }),
  );
const sysctlD = (name: string, ...lines: readonly string[]): Files => ({
  [`etc/sysctl.d/${name}`]: `${lines.join('\n')}\n`,
});
/** What a link to /dev/null is to a folder that stands for a host. */
const masked = { link: '/dev/null' };
const ufw: Files = {
  'usr/sbin/ufw': '',
  'etc/default/ufw': 'IPV6=yes\nIPT_SYSCTL=/etc/ufw/sysctl.conf\n',
};

const verdictOf = (id: string, files: readonly Files[], parameters = 'none'): Result =>
  withFolder((root) => {
    for (const each of files) put(root, each);
    const result = audited(root, { Controls: id, Areas: 'kernel', Parameters: parameters }).get(id);
    if (!result) throw new Error(`no verdict on ${id}`);
    return result;
  });

/** Per control: what is right, written down as such; what is wrong in effect; and what another file makes of it. */
const keys: Readonly<Record<string, readonly [right: readonly string[], wrong: string]>> = {
  'PL.NET.1': [
    [
      ...['net.ipv4.conf.all', 'net.ipv4.conf.default', 'net.ipv6.conf.all'].map(
        (conf) => `${conf}.accept_redirects=0`,
      ),
      'net.ipv6.conf.default.accept_redirects=0',
    ],
    'net.ipv4.conf.default.accept_redirects=1',
  ],
  'PL.NET.2': [
    ['net.ipv4.conf.all.secure_redirects=0', 'net.ipv4.conf.default.secure_redirects=0'],
    'net.ipv4.conf.all.secure_redirects=1',
  ],
  'PL.NET.3': [
    ['net.ipv4.conf.all.send_redirects=0', 'net.ipv4.conf.default.send_redirects=0'],
    'net.ipv4.conf.default.send_redirects=1',
  ],
  'PL.NET.4': [
    ['net.ipv4.conf.all.accept_source_route=0', 'net.ipv4.conf.default.accept_source_route=0'],
    'net.ipv4.conf.all.accept_source_route=1',
  ],
  'PL.NET.5': [['net.ipv4.conf.default.rp_filter=2'], 'net.ipv4.conf.default.rp_filter=0'],
  'PL.NET.6': [
    ['net.ipv4.conf.all.log_martians=1', 'net.ipv4.conf.default.log_martians=1'],
    'net.ipv4.conf.all.log_martians=0',
  ],
  'PL.NET.7': [
    ['net.ipv4.icmp_echo_ignore_broadcasts=1', 'net.ipv4.icmp_ignore_bogus_error_responses=1'],
    'net.ipv4.icmp_ignore_bogus_error_responses=0',
  ],
  'PL.NET.8': [['net.ipv4.tcp_syncookies=1'], 'net.ipv4.tcp_syncookies=0'],
  'PL.NET.9': [['net.ipv4.ip_forward=0'], 'net.ipv4.ip_forward=1'],
  'PL.NET.10': [
    ['net.ipv6.conf.all.accept_ra=0', 'net.ipv6.conf.default.accept_ra=0'],
    'net.ipv6.conf.all.accept_ra=1',
  ],
  'PL.KRN.1': [['kernel.randomize_va_space=2'], 'kernel.randomize_va_space=1'],
  'PL.KRN.2': [['kernel.yama.ptrace_scope=1'], 'kernel.yama.ptrace_scope=0'],
  'PL.KRN.4': [
    ['fs.protected_hardlinks=1', 'fs.protected_symlinks=1', 'fs.protected_regular=2'],
    'fs.protected_symlinks=0',
  ],
  'PL.KRN.5': [['kernel.kptr_restrict=2', 'kernel.dmesg_restrict=1'], 'kernel.dmesg_restrict=0'],
  'PL.KRN.6': [
    ['kernel.perf_event_paranoid=3', 'kernel.unprivileged_bpf_disabled=2'],
    'kernel.unprivileged_bpf_disabled=0',
  ],
  'PL.KRN.7': [['kernel.sysrq=0'], 'kernel.sysrq=176'],
  'PL.KRN.9': [['kernel.kexec_load_disabled=1'], 'kernel.kexec_load_disabled=0'],
};

test.each(sampled(Object.entries(keys), { quick: 4 }))(
  '%s: right in effect and in a file',
  (id, [right]) => {
    const { s, p } = verdictOf(id, [kernelWith(...right), sysctlD('60-own.conf', ...right)]);
    expect({ s, p }).toEqual({ s: 'PASS', p: true });
  },
);

test.each(sampled(Object.entries(keys), { quick: 4 }))(
  '%s: wrong in effect, right in a file',
  (id, [right, wrong]) => {
    const files = [kernelWith(...right), kernelWith(wrong), sysctlD('60-own.conf', ...right)];
    const { s, e, p, why } = verdictOf(id, files);
    const [key, value] = wrong.split('=');
    expect({ s, e, p }).toEqual({ s: 'FAIL', e: value, p: true });
    expect(why).toContain(`${key} is ${value}, wanted`);
  },
);

test.each(sampled(Object.entries(keys), { quick: 4 }))(
  '%s: a later file takes it back',
  (id, [right, wrong]) => {
    const files = [
      kernelWith(...right),
      sysctlD('60-own.conf', ...right),
      sysctlD('90-late.conf', wrong),
    ];
    const { s, p, why } = verdictOf(id, files);
    const [key, value] = wrong.split('=');
    expect({ s, p }).toEqual({ s: 'FAIL', p: false });
    expect(why).toContain(`/etc/sysctl.d/90-late.conf:1 sets ${key} to ${value}`);
  },
);

test.each(sampled(Object.entries(keys), { quick: 4 }))('%s: in no file', (id, [right]) => {
  const { s, p, why } = verdictOf(id, [kernelWith(...right)]);
  expect({ s, p }).toEqual({ s: 'FAIL', p: false });
  expect(why).toMatch(/is in no file of sysctl\.d/);
});

/** A verdict of each kind on each control, of the others every second, every night all. */
const evaluated = <T extends readonly [string, string, ...unknown[]]>(
  rows: Readonly<Record<string, T>>,
) => sampledByOutcome(Object.entries(rows), { quick: 6, usual: 2 }, ([, [id, s]]) => `${id} ${s}`);

const martians = ['net.ipv4.conf.all.log_martians=1', 'net.ipv4.conf.default.log_martians=1'];
const syncookies = 'net.ipv4.tcp_syncookies=1';
const files: Readonly<Record<string, readonly [id: string, s: string, why: RegExp, ...Files[]]>> = {
  'ufw sets its own value': [
    'PL.NET.6',
    'FAIL',
    /^\/etc\/ufw\/sysctl\.conf:2 sets net\.ipv4\.conf\.all\.log_martians to 0 whenever it is applied/,
    kernelWith(...martians),
    sysctlD('zz-plumbline.conf', ...martians),
    ufw,
    { 'etc/ufw/sysctl.conf': '# ufw\nnet/ipv4/conf/all/log_martians=0\n' },
  ],
  'ufw was told to leave sysctls alone': [
    'PL.NET.6',
    'PASS',
    /^$/,
    kernelWith(...martians),
    sysctlD('zz-plumbline.conf', ...martians),
    { ...ufw, 'etc/default/ufw': 'IPT_SYSCTL=\n' },
    { 'etc/ufw/sysctl.conf': 'net/ipv4/conf/all/log_martians=0\n' },
  ],
  'sysctl.conf, which nothing links to, says otherwise': [
    'PL.NET.8',
    'FAIL',
    /^\/etc\/sysctl\.conf:1 sets net\.ipv4\.tcp_syncookies to 0 whenever/,
    kernelWith(syncookies),
    sysctlD('60-own.conf', syncookies),
    { 'etc/sysctl.conf': 'net.ipv4.tcp_syncookies = 0\n' },
  ],
  'a file of /etc hides the one of the same name': [
    'PL.NET.8',
    'PASS',
    /^$/,
    kernelWith(syncookies),
    sysctlD('50-default.conf', syncookies),
    { 'usr/lib/sysctl.d/50-default.conf': 'net.ipv4.tcp_syncookies = 0\n' },
  ],
  'a pattern gives way to a key that is named': [
    'PL.NET.5',
    'PASS',
    /^$/,
    kernelWith('net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.default.rp_filter=2'),
    sysctlD('60-own.conf', 'net.ipv4.conf.default.rp_filter = 2'),
    sysctlD('90-late.conf', 'net.ipv4.conf.*.rp_filter = 0'),
  ],
  'the larger of "all" and the interface counts for rp_filter': [
    'PL.NET.5',
    'PASS',
    /^$/,
    kernelWith('net.ipv4.conf.all.rp_filter=1', 'net.ipv4.conf.eth0.rp_filter=0'),
    kernelWith('net.ipv4.conf.default.rp_filter=0'),
    sysctlD('60-own.conf', 'net.ipv4.conf.*.rp_filter = 1'),
  ],
  'ufw is off, whatever its file says': [
    'PL.NET.6',
    'PASS',
    /^$/,
    kernelWith(...martians),
    sysctlD('zz-plumbline.conf', ...martians),
    { ...ufw, 'etc/ufw/ufw.conf': 'ENABLED=no\nLOGLEVEL=low\n' },
    { 'etc/ufw/sysctl.conf': 'net/ipv4/conf/all/log_martians=0\n' },
  ],
  'ufw is on, and sets it back': [
    'PL.NET.6',
    'FAIL',
    /whenever it is applied/,
    kernelWith(...martians),
    sysctlD('zz-plumbline.conf', ...martians),
    { ...ufw, 'etc/ufw/ufw.conf': 'ENABLED=yes\n' },
    { 'etc/ufw/sysctl.conf': 'net/ipv4/conf/all/log_martians=0\n' },
  ],
  'only "all" is written of rp_filter, which is enough': [
    'PL.NET.5',
    'PASS',
    /^$/,
    kernelWith('net.ipv4.conf.all.rp_filter=1', 'net.ipv4.conf.eth0.rp_filter=0'),
    kernelWith('net.ipv4.conf.default.rp_filter=0'),
    sysctlD('60-own.conf', 'net.ipv4.conf.all.rp_filter = 1'),
  ],
  '"all" of rp_filter is written as 0, and nothing else': [
    'PL.NET.5',
    'FAIL',
    /^net\.ipv4\.conf\.default\.rp_filter is in no file/,
    kernelWith('net.ipv4.conf.all.rp_filter=1', 'net.ipv4.conf.default.rp_filter=0'),
    sysctlD('60-own.conf', 'net.ipv4.conf.all.rp_filter = 0'),
  ],
  '"all" and the interface are too much together': [
    'PL.NET.5',
    'FAIL',
    /^net\.ipv4\.conf\.eth0\.rp_filter is 0, wanted 1 to 2/,
    kernelWith('net.ipv4.conf.all.rp_filter=0', 'net.ipv4.conf.eth0.rp_filter=0'),
    sysctlD('60-own.conf', 'net.ipv4.conf.all.rp_filter = 1'),
  ],
  'only "all" is written of log_martians, which is enough': [
    'PL.NET.6',
    'PASS',
    /^$/,
    kernelWith('net.ipv4.conf.all.log_martians=1', 'net.ipv4.conf.default.log_martians=0'),
    sysctlD('60-own.conf', 'net.ipv4.conf.all.log_martians = 1'),
  ],
  'only "all" is written of accept_source_route, which is enough': [
    'PL.NET.4',
    'PASS',
    /^$/,
    kernelWith(
      'net.ipv4.conf.all.accept_source_route=0',
      'net.ipv4.conf.default.accept_source_route=1',
    ),
    sysctlD('60-own.conf', 'net.ipv4.conf.all.accept_source_route = 0'),
  ],
  'only "all" is written of accept_redirects, which is not enough': [
    'PL.NET.1',
    'FAIL',
    /^net\.ipv4\.conf\.default\.accept_redirects is in no file/,
    kernelWith('net.ipv4.conf.all.accept_redirects=0', 'net.ipv4.conf.default.accept_redirects=0'),
    sysctlD('60-own.conf', 'net.ipv4.conf.all.accept_redirects = 0'),
  ],
  'one interface forwards by itself': [
    'PL.NET.9',
    'FAIL',
    /^net\.ipv4\.conf\.eth0\.forwarding is 1, wanted 0/,
    kernelWith('net.ipv4.ip_forward=0', 'net.ipv4.conf.eth0.forwarding=1'),
    kernelWith('net.ipv4.conf.all.forwarding=0', 'net.ipv4.conf.default.forwarding=0'),
    sysctlD('60-own.conf', 'net.ipv4.ip_forward = 0'),
  ],
  'one interface will forward from the next boot on': [
    'PL.NET.9',
    'FAIL',
    /^\/etc\/sysctl\.d\/60-own\.conf:2 sets net\.ipv4\.conf\.eth0\.forwarding to 1/,
    kernelWith('net.ipv4.ip_forward=0', 'net.ipv4.conf.eth0.forwarding=0'),
    kernelWith('net.ipv4.conf.default.forwarding=0'),
    sysctlD('60-own.conf', 'net.ipv4.ip_forward = 0', 'net/ipv4/conf/eth0/forwarding = 1'),
  ],
  'one interface of IPv6 forwards by force': [
    'PL.NET.9',
    'FAIL',
    /^net\.ipv6\.conf\.eth0\.force_forwarding is 1, wanted 0/,
    kernelWith('net.ipv4.ip_forward=0', 'net.ipv6.conf.eth0.force_forwarding=1'),
    kernelWith('net.ipv6.conf.default.force_forwarding=0'),
    sysctlD('60-own.conf', 'net.ipv4.ip_forward = 0'),
  ],
  'no interface forwards, and only ip_forward is written': [
    'PL.NET.9',
    'PASS',
    /^$/,
    kernelWith('net.ipv4.ip_forward=0', 'net.ipv4.conf.eth0.forwarding=0'),
    kernelWith('net.ipv4.conf.default.forwarding=0', 'net.ipv6.conf.default.force_forwarding=0'),
    sysctlD('60-own.conf', 'net.ipv4.ip_forward = 0'),
  ],
  'an interface that is not there yet will accept redirects': [
    'PL.NET.1',
    'FAIL',
    /^\/etc\/sysctl\.d\/70-late\.conf:1 sets net\.ipv4\.conf\.eth1\.accept_redirects to 1/,
    kernelWith('net.ipv4.conf.all.accept_redirects=0', 'net.ipv4.conf.default.accept_redirects=0'),
    sysctlD(
      '60-own.conf',
      'net.ipv4.conf.all.accept_redirects=0',
      'net.ipv4.conf.default.accept_redirects=0',
    ),
    sysctlD('70-late.conf', 'net.ipv4.conf.eth1.accept_redirects=1'),
  ],
  'an interface that came before the files still accepts redirects': [
    'PL.NET.1',
    'FAIL',
    /^net\.ipv4\.conf\.eth0\.accept_redirects is 1, wanted 0/,
    kernelWith('net.ipv4.conf.all.accept_redirects=0', 'net.ipv4.conf.default.accept_redirects=0'),
    kernelWith('net.ipv4.conf.eth0.accept_redirects=1'),
    sysctlD(
      '60-own.conf',
      'net.ipv4.conf.all.accept_redirects=0',
      'net.ipv4.conf.default.accept_redirects=0',
    ),
  ],
  'an interface by a pattern, which is not there yet, will accept redirects': [
    'PL.NET.1',
    'FAIL',
    /^\/etc\/sysctl\.d\/70-late\.conf:1 sets net\.ipv4\.conf\.wlan\*\.accept_redirects to 1/,
    kernelWith('net.ipv4.conf.all.accept_redirects=0', 'net.ipv4.conf.default.accept_redirects=0'),
    sysctlD(
      '60-own.conf',
      'net.ipv4.conf.all.accept_redirects=0',
      'net.ipv4.conf.default.accept_redirects=0',
    ),
    sysctlD('70-late.conf', 'net.ipv4.conf.wlan*.accept_redirects=1'),
  ],
  'nothing reads the files': [
    'PL.NET.8',
    'FAIL',
    /^systemd-sysctl\.service is masked/,
    kernelWith(syncookies),
    sysctlD('60-own.conf', syncookies),
    { 'etc/systemd/system/systemd-sysctl.service': masked },
  ],
  'networkd will forward': [
    'PL.NET.9',
    'FAIL',
    /^\/etc\/systemd\/network\/10-lan\.network:4 sets net\.ipv4\.ip_forward to 1 whenever/,
    kernelWith('net.ipv4.ip_forward=0'),
    sysctlD('60-own.conf', 'net.ipv4.ip_forward = 0'),
    {
      'etc/systemd/network/10-lan.network': '[Match]\nName=eth0\n[Network]\nIPMasquerade=both\n',
    },
  ],
  'networkd is told not to forward': [
    'PL.NET.9',
    'PASS',
    /^$/,
    kernelWith('net.ipv4.ip_forward=0'),
    sysctlD('60-own.conf', 'net.ipv4.ip_forward = 0'),
    { 'etc/systemd/networkd.conf': '[Network]\n#IPv4Forwarding=yes\nIPv4Forwarding=no\n' },
  ],
  'IPv6 takes no routing header at all': [
    'PL.NET.4',
    'PASS',
    /^$/,
    kernelWith(...['all', 'default'].map((conf) => `net.ipv6.conf.${conf}.accept_source_route=-1`)),
    sysctlD(
      '60-own.conf',
      ...['all', 'default'].map((conf) => `net.ipv6.conf.${conf}.accept_source_route=-1`),
    ),
  ],
  'a value that is no number': [
    'PL.NET.8',
    'FAIL',
    /^net\.ipv4\.tcp_syncookies is a\[\$\(id\)\]/,
    kernelWith('net.ipv4.tcp_syncookies=a[$(id)]'),
    sysctlD('60-own.conf', syncookies),
  ],
  'containers route': [
    'PL.NET.9',
    'NA',
    /^not where containers is: dockerd containerd$/,
    kernelWith('net.ipv4.ip_forward=1'),
    { 'usr/bin/dockerd': '', 'usr/bin/containerd': '' },
  ],
  'a kernel without the key': ['PL.KRN.2', 'NA', /^this kernel has none of these keys$/, {}],
};

test.each(evaluated(files))('%s', (_, [id, status, reason, ...given]) => {
  const { s, why = '' } = verdictOf(id, given);
  expect(s).toBe(status);
  expect(why).toMatch(reason);
});

const blocked = (modules: readonly string[]): Files => ({
  'etc/modprobe.d/plumbline.conf': modules.map((name) => `install ${name} /bin/false\n`).join(''),
});
const modules: Readonly<Record<string, readonly [id: string, s: string, ...Files[]]>> = {
  'network protocols are blocked': ['PL.NET.11', 'PASS', blocked(['dccp', 'sctp', 'rds', 'tipc'])],
  'one may be loaded': ['PL.NET.11', 'FAIL', blocked(['dccp', 'sctp', 'rds'])],
  'a blacklist alone is not enough': [
    'PL.NET.11',
    'FAIL',
    { 'etc/modprobe.d/x.conf': 'blacklist dccp\nblacklist sctp\nblacklist rds\nblacklist tipc\n' },
  ],
  'one is blocked but loaded': [
    'PL.NET.11',
    'FAIL',
    blocked(['dccp', 'sctp', 'rds', 'tipc']),
    { 'proc/modules': 'sctp 16384 0 - Live 0x0\n' },
  ],
  'a kernel that was built without them': [
    'PL.NET.11',
    'NA',
    { 'proc/sys/kernel/osrelease': '6.1\n', 'lib/modules/6.1/modules.dep': 'kernel/fs/xfs.ko:\n' },
  ],
  'file systems are blocked, with dashes as they come': [
    'PL.KRN.8',
    'PASS',
    blocked(['cramfs', 'freevxfs', 'hfs', 'hfsplus', 'jffs2', 'udf', 'usb_storage']),
  ],
  'a file of the same name in /etc takes the block away': [
    'PL.KRN.8',
    'FAIL',
    { 'etc/modprobe.d/block.conf': '' },
    { 'usr/lib/modprobe.d/block.conf': 'install cramfs /bin/false\n' },
  ],
  'the command that stands in for it loads it all the same': [
    'PL.KRN.8',
    'FAIL',
    {
      'etc/modprobe.d/x.conf': `${blocked(['cramfs', 'freevxfs', 'hfs', 'hfsplus', 'jffs2', 'usb-storage'])['etc/modprobe.d/plumbline.conf']}install udf /bin/true && /sbin/modprobe --ignore-install udf\n`,
    },
  ],
  'an earlier command loads it': [
    'PL.NET.11',
    'FAIL',
    blocked(['dccp', 'sctp', 'rds', 'tipc']),
    { 'etc/modprobe.d/a.conf': 'install sctp /sbin/modprobe --ignore-install sctp\n' },
  ],
  'one is part of the kernel': [
    'PL.NET.11',
    'FAIL',
    blocked(['dccp', 'sctp', 'rds', 'tipc']),
    {
      'proc/sys/kernel/osrelease': '6.1\n',
      'lib/modules/6.1/modules.dep': '',
      'lib/modules/6.1/modules.builtin': 'kernel/net/sctp/sctp.ko\n',
    },
  ],
  'another file loads it': ['PL.KRN.8', 'FAIL', blocked(['cramfs', 'hfs'])],
};

test.each(evaluated(modules))('modules: %s', (_, [id, status, ...given]) => {
  expect(verdictOf(id, given).s).toBe(status);
});

const noDumps = sysctlD('60-own.conf', 'fs.suid_dumpable=0');
const limits: Files = { 'etc/security/limits.d/a.conf': '* hard core 0\n' };
const dumps: Readonly<Record<string, readonly [s: string, ...Files[]]>> = {
  'none at all': ['PASS', kernelWith('fs.suid_dumpable=0'), noDumps, limits],
  'privileged programs dump': ['FAIL', kernelWith('fs.suid_dumpable=1'), noDumps, limits],
  'dumps go to a program': [
    'PASS',
    kernelWith('fs.suid_dumpable=2', 'kernel.core_pattern=|/usr/lib/systemd/systemd-coredump'),
    sysctlD('60-own.conf', 'fs.suid_dumpable=2'),
    limits,
  ],
  'dumps of root go to a file': [
    'FAIL',
    kernelWith('fs.suid_dumpable=2', 'kernel.core_pattern=core'),
    sysctlD('60-own.conf', 'fs.suid_dumpable=2'),
    limits,
  ],
  'users may dump': ['FAIL', kernelWith('fs.suid_dumpable=0'), noDumps],
  'a line with blanks before and tabs within': [
    'PASS',
    kernelWith('fs.suid_dumpable=0'),
    noDumps,
    { 'etc/security/limits.d/a.conf': '  *\thard   core\t0\n' },
  ],
  'one group may dump': [
    'FAIL',
    kernelWith('fs.suid_dumpable=0'),
    noDumps,
    { 'etc/security/limits.d/a.conf': '* hard core 0\n@dev - core unlimited\n' },
  ],
  'one user has no limits at all': [
    'FAIL',
    kernelWith('fs.suid_dumpable=0'),
    noDumps,
    { 'etc/security/limits.d/a.conf': '* hard core 0\nalice -\n' },
  ],
  'PAM sets no limits': [
    'FAIL',
    kernelWith('fs.suid_dumpable=0'),
    noDumps,
    limits,
    { 'etc/pam.d/sshd': '# session required pam_limits.so\n' },
  ],
  'PAM sets them from another file': [
    'FAIL',
    kernelWith('fs.suid_dumpable=0'),
    noDumps,
    limits,
    { 'etc/pam.d/sshd': 'session required pam_limits.so conf=/opt/limits\n' },
  ],
  'PAM sets them': [
    'PASS',
    kernelWith('fs.suid_dumpable=0'),
    noDumps,
    limits,
    { 'etc/pam.d/sshd': 'session required pam_limits.so\n' },
  ],
  'dumps go to a file from the next boot on': [
    'FAIL',
    kernelWith('fs.suid_dumpable=2', 'kernel.core_pattern=|/usr/lib/systemd/systemd-coredump'),
    sysctlD('60-own.conf', 'fs.suid_dumpable=2', 'kernel.core_pattern=core'),
    limits,
  ],
  'a later file lets users dump': [
    'FAIL',
    kernelWith('fs.suid_dumpable=0'),
    noDumps,
    limits,
    { 'etc/security/limits.d/b.conf': '* hard core unlimited\n' },
  ],
};

test.each(Object.entries(dumps))('core dumps: %s', (_, [status, ...given]) => {
  expect(verdictOf('PL.KRN.3', given).s).toBe(status);
});

test('every kernel control is evaluated', () => {
  const evaluated = [...Object.keys(keys), 'PL.NET.11', 'PL.KRN.3', 'PL.KRN.8'];
  expect(evaluated.toSorted()).toEqual(kernel.map(({ id }) => id).toSorted());
});

test('no row keeps out what a host boots from, or what snaps and containers are made of', () => {
  const modules = kernel.flatMap(({ check }) => (check.kind === 'module' ? check.modules : []));
  expect(modules).toContain('cramfs');
  for (const needed of ['squashfs', 'vfat', 'overlay', 'nfs', 'fuse'])
    expect(modules).not.toContain(needed);
});
