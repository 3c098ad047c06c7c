import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { docker } from '../../lib/hosts/docker/index.ts';
import { auditHost } from '../../lib/hosts/documents/audit-host.ts';
import { sampledByOutcome } from '../extent.ts';
import { type Files, type Report, type Result, runDocument, withFolder } from './audited.ts';
import { evaluatedBy, info, type Said } from './docker-audited.ts';
import { good, type Inspected } from './docker-inspect.ts';

const evaluated = (id: string, said: Said): Result => {
  const result = evaluatedBy([id], said).get(id);
  if (!result) throw new Error(`no verdict of ${id}`);
  return result;
};

const but = (change: (container: Inspected) => void): Inspected => {
  const container = good();
  container.Name = '/bad';
  change(container);
  return container;
};
const host = (change: Partial<Inspected['HostConfig']>) =>
  but((container) => Object.assign(container.HostConfig, change));
const user = (name: string, pid = 0) =>
  but((container) => {
    container.Config.User = name;
    container.State.Pid = pid;
  });
const bound = (...sources: readonly string[]) =>
  but((container) => {
    container.Mounts = sources.map((Source) => ({ Type: 'bind', Source }));
  });
const dockerd = (id: number): Files => ({
  [`proc/${id}/comm`]: 'dockerd\n',
  [`proc/${id}/cmdline`]: 'dockerd\0',
});
const readable = (Source: string) =>
  but((container) => {
    container.Mounts = [{ Type: 'bind', Source, RW: false }];
  });
const volume = (Name: string) =>
  but((container) => {
    container.Mounts = [{ Type: 'volume', Source: `/var/lib/docker/volumes/${Name}/_data`, Name }];
  });
const published = (port: string, HostIp: string, HostPort = '8080') =>
  but((container) => {
    container.NetworkSettings.Ports = { '9999/tcp': null, [port]: [{ HostIp, HostPort }] };
  });
const database = (...networks: readonly string[]) =>
  but((container) => {
    container.Config.ExposedPorts = { '5432/tcp': {} };
    container.NetworkSettings.Networks = Object.fromEntries(networks.map((name) => [name, {}]));
  });
const status = (uid: number, own: number): Files => ({
  'proc/77/status': `Name:\tx\nUid:\t${uid}\t${uid}\t${uid}\t${uid}\nNoNewPrivs:\t${own}\n`,
});
const daemon = (settings: object): Files => ({
  'etc/docker/daemon.json': JSON.stringify(settings, null, 2),
});
const one = (...containers: readonly Inspected[]): Said => ({ containers });
const pass = { s: 'PASS' } as const;
const fails = (why: string, e = '1 of 1 containers') => ({ s: 'FAIL', e, why }) as const;

