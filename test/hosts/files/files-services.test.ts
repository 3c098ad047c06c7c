import { expect, test } from '@jest/globals';
import { filesAndAccounts } from '../../../lib/hosts/files/index.ts';
import { type Cases, control, describeOnRoots, evaluatedCases } from './files-root.ts';

const why = (pattern: RegExp) => expect.stringMatching(pattern);
const systemd = 'mkdir -p /run/systemd/system';
const unitIs = (unit: string, state: string) => [
  'unit_state() {',
  `[[ $1 == ${unit} ]] && REPLY='${state}' || REPLY='not-found inactive'`,
  '}',
];
const listening = (...addresses: readonly string[]) =>
  `mkdir -p /proc/net; printf '%s\\n' ' sl local_address rem_address st' ${addresses
    .map((address) => `'0: ${address} 00000000:0000 0A'`)
    .join(' ')} >/proc/net/tcp`;
const postfix = (line: string) => `mkdir -p /etc/postfix; echo '${line}' >/etc/postfix/main.cf`;
const appArmor = (enabled: string, ...profiles: readonly string[]) =>
  `mkdir -p /sys/module/apparmor/parameters /sys/kernel/security/apparmor /etc/systemd/system/sysinit.target.wants; echo ${enabled} >/sys/module/apparmor/parameters/enabled; printf '%s\\n' ${profiles.map((profile) => `'${profile}'`).join(' ')} >/sys/kernel/security/apparmor/profiles; ln -s /lib/x /etc/systemd/system/sysinit.target.wants/apparmor.service`;
const redHat =
  "rm /etc/os-release; printf 'ID=rhel\\nVERSION_ID=9.4\\n' >/etc/os-release; mkdir -p /etc/selinux /sys/fs/selinux";
const seLinux = (enforce: string, config: string) =>
  `${redHat}; printf ${enforce} >/sys/fs/selinux/enforce; echo 'SELINUX=${config}' >/etc/selinux/config`;

