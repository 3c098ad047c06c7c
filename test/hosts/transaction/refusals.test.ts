import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampled } from '../../extent.ts';
import { describeAsRoot, HostFolder } from './host-folder.ts';

type Files = Readonly<Record<string, string>>;
const change = 'echo new | replace_file /etc/theirs.conf';
const theirs = { 'etc/theirs.conf': 'old' };

describeAsRoot('what refuses a whole run, by name', () => {
  let host: HostFolder;
  let before: string;
  beforeEach(() => {
    host = new HostFolder(theirs);
    before = host.listing();
  });
  afterEach(() => host.remove());
  const unchanged = () => expect(host.listing()).toBe(before);

  test('a run that waits for its confirmation', () => {
    const first = host.harden(change);
    const second = host.harden('echo newer | replace_file /etc/theirs.conf');
    expect(second).toMatchObject({ exit: 1, outcome: 'refused', reason: `pending:${first.id}` });
    expect(readFileSync(join(host.path, 'etc/theirs.conf'), 'utf8')).toBe('new\n');
    expect(host.state()).toContain('pending');
  });

  test('a rollback that is not finished', () => {
    host.put({ 'var/lib/plumbline/reverting': 'some-id\n' });
    expect(host.harden(change)).toMatchObject({ exit: 1, reason: 'reverting:some-id' });
    unchanged();
  });

  test('a run that goes on', () => {
    host.put({ 'var/lib/plumbline/lock': '' });
    // The lock is on the open file, which the run inherits and opens again.
    const BEFORE = 'exec 7<"$root/var/lib/plumbline/lock"; flock 7';
    expect(host.harden(change, {}, { BEFORE })).toMatchObject({
      exit: 1,
      reason: 'run_in_progress',
    });
    unchanged();
  });

  test('an id that was used', () => {
    const id = randomUUID();
    host.rollback(host.harden(change, { id }).id);
    expect(host.harden(change, { id })).toMatchObject({ exit: 1, reason: `id_used:${id}` });
    expect(host.rollback(id)).toMatchObject({ outcome: 'reverted' });
    unchanged();
  });

  test('a disk that is full', () => {
    const BEFORE =
      'mount -t tmpfs -o size=1M full "$root/var/lib"; head -c 1040000 /dev/zero >"$root/var/lib/much"';
    expect(host.harden(change, {}, { BEFORE })).toMatchObject({
      exit: 1,
      reason: 'disk_full:/var/lib',
    });
    unchanged();
  });

  test('a disk without inodes', () => {
    const BEFORE =
      'mount -t tmpfs -o nr_inodes=1000 full "$root/var/lib"; touch "$root/var/lib/"{1..970}';
    expect(host.harden(change, {}, { BEFORE }).reason).toBe('disk_full:/var/lib');
    unchanged();
  });

  test('a system that is only read', () => {
    const BEFORE = 'mount --bind "$root/etc" "$root/etc"; mount -o remount,bind,ro "$root/etc"';
    expect(host.harden(change, {}, { BEFORE })).toMatchObject({ exit: 1, reason: 'read_only' });
    unchanged();
  });

  test('noexec below the agent', () => {
    const BEFORE =
      'mkdir -p "$root/var/lib/amazon/ssm"; mount -t tmpfs -o noexec ssm "$root/var/lib/amazon/ssm"';
    expect(host.harden(change, {}, { BEFORE })).toMatchObject({ exit: 1, reason: 'ssm_noexec' });
  });

  test('a control that is not there', () => {
    const answer = host.harden(change, { Controls: 'PL.T.9' });
    expect(answer).toMatchObject({ exit: 2, outcome: 'stopped' });
    expect(answer.reason).toMatch(/PL\.T\.9/);
    unchanged();
  });

  test('an agent that names no command', () => {
    expect(host.harden(change, { id: '../../etc' })).toMatchObject({ exit: 2 });
    unchanged();
  });
});

const modprobe = (module: string) =>
  `echo "install ${module} /bin/false" | own_file /etc/modprobe.d/plumbline.conf 644 root:root`;
const sysctl = (key: string, value: number) => `set_sysctl ${key} ${value}`;
const snap = { 'snap/bin/snapd': '', 'var/lib/snapd/snaps/core.snap': '' };
const docker = { 'snap/bin/dockerd': '' };
const interfaces = { 'sys/class/net/a/device/x': '', 'sys/class/net/b/device/x': '' };
const rpFilter = { 'proc/sys/net/ipv4/conf/all/rp_filter': '2\n' };
const forward = { 'proc/sys/net/ipv4/ip_forward': '1\n' };