type Case = readonly [said: Said, expected: Partial<Result>];
const cases: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'PL.DKR.1': {
    'bounded by its own options': [one(good()), { s: 'PASS', p: true }],
    'json-file without a size': [
      one(host({ LogConfig: { Type: 'json-file', Config: {} } })),
      { ...fails('bad: logs unbounded'), p: false },
    ],
    'a size that is none': [
      one(host({ LogConfig: { Type: 'json-file', Config: { 'max-size': '-1' } } })),
      { s: 'FAIL' },
    ],
    'another driver': [one(host({ LogConfig: { Type: 'journald', Config: {} } })), pass],
    'made before daemon.json had a size': [
      {
        ...one(host({ LogConfig: { Type: 'json-file', Config: {} } })),
        files: daemon({ 'log-opts': { 'max-size': '10m' } }),
      },
      { s: 'FAIL', p: true },
    ],
    'no container yet, and a default': [
      { files: daemon({ 'log-driver': 'json-file', 'log-opts': { 'max-size': '10m' } }) },
      pass,
    ],
    'no container yet, and a flag': [{ flags: '--log-driver local' }, pass],
    'no container yet, and no default': [
      {},
      fails('new ones: logs unbounded', '1 of new containers'),
    ],
  },
  'PL.DKR.2': {
    'its own option': [one(good()), pass],
    'an option with a value': [one(host({ SecurityOpt: ['no-new-privileges:true'] })), pass],
    'no option': [
      one(host({ SecurityOpt: null })),
      { ...fails('bad: no-new-privileges false'), p: false },
    ],
    'a default of the daemon, which its options do not show': [
      { ...one(host({ SecurityOpt: null })), files: daemon({ 'no-new-privileges': true }) },
      pass,
    ],
    'an option that takes the default back': [
      { ...one(host({ SecurityOpt: ['no-new-privileges:false'] })), flags: '--no-new-privileges' },
      { s: 'FAIL', p: true },
    ],
    'what runs was started before the default': [
      {
        ...one(
          but((each) => {
            each.HostConfig.SecurityOpt = null;
            each.State.Pid = 77;
          }),
        ),
        files: { ...daemon({ 'no-new-privileges': true }), ...status(1000, 0) },
      },
      { s: 'FAIL', p: true },
    ],
  },
  'PL.DKR.3': {
    'all three are set': [
      { files: daemon({ 'live-restore': true, icc: false, 'userland-proxy': false }) },
      { s: 'PASS', e: 'true false false', p: true },
    ],
    ...Object.fromEntries(
      ['--icc=false --icc=true', '--icc=false --icc', '--icc=1', '--icc=T'].map(
        (flags): [string, Case] => [
          `by flags, of which the last counts: ${flags}`,
          [{ flags: `--live-restore ${flags} --userland-proxy=false` }, { s: 'FAIL', e: 'true' }],
        ],
      ),
    ),
    'by a word of Go': [{ flags: '--live-restore --icc=0 --userland-proxy=F' }, pass],
    'a label that looks like it': [
      { files: daemon({ 'live-restore': true, 'userland-proxy': false, labels: ['x,icc=false'] }) },
      { s: 'FAIL', e: 'true' },
    ],
    'by flags': [{ flags: '--live-restore --icc=false --userland-proxy=false' }, pass],
    'one is not': [
      { files: daemon({ 'live-restore': true, icc: false }) },
      {
        s: 'FAIL',
        p: false,
        why: 'userland-proxy is true, wanted false; the next start has it: false',
      },
    ],
    'in effect until the next start': [
      { files: daemon({ icc: false, 'userland-proxy': false }) },
      { s: 'FAIL', e: 'true', p: false },
    ],
    'not in effect until the next start': [
      {
        info: info('false'),
        files: daemon({ 'live-restore': true, icc: false, 'userland-proxy': false }),
      },
      { s: 'FAIL', e: 'false', p: true },
    ],
    'a daemon that does not answer': [{ info: '' }, { s: 'UNKNOWN' }],
    'a daemon that does not run': [{ more: ['docker_flags() { return 1; }'] }, { s: 'UNKNOWN' }],
  },
  'PL.DKR.4': {
    neither: [{}, { s: 'PASS', e: 'encrypted local' }],
    'a registry by name': [
      {
        info: info(
          'true',
          '[name=seccomp]',
          ',reg.internal:5000:{Name:reg.internal:5000,Mirrors:[],Secure:false,Official:false}',
        ),
      },
      { s: 'FAIL', e: 'reg.internal:5000' },
    ],
    'registries by addresses': [
      { info: info().replace('127.0.0.0/8', '10.0.0.0/8,127.0.0.0/8') },
      { s: 'FAIL', e: ',10.0.0.0/8,' },
    ],
    'a socket for everybody': [
      { flags: '-H tcp://0.0.0.0:2375' },
      { s: 'FAIL', e: 'tcp://0.0.0.0:2375' },
    ],
    ...Object.fromEntries(
      ['-H 0.0.0.0:2375', '-H=:2375', '--host 10.0.0.5', '-Htcp://:2375', '--host=ssh://x'].map(
        (flags): [string, Case] => [
          `a socket by the flag ${flags}`,
          [{ flags: `-H fd:// ${flags}` }, { s: 'FAIL' }],
        ],
      ),
    ),
    'sockets of this host': [
      {
        flags: '-H fd:// -H unix:///run/own.sock',
        files: daemon({ hosts: ['unix:///run/docker.sock'] }),
      },
      pass,
    ],
    'another dockerd, whose sockets nobody tells': [
      { files: { ...dockerd(7), ...dockerd(8) } },
      { s: 'UNKNOWN', why: 'another dockerd runs' },
    ],
    'another dockerd, which has ended': [
      { files: { ...dockerd(7), 'proc/8/comm': 'dockerd\n', 'proc/8/cmdline': '' } },
      pass,
    ],
    'a socket in daemon.json': [
      { files: daemon({ hosts: ['unix:///run/docker.sock', 'tcp://127.0.0.1:2375'] }) },
      { s: 'FAIL', e: 'tcp://127.0.0.1:2375' },
    ],
    'a socket of systemd': [
      {
        more: [
          "systemctl() { printf '%s\\n' 'Listen=/run/docker.sock (Stream)' 'Listen=[::]:2375 (Stream)'; }",
        ],
      },
      { s: 'FAIL', e: '[::]:2375' },
    ],
    ...Object.fromEntries(
      ['--tls', '--tlsverify=false', '--tlsverify --tlsverify=false', '--label tlsverify=true'].map(
        (flags): [string, Case] => [
          `a socket that asks for none: ${flags}`,
          [{ flags: `-H tcp://0.0.0.0:2376 ${flags}` }, { s: 'FAIL' }],
        ],
      ),
    ),
    'a socket that asks for certificates': [{ flags: '-H tcp://0.0.0.0:2376 --tlsverify' }, pass],
  },
  'PL.DKR.6': {
    'dropped, with a harmless one': [one(good()), pass],
    kept: [one(host({ CapDrop: null, CapAdd: null })), fails('bad: capabilities kept')],
    'one too many': [
      one(host({ CapAdd: ['CHOWN', 'SYS_ADMIN'] })),
      fails('bad: capabilities added:[CHOWN,SYS_ADMIN]'),
    ],
    'privileged, which drops none': [
      one(host({ Privileged: true })),
      fails('bad: capabilities all'),
    ],
  },
  'PL.DKR.7': {
    'none is': [one(good(), good()), { s: 'PASS', e: '2 containers' }],
    'one is': [
      one(good(), host({ Privileged: true })),
      fails('bad: privileged true', '1 of 2 containers'),
    ],
    'many are: the first three are named': [
      one(
        ...['a', 'b', 'c', 'd'].map((Name) => ({
          ...host({ Privileged: true }),
          Name: `/${Name}`,
        })),
      ),
      fails('a: privileged true; b: privileged true; c: privileged true', '4 of 4 containers'),
    ],
    'there is none': [{}, { s: 'NA', why: 'no container' }],
    'dockerd does not run': [{ more: ['docker_flags() { return 1; }'] }, { s: 'NA' }],
    'one could not be looked at': [
      { more: ["docker_containers() { echo '?'; }"] },
      { s: 'UNKNOWN', why: 'a container could not be looked at' },
    ],
  },
  'PL.DKR.8': {
    'a number': [one(good()), pass],
    'a name': [one(user('app')), pass],
    ...Object.fromEntries(
      ['', '0', 'root', '0:0', 'root:app', '00', '+0', ':1000'].map((name) => [
        `"${name}" is root`,
        [one(user(name)), fails('bad: user root')] as const,
      ]),
    ),
    'a name that runs as 0': [
      { ...one(user('toor', 77)), files: status(0, 1) },
      fails('bad: user root'),
    ],
    'a name that runs as another': [{ ...one(user('app', 77)), files: status(1000, 1) }, pass],
  },
  'PL.DKR.9': {
    'read-only': [one(good()), pass],
    writable: [one(host({ ReadonlyRootfs: false })), fails('bad: read-only false')],
    'one of two is writable': [
      one(host({ ReadonlyRootfs: false }), good()),
      fails('bad: read-only false', '1 of 2 containers'),
    ],
  },
  'PL.DKR.10': {
    'all three': [one(good()), pass],
    'processors by a quota': [one(host({ NanoCpus: 0, CpuQuota: 50_000 })), pass],
    'no memory': [one(host({ Memory: 0 })), fails('bad: memory 0')],
    'no processors': [one(host({ NanoCpus: 0, CpuQuota: 0 })), fails('bad: cpus 0')],
    'no processes': [one(host({ PidsLimit: null })), fails('bad: processes 0')],
    'processes without end': [one(host({ PidsLimit: -1 })), fails('bad: processes -1')],
  },
  'PL.DKR.11': {
    'a volume': [one(good()), pass],
    'files of an application': [one(bound('/srv/app', '/etc/localtime')), pass],
    'the socket of Docker': [
      one(bound('/srv', '/run/docker.sock')),
      fails('bad: binds /run/docker.sock'),
    ],
    'the socket of containerd elsewhere': [
      one(bound('/x/containerd.sock')),
      fails('bad: binds /x/containerd.sock'),
    ],
    'the folder of containerd': [
      one(bound('/run/containerd')),
      fails('bad: binds /run/containerd'),
    ],
    ...Object.fromEntries(
      [
        ...['/etc/cron.d', '/usr/bin', '/usr/local/sbin', '/lib/systemd/system', '/bin', '/sbin'],
        ...['/etc/', '/etc/passwd', '/etc/systemd/system/x.service', '/var/spool/cron', '/boot'],
        ...['/home/alice', '/home/alice/.ssh', '/var/lib/dpkg', '/var/log/auth.log', '/var/log'],
        ...['/run/systemd', '/run/dbus/system_bus_socket', '/dev/nvme0n1', '/dev/mem', '/opt/aws'],
        ...['/var/run/docker.sock', '/tmp', '/snap', '/lib64'],
      ].map((path): [string, Case] => [path, [one(bound(path)), { s: 'FAIL' }]]),
    ),
    ...Object.fromEntries(
      [
        ...['/data', '/opt/app', '/mnt/efs/x', '/var/www/html', '/var/lib/postgresql/data'],
        ...['/home/alice/app', '/tmp/x', '/usr/share/zoneinfo', '/dev/shm', '/var/log/nginx'],
        ...['/etc/ssl/certs', '/dev/nvidia0', '/run/postgresql'],
      ].map((path): [string, Case] => [path, [one(bound(path)), pass]]),
    ),
    'a file of /etc that can only be read': [one(readable('/etc/nginx/nginx.conf')), pass],
    'a file of /etc that can be written': [one(bound('/etc/nginx/nginx.conf')), { s: 'FAIL' }],
    'hashes that can only be read': [one(readable('/etc/shadow')), fails('bad: binds /etc/shadow')],
    'all of /etc, only to be read': [one(readable('/etc')), { s: 'FAIL' }],
    'a volume that is a folder of the host': [
      { ...one(volume('sys')), volumes: 'data null\nsys {device:/etc/cron.d,o:bind,type:none}' },
      fails('bad: binds /etc/cron.d'),
    ],
    'a volume that is a disk of the host': [
      { ...one(volume('disk')), volumes: 'disk {device:/dev/xvda1,type:ext4}' },
      fails('bad: binds /dev/xvda1'),
    ],
    'a volume that is a folder for data': [
      { ...one(volume('app')), volumes: 'app {device:/srv/app,o:bind,type:none}' },
      pass,
    ],
    'a volume of another host': [
      { ...one(volume('nfs')), volumes: 'nfs {device::/export,o:addr=10.0.0.9,type:nfs}' },
      pass,
    ],
    'a disk as a device': [
      one(host({ Devices: [{ PathOnHost: '/dev/nvme0n1' }] })),
      fails('bad: binds /dev/nvme0n1'),
    ],
    'all disks as devices': [
      one(host({ DeviceCgroupRules: ['c 10:200 rwm', 'b *:* rwm'] })),
      fails('bad: binds devices b *:* rwm'),
    ],
    'one device by its number': [one(host({ DeviceCgroupRules: ['c 10:200 rwm'] })), pass],
    'a graphics card as a device': [one(host({ Devices: [{ PathOnHost: '/dev/nvidia0' }] })), pass],
    'the whole host': [one(bound('/')), fails('bad: binds /')],
    'keys of root': [one(bound('/root/.ssh')), fails('bad: binds /root/.ssh')],
  },
  'PL.DKR.12': {
    'its own': [one(good()), pass],
    'the network of the host': [
      one(host({ NetworkMode: 'host' })),
      fails('bad: namespaces network host'),
    ],
    'the processes of the host': [
      one(host({ PidMode: 'host' })),
      fails('bad: namespaces processes host'),
    ],
    'the users of the host where others have their own': [
      one(host({ UsernsMode: 'host' })),
      fails('bad: namespaces users host'),
    ],
    'no labels of SELinux': [
      one(host({ SecurityOpt: ['label=disable'] })),
      fails('bad: confined no'),
    ],
    'a label of SELinux that confines nothing': [
      one(host({ SecurityOpt: ['label=type:spc_t'] })),
      fails('bad: confined no'),
    ],
    'a label of SELinux of its own': [one(host({ SecurityOpt: ['label=type:app_t'] })), pass],
    'no seccomp': [one(host({ SecurityOpt: ['seccomp=unconfined'] })), fails('bad: confined no')],
    'a profile of seccomp that forbids nothing': [
      one(
        host({ SecurityOpt: [`seccomp=${JSON.stringify({ defaultAction: 'SCMP_ACT_ALLOW' })}`] }),
      ),
      fails('bad: confined no'),
    ],
    'a profile of seccomp of its own': [
      one(
        host({
          SecurityOpt: [
            `seccomp=${JSON.stringify({ defaultAction: 'SCMP_ACT_ERRNO', syscalls: [{ action: 'SCMP_ACT_ALLOW' }] })}`,
          ],
        }),
      ),
      pass,
    ],
    'no seccomp in the kernel': [
      { ...one(good()), info: info('true', '[]') },
      fails('web: confined no'),
    ],
    'the processes of another container': [one(host({ PidMode: 'container:abc' })), pass],
  },
  'PL.DKR.13': {
    none: [one(good()), pass],
    'one on one address': [one(published('80/tcp', '10.0.0.5')), pass],
    'one on each address': [one(published('80/tcp', '0.0.0.0')), fails('bad: ports 80')],
    'one on each address of IPv6': [one(published('80/tcp', '::')), fails('bad: ports 80')],
    'a database on one address': [one(published('5432/tcp', '10.0.0.5')), fails('bad: ports 5432')],
    'a database under another number': [
      one(published('7000/tcp', '10.0.0.5', '6379')),
      fails('bad: ports 7000'),
    ],
    'one that is to be published when it starts': [
      one(host({ PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '80' }] } })),
      fails('bad: ports 80'),
    ],
  },
  'PL.DKR.14': {
    'an internal network': [
      { ...one(database('back')), networks: 'false front,\ntrue back,' },
      pass,
    ],
    docker0: [one(database('bridge')), fails('bad: networks bridge')],
    'one of two': [
      { ...one(database('back', 'front')), networks: 'false front,\ntrue back,' },
      fails('bad: networks front'),
    ],
    'no network': [one(database('none')), pass],
    'no database': [one(good()), pass],
  },
};
const all = Object.entries(cases).flatMap(([id, each]) =>
  Object.entries(each).map(([title, [said, expected]]) => ({ id, title, said, expected })),
);