const cases: Cases = {
  'PL.SVC.1': {
    'none of them is there': {
      given: systemd,
      standIns: unitIs('-', ''),
      expected: { s: 'PASS' },
    },
    'one runs': {
      given: systemd,
      standIns: unitIs('rpcbind.service', 'enabled active'),
      expected: { s: 'FAIL', why: 'rpcbind.service is enabled and active' },
    },
    'one does not run, but its socket starts it': {
      given: systemd,
      standIns: unitIs('cups.socket', 'enabled inactive'),
      expected: { s: 'FAIL', why: 'cups.socket is enabled and inactive' },
    },
    'one runs under another unit': {
      given: `${systemd}; mkdir -p /proc/77; echo in.telnetd >/proc/77/comm; ln -s /usr/sbin/in.telnetd /proc/77/exe`,
      standIns: unitIs('-', ''),
      expected: { s: 'FAIL', e: '/usr/sbin/in.telnetd' },
    },
    'one of a container runs': {
      given: `${systemd}; mkdir -p /proc/77 /image; echo in.telnetd >/proc/77/comm; ln -s ../../image /proc/77/root`,
      standIns: unitIs('-', ''),
      expected: { s: 'PASS' },
    },
    'systemd listens for telnet by a socket of somebody’s own': {
      given: `${systemd}; ${listening('00000000:0017')}`,
      standIns: unitIs('-', ''),
      expected: { s: 'FAIL', why: 'something listens on tcp/23' },
    },
    'a socket of somebody’s own waits for the next boot': {
      given: `${systemd}; printf '%s\\n' '[Socket]' ListenStream=0.0.0.0:23 >/etc/systemd/system/t.socket`,
      standIns: unitIs('-', ''),
      expected: { s: 'FAIL', why: '/etc/systemd/system/t.socket listens for an old protocol' },
    },
    'a server of logs': {
      given: `${systemd}; ${listening('00000000:0202')}`,
      standIns: unitIs('-', ''),
      expected: { s: 'PASS' },
    },
    'telnet on the loopback': {
      given: `${systemd}; ${listening('0100007F:0017')}`,
      standIns: unitIs('-', ''),
      expected: { s: 'PASS' },
    },
    'one is masked': {
      given: systemd,
      standIns: unitIs('rpcbind.service', 'masked inactive'),
      expected: { s: 'PASS' },
    },
  },
  'PL.SVC.2': {
    'no mail server': { given: listening('00000000:0016'), expected: { s: 'NA' } },
    'for this host alone': {
      given: `${postfix('inet_interfaces = loopback-only')}; ${listening('0100007F:0019')}`,
      expected: { s: 'PASS', e: 'local' },
    },
    'for everybody': {
      given: `${postfix('inet_interfaces = all')}; ${listening('00000000:0019')}`,
      expected: { s: 'FAIL', p: false, why: 'listens on 00000000:0019' },
    },
    'for everybody, by a program that nobody knows': {
      given: listening('0100007F:0019', '00000000000000000000000000000000:024B'),
      expected: { s: 'FAIL', p: true },
    },
    'for everybody from its next start on': {
      given: `${postfix('myhostname = x')}; ${listening('0100007F:0019')}`,
      expected: { s: 'FAIL', p: false, why: 'postfix: inet_interfaces = all' },
    },
    'for everybody, on the next line of the file': {
      given: `mkdir -p /etc/postfix; printf '%s\\n' 'inet_interfaces = loopback-only,' '  10.0.0.5' >/etc/postfix/main.cf`,
      expected: { s: 'FAIL', p: false },
    },
    'for everybody, with a tab in the line': {
      given: `mkdir -p /etc/postfix; printf 'inet_interfaces\t=\tall\n' >/etc/postfix/main.cf`,
      expected: { s: 'FAIL', why: 'postfix: inet_interfaces = all' },
    },
    'for everybody by an address of master.cf': {
      given: `${postfix('inet_interfaces = loopback-only')}; printf '%s\\n' '127.0.0.1:10025 inet n - y - - smtpd' '[::1]:10026 inet n - y - - smtpd' '0.0.0.0:smtp inet n - y - - smtpd' >/etc/postfix/master.cf`,
      expected: { s: 'FAIL', p: false, why: 'postfix: master.cf has 0.0.0.0' },
    },
    'by addresses of master.cf that are the host’s own': {
      given: `${postfix('inet_interfaces = loopback-only')}; printf '%s\\n' 'smtp inet n - y - - smtpd' '127.0.0.1:10025 inet n - y - - smtpd' >/etc/postfix/master.cf`,
      expected: { s: 'PASS' },
    },
    'an address that only ends like the loopback': {
      given: listening('B80D0120000000000000000000007F7F:0019'),
      expected: { s: 'FAIL' },
    },
    'Exim as Debian sets it up': {
      given: `mkdir /etc/exim4; echo "dc_local_interfaces='127.0.0.1 ; ::1'" >/etc/exim4/update-exim4.conf.conf; ${listening('0100007F:0019', '00000000000000000000000001000000:0019')}`,
      expected: { s: 'PASS' },
    },
    'Exim for an address beside the loopback': {
      given: `mkdir /etc/exim4; echo "dc_local_interfaces='127.0.0.1 ; 10.0.0.5'" >/etc/exim4/update-exim4.conf.conf`,
      expected: { s: 'FAIL', why: why(/^exim4: dc_local_interfaces=/) },
    },
    'Exim for everybody': {
      given: `mkdir /etc/exim4; echo "dc_local_interfaces=''" >/etc/exim4/update-exim4.conf.conf`,
      expected: { s: 'FAIL', why: why(/^exim4: dc_local_interfaces=/) },
    },
  },
  'PL.MAC.1': {
    'profiles are loaded': {
      given: appArmor('Y', '/usr/sbin/ntpd (enforce)', 'man (complain)'),
      expected: { s: 'PASS', e: '2 profiles' },
    },
    'the kernel has it off': {
      given: appArmor('N'),
      expected: { s: 'FAIL', why: 'the kernel has it off' },
    },
    'all profiles are idle': {
      given: appArmor('Y', 'x (unconfined)'),
      expected: { s: 'FAIL', e: '0 profiles', why: 'no profile is loaded' },
    },
    'all profiles only complain': {
      given: appArmor('Y', 'man (complain)'),
      expected: { s: 'FAIL', e: '1 profiles', why: 'no profile is enforced' },
    },
    'another module from the next boot on': {
      given: `${appArmor('Y', 'x (enforce)')}; mkdir -p /etc/default; echo 'GRUB_CMDLINE_LINUX="security=selinux"' >/etc/default/grub`,
      expected: { s: 'FAIL', p: false },
    },
    'off from the next boot on': {
      given: `${appArmor('Y', 'x (enforce)')}; mkdir -p /etc/default; echo 'GRUB_CMDLINE_LINUX="apparmor=0"' >/etc/default/grub`,
      expected: { s: 'FAIL', p: false, why: '/etc/default/grub: apparmor=0' },
    },
    'nothing loads the profiles at the next boot': {
      given: `${appArmor('Y', 'x (enforce)')}; rm /etc/systemd/system/sysinit.target.wants/apparmor.service`,
      expected: { s: 'FAIL', p: false, why: 'apparmor.service is not enabled' },
    },
  },
  'PL.MAC.2': {
    'another family': { given: ':', expected: { s: 'NA' } },
    'it enforces': { given: seLinux('1', 'enforcing'), expected: { s: 'PASS', e: 'enforcing' } },
    'it only warns, which is enough': {
      given: seLinux('0', 'permissive'),
      expected: { s: 'PASS', e: 'permissive' },
    },
    'it only warns, which is not enough': {
      given: seLinux('0', 'enforcing'),
      parameters: 'PL.MAC.2.weakest=enforcing',
      expected: { s: 'FAIL', p: true, why: 'it is permissive' },
    },
    off: {
      given: `${redHat}; echo SELINUX=disabled >/etc/selinux/config`,
      expected: { s: 'FAIL', e: 'disabled', p: false, why: 'it is disabled' },
    },
    'off from the next boot on': {
      given: seLinux('1', 'disabled'),
      expected: { s: 'FAIL', e: 'enforcing', p: false, why: '/etc/selinux/config: disabled' },
    },
    'off from the next boot on, by the boot loader': {
      given: `${seLinux('1', 'enforcing')}; mkdir -p /boot/loader/entries; echo 'options ro selinux=0' >/boot/loader/entries/a.conf`,
      expected: { s: 'FAIL', p: false, why: 'the boot loader switches it off' },
    },
  },
};

describeOnRoots('services', (base) => evaluatedCases(base, cases));

test('what could not be tried on a real host is never changed', () => {
  for (const id of ['PL.MAC.1', 'PL.MAC.2']) {
    const { remediation } = control(id);
    expect(remediation.fix).toBe('report');
    expect(remediation.advice).toContain('Not tried on a real host.');
  }
});

test('the area has its 24 rows', () => {
  expect(filesAndAccounts).toHaveLength(24);
});