const never: Readonly<Record<string, readonly [fix: string, files: Files, why: string]>> = {
  'squashfs where snap is (dev-sec/linux-baseline#174)': [
    modprobe('squashfs'),
    snap,
    'in_use:squashfs',
  ],
  'vfat where UEFI is (dev-sec/ansible-collection-hardening#162)': [
    modprobe('vfat'),
    { 'sys/firmware/efi/x': '' },
    'in_use:vfat',
  ],
  'overlay where containers are': [modprobe('overlay'), docker, 'in_use:overlay'],
  'a module that is used': [
    modprobe('usb-storage'),
    { 'sys/module/usb_storage/refcnt': '2\n' },
    'in_use:usb-storage',
  ],
  'forwarding where containers are (moby/moby#47966)': [
    sysctl('net.ipv4.ip_forward', 0),
    { ...forward, ...docker },
    'routes_for_others',
  ],
  'forwarding in a file where containers are': [
    'echo "net.ipv4.ip_forward = 0" | own_file /etc/sysctl.d/zz-plumbline.conf 644 root:root',
    docker,
    'routes_for_others',
  ],
  'strict rp_filter with several interfaces': [
    sysctl('net.ipv4.conf.all.rp_filter', 1),
    { ...rpFilter, ...interfaces },
    'several_interfaces',
  ],
  'modules off until the next boot': [
    sysctl('kernel.modules_disabled', 1),
    { 'proc/sys/kernel/modules_disabled': '0\n' },
    'one_way:kernel.modules_disabled',
  ],
  'bpf off until the next boot': [
    'echo kernel.unprivileged_bpf_disabled=1 | own_file /etc/sysctl.d/zz-plumbline.conf 644 root:root',
    {},
    'one_way:kernel.unprivileged_bpf_disabled',
  ],
  'an audit that halts the host': [
    'echo "disk_full_action = HALT" | replace_file /etc/audit/auditd.conf',
    { 'etc/audit/auditd.conf': 'disk_full_action = SUSPEND\n' },
    'audit_halts',
  ],
  'a lock that counts for root (dev-sec/ansible-collection-hardening#923)': [
    'echo even_deny_root | own_file /etc/security/faillock.conf 644 root:root',
    {},
    'locks_root',
  ],
  'sudoers that sudo can not read': [
    'echo "alice ALL=(ALL" | own_file /etc/sudoers.d/plumbline 440 root:root',
    {},
    'sudoers_rejected',
  ],
  'noexec above the agent (aws/amazon-ssm-agent#321)': [
    'echo "/dev/x /var ext4 nosuid,noexec 0 0" | replace_file /etc/fstab',
    { 'etc/fstab': '' },
    'ssm_noexec',
  ],
  'sshd off': [
    'units enable ssh.service\nunit_off ssh.service',
    { 'etc/systemd/system/ssh.service': '[Install]\nWantedBy=a.target\n' },
    'keeps_the_host_reachable',
  ],
  'the agent off': [
    'units enable amazon-ssm-agent.service\nunit_off amazon-ssm-agent.service',
    { 'etc/systemd/system/amazon-ssm-agent.service': '[Install]\nWantedBy=a.target\n' },
    'keeps_the_host_reachable',
  ],
  'a unit that is not there': ['unit_on nothing.service', {}, 'no_unit:nothing.service'],
  'a key that this kernel lacks': [sysctl('kernel.none', 1), {}, 'no_sysctl:kernel.none'],
};

describeAsRoot('what is never changed, whatever a control asks', () => {
  let host: HostFolder;
  afterEach(() => host.remove());

  test.each(sampled(Object.entries(never), { quick: 12 }))('%s', (_, [fix, files, why]) => {
    host = new HostFolder({ ...theirs, ...files });
    const before = host.listing();
    const { outcome, results } = host.harden([{ fix }, { fix: change }]);
    expect(results.get('PL.T.1')).toMatchObject({ o: 'refused', why });
    // The rest of the run goes on.
    expect([outcome, results.get('PL.T.2')?.['o']]).toEqual(['applied', 'ineffective']);
    host.put(theirs);
    const without = (listing: string) =>
      listing
        .split('\n')
        .filter((line) => !/plumbline-boot|sysinit|theirs|a\.target\.wants/.test(line));
    expect(without(host.listing())).toEqual(without(before));
  });
});

describeAsRoot('what refuses a control, by name', () => {
  let host: HostFolder;
  afterEach(() => host.remove());
  const one = (trial: Parameters<HostFolder['harden']>[0]) => {
    host = new HostFolder(theirs);
    return host.harden(trial).results.get('PL.T.1');
  };

  test('it passes already', () => {
    expect(one([{ fix: change, audit: 'pass fine' }])).toMatchObject({ o: 'same', before: 'fine' });
  });
  test('it can not be evaluated', () => {
    expect(one([{ fix: change, audit: 'unknown "no answer"' }])).toMatchObject({
      o: 'refused',
      why: 'unknown:no answer',
    });
  });
  test('its fix is for other hosts', () => {
    expect(one([{ fix: change, fixWhere: 'docker' }])?.['why']).toBe(
      'not_here:only where docker is',
    );
  });
  test('it may break a workload and was not named', () => {
    expect(one([{ fix: change, fixWhere: 'named' }])?.['why']).toMatch(/^not_here:.*named/);
  });
  test.each(['ID="rhel"\nVERSION_ID="9.4"\n', 'ID=amzn\nVERSION_ID="2023"\n', ''])(
    'it was never tried on such a system and was not named: %j',
    (release) => {
      host = new HostFolder({ ...theirs, 'etc/os-release': release });
      const { outcome, results } = host.harden(change);
      const os = /ID="?(\w+)/.exec(release)?.[1] ?? '';
      expect([outcome, results.get('PL.T.1')]).toEqual([
        'unchanged',
        expect.objectContaining({ o: 'refused', why: `not_tried:${os}` }),
      ]);
      const named = host.harden(change, { Controls: 'PL.T.1' });
      expect(named.results.get('PL.T.1')?.['o']).toBe('ineffective');
    },
  );
  test('it needs packages, and nobody said that they may be installed', () => {
    const more = 'packages_trial0() { PACKAGES+=(fail2ban python3-systemd); }';
    expect(one([{ fix: change, more }])).toMatchObject({
      o: 'refused',
      why: 'needs_install:fail2ban python3-systemd',
    });
  });
  test('it still fails afterwards', () => {
    expect(one(change)).toMatchObject({ o: 'ineffective', before: '0', after: '0', why: 'trial' });
  });
});