const tried = sampledByOutcome(all, { quick: 6 }, ({ id, expected }) => `${id} ${expected.s}`);
test.each(tried)('$id: $title', ({ id, said, expected }) => {
  expect(evaluated(id, said)).toMatchObject(expected);
});

const of = (mode: number, others: Files = {}): Files => ({
  'etc/docker/daemon.json': { text: '{}', mode },
  ...others,
});
const theirs = { text: '', mode: 0o664 };
const ofRoot: Readonly<Record<string, Case>> = {
  'root’s alone': [{ files: of(0o600) }, { s: 'PASS' }],
  'written by anybody': [
    { files: of(0o666) },
    { s: 'FAIL', why: '/etc/docker/daemon.json is 666, wanted 644 or stricter' },
  ],
  'good beside a certificate that is not': [
    { files: of(0o644, { 'etc/docker/certs.d/registry/ca.crt': theirs }) },
    { s: 'FAIL', e: '/etc/docker/certs.d/registry/ca.crt is 664' },
  ],
  'good beside a unit that is not': [
    { files: of(0o644, { 'etc/systemd/system/docker.service': theirs }) },
    { s: 'FAIL', e: '/etc/systemd/system/docker.service is 664' },
  ],
};
// Tests write as whoever runs them, which only root may own.
const isRoot = process.getuid?.() === 0;
(isRoot ? test : test.skip).each(Object.entries(ofRoot))(
  'PL.DKR.5: %s (needs root)',
  (_, [said, expected]) => {
    expect(evaluated('PL.DKR.5', said)).toMatchObject(expected);
  },
);

