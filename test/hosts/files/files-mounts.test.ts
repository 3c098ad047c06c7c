import { type Cases, describeOnRoots, evaluatedCases } from './files-root.ts';

const mounted = (...lines: readonly string[]) =>
  `mkdir -p /proc/self; printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >/proc/self/mounts`;
const fstab = (...lines: readonly string[]) =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} >/etc/fstab`;
const all = (...parts: readonly string[]) => parts.join('; ');
const disk = '/dev/vda1 / ext4 rw,relatime 0 0';
const shm = (options: string) => `tmpfs /dev/shm tmpfs ${options} 0 0`;
const tmp = (options: string) => `tmpfs /tmp tmpfs ${options} 0 0`;
const home = (options: string) => `/dev/vdb /home ext4 ${options} 0 0`;
const unit = (file: string, options: string) =>
  `mkdir -p "$(dirname /${file})"; printf '[Mount]\\nOptions=${options}\\n' >/${file}`;

const cases: Cases = {
  'PL.MNT.1': {
    'mounted and written so': {
      given: all(mounted(shm('rw,nosuid,nodev,noexec')), fstab(shm('nodev,nosuid,noexec'))),
      expected: { s: 'PASS', p: true },
    },
    'as systemd mounts it': {
      given: mounted(disk, shm('rw,nosuid,nodev')),
      expected: { s: 'FAIL', p: false, why: '/dev/shm is mounted without noexec' },
    },
    'until the next boot': {
      given: mounted(shm('rw,nosuid,nodev,noexec')),
      expected: { s: 'FAIL', p: false, why: 'the next boot mounts /dev/shm without noexec' },
    },
    'from the next boot on': {
      given: all(mounted(shm('rw,nosuid,nodev')), fstab(shm('nodev,nosuid,noexec'))),
      expected: { s: 'FAIL', p: true },
    },
    'a line that takes back what it says': {
      given: all(mounted(shm('rw,nosuid,nodev,noexec')), fstab(shm('nodev,nosuid,noexec,exec'))),
      expected: { s: 'FAIL', p: false, why: 'the next boot mounts /dev/shm without noexec' },
    },
    'a second line for it': {
      given: all(
        mounted(shm('rw,nosuid,nodev,noexec')),
        fstab(shm('nosuid,nodev'), shm('nodev,nosuid,noexec')),
      ),
      expected: { s: 'FAIL', p: false, why: 'the next boot mounts /dev/shm without noexec' },
    },
    'a drop-in of a unit, with blanks': {
      given: all(
        mounted(shm('rw,nosuid,nodev,noexec')),
        fstab(shm('nodev,nosuid,noexec')),
        unit('usr/lib/systemd/system/dev-shm.mount.d/a.conf', 'nosuid').replace('=', ' = '),
      ),
      expected: { s: 'FAIL', why: 'the next boot mounts /dev/shm without nodev,noexec' },
    },
    'a drop-in of all units of this kind': {
      given: all(
        mounted(shm('rw,nosuid,nodev,noexec')),
        fstab(shm('nodev,nosuid,noexec')),
        unit('etc/systemd/system/mount.d/a.conf', 'nosuid'),
      ),
      expected: { s: 'FAIL', p: false },
    },
    'a folder that is written with a slash': {
      given: all(
        mounted(shm('rw,nosuid,nodev,noexec')),
        fstab(shm('nodev,nosuid,noexec').replace('shm ', 'shm/ ')),
      ),
      expected: { s: 'PASS' },
    },
    'not mounted': { given: mounted(disk), expected: { s: 'FAIL', e: 'none' } },
  },
  'PL.MNT.2': {
    'a unit of its own': {
      given: all(
        mounted(tmp('rw,nosuid,nodev')),
        unit('usr/lib/systemd/system/tmp.mount', 'mode=1777,nosuid,nodev'),
      ),
      expected: { s: 'PASS', e: 'rw,nosuid,nodev' },
    },
    'a part of the disk': {
      given: mounted(disk),
      expected: { s: 'FAIL', why: '/tmp is no file system of its own' },
    },
    'a drop-in that takes it back, whatever fstab says': {
      given: all(
        mounted(tmp('rw,nosuid,nodev')),
        fstab(tmp('nosuid,nodev')),
        unit('etc/systemd/system/tmp.mount.d/a.conf', 'mode=1777'),
      ),
      expected: { s: 'FAIL', p: false, why: 'the next boot mounts /tmp without nodev,nosuid' },
    },
    'a unit of the distribution, which fstab replaces': {
      given: all(
        mounted(tmp('rw,nosuid,nodev')),
        fstab(tmp('defaults')),
        unit('usr/lib/systemd/system/tmp.mount', 'nosuid,nodev'),
      ),
      expected: { s: 'FAIL', p: false },
    },
    'a unit that is masked': {
      given: all(
        mounted(tmp('rw,nosuid,nodev')),
        unit('usr/lib/systemd/system/tmp.mount', 'nosuid,nodev'),
        'ln -s /dev/null /etc/systemd/system/tmp.mount',
      ),
      expected: { s: 'FAIL', p: false, why: 'the next boot mounts /tmp without nodev,nosuid' },
    },
    'a unit of /etc without options, whatever fstab says': {
      given: all(
        mounted(tmp('rw,nosuid,nodev')),
        fstab(tmp('nosuid,nodev')),
        'printf "[Mount]\\nWhere=/tmp\\n" >/etc/systemd/system/tmp.mount',
      ),
      expected: { s: 'FAIL', p: false },
    },
    'programs, where nobody asked for none': {
      given: all(mounted(tmp('rw,nosuid,nodev')), fstab(tmp('nosuid,nodev'))),
      expected: { s: 'PASS' },
    },
    'programs, where somebody did': {
      given: all(mounted(tmp('rw,nosuid,nodev')), fstab(tmp('nosuid,nodev'))),
      parameters: 'PL.MNT.2.execution=noexec',
      expected: { s: 'FAIL', why: '/tmp is mounted without noexec' },
    },
  },
  'PL.MNT.3': {
    'parts of the disk': { given: mounted(disk), expected: { s: 'NA' } },
    'a file system of one user has neither': {
      given: mounted(disk, '/dev/vdb /home/alice ext4 rw 0 0'),
      expected: { s: 'FAIL', why: '/home/alice is mounted without nodev,nosuid' },
    },
    'one further down in it has neither': {
      given: all(
        mounted(disk, home('rw,nosuid,nodev'), '/dev/vdc /home/alice ext4 rw,nodev 0 0'),
        fstab(home('nosuid,nodev')),
      ),
      expected: { s: 'FAIL', why: '/home/alice is mounted without nosuid' },
    },
    'the next boot mounts none': {
      given: all(mounted(disk, home('rw,nosuid,nodev')), fstab(home('nosuid,nodev,noauto'))),
      expected: { s: 'FAIL', p: false },
    },
    'one of them, with both options': {
      given: all(mounted(disk, home('rw,nosuid,nodev')), fstab(home('nosuid,nodev'))),
      expected: { s: 'PASS' },
    },
    'one of them, without': {
      given: all(mounted(disk, home('rw,relatime')), fstab(home('defaults'))),
      expected: { s: 'FAIL', e: 'rw,relatime', why: '/home is mounted without nodev,nosuid' },
    },
    'the next boot mounts one further down': {
      given: all(
        mounted(disk, home('rw,nosuid,nodev')),
        fstab(home('nosuid,nodev'), '/dev/vdc /home/alice ext4 defaults 0 0'),
      ),
      expected: {
        s: 'FAIL',
        p: false,
        why: 'the next boot mounts /home/alice without nodev,nosuid',
      },
    },
    'the next boot mounts what is none yet': {
      given: all(mounted(disk), fstab(home('defaults'))),
      expected: { s: 'FAIL', p: false, why: 'the next boot mounts /home without nodev,nosuid' },
    },
    'a link to one': {
      given: all(
        mounted(disk, '/dev/vdb /data ext4 rw 0 0'),
        'mkdir /data; rm -r /home; ln -s data /home',
      ),
      expected: { s: 'FAIL', why: '/data is mounted without nodev,nosuid' },
    },
    'one that users may mount has neither': {
      given: all(mounted(disk, home('rw,nosuid,nodev')), fstab(home('defaults,user'))),
      expected: { s: 'PASS' },
    },
    'a comment says otherwise': {
      given: all(mounted(home('rw,nosuid,nodev')), fstab(`#${home('nosuid,nodev')}`)),
      expected: { s: 'FAIL', p: false },
    },
  },
  'PL.MNT.4': {
    'programs wherever agents are': {
      given: all(mounted(disk, tmp('rw,noexec')), fstab(tmp('noexec'))),
      expected: { s: 'PASS', e: 'exec' },
    },
    'none below /var': {
      given: mounted(disk, '/dev/vdb /var ext4 rw,noexec 0 0'),
      expected: { s: 'FAIL', p: true, why: '/var is mounted noexec: /var/lib/amazon/ssm' },
    },
    'one of their own below it': {
      given: mounted(
        disk,
        '/dev/vdb /var ext4 rw,noexec 0 0',
        '/dev/vdc /var/lib/amazon ext4 rw 0 0',
      ),
      expected: { s: 'PASS' },
    },
    'none after the next boot': {
      given: all(mounted(disk), fstab('/dev/vdb /var/lib ext4 defaults,noexec 0 2')),
      expected: { s: 'FAIL', p: false, why: 'fstab mounts /var/lib noexec: /var/lib/amazon/ssm' },
    },
    'one that users may mount': {
      given: all(mounted(disk), fstab('/dev/vdb /var ext4 users 0 2')),
      expected: { s: 'FAIL', p: false },
    },
    'one that users may mount, with programs': {
      given: all(mounted(disk), fstab('/dev/vdb /var ext4 users,exec 0 2')),
      expected: { s: 'PASS' },
    },
    'a folder whose name only begins alike': {
      given: mounted(disk, '/dev/vdb /var/lib/ama ext4 rw,noexec 0 0'),
      expected: { s: 'PASS' },
    },
  },
};

describeOnRoots('mounts', (base) => evaluatedCases(base, cases));