test('without dockerd nothing is asked and nothing applies', () =>
  withFolder((root) => {
    const source = auditHost(docker);
    const body = ['docker_flags() { touch "$ROOT/asked"; return 1; }', ...source.body];
    const { stdout } = runDocument({ ...source, body }, [`ROOT=${root}`]);
    const report: Report = JSON.parse(stdout);
    expect(report.results.map(({ s }) => s)).toEqual(Array(14).fill('NA'));
    expect(existsSync(join(root, 'asked'))).toBe(false);
  }));

test('what strangers name is never evaluated', () =>
  withFolder((folder) => {
    const mark = join(folder, 'mark');
    const hostile = `a[$(touch ${mark})]\`touch ${mark}\`'%s`;
    const container = but((each) => {
      each.Name = hostile;
      each.Config.User = hostile;
      each.Config.ExposedPorts = { [hostile]: {}, '5432/tcp': {} };
      each.NetworkSettings.Networks = { [hostile]: {} };
      each.Mounts = [
        { Type: 'bind', Source: `/${hostile}` },
        { Type: 'volume', Source: '', Name: hostile },
      ];
      each.HostConfig.SecurityOpt = [hostile];
      each.HostConfig.CapAdd = [hostile];
      each.HostConfig.LogConfig = { Type: hostile, Config: { [hostile]: hostile } };
    });
    for (const { id } of docker.filter(({ check }) => check.kind === 'docker'))
      evaluated(id, {
        containers: [container],
        networks: hostile,
        volumes: `${hostile} {device:/${hostile}}`,
        flags: hostile,
        info: `true ${hostile}`,
      });
    expect(existsSync(mark)).toBe(false);
  }));
