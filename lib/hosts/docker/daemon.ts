import { defineHostControls } from '../control.ts';

const restart =
  'New containers have it once dockerd was started again; those that are there must be made anew.';

/** What dockerd is told by its flags and by daemon.json. */
export const daemon = defineHostControls([
  {
    id: 'PL.DKR.1',
    area: 'docker',
    title: 'Logs of containers are bounded',
    severity: 'MEDIUM',
    rationale: 'The driver json-file keeps every line of a container until the disk is full.',
    references: {},
    where: ['docker'],
    check: {
      kind: 'docker',
      subject: 'container',
      settings: [{ name: 'logs', expect: { is: 'bounded' } }],
    },
    remediation: {
      fix: 'automatic',
      risk: 'disruptive',
      advice: `Set log-opts with max-size and max-file in daemon.json. ${restart}`,
    },
  },
  {
    id: 'PL.DKR.2',
    area: 'docker',
    title: 'Processes in containers cannot gain privileges',
    severity: 'MEDIUM',
    rationale: 'A setuid program in an image makes root of any user in its container.',
    references: { 'cis-docker-1.6.0': ['2.14', '5.26'] },
    where: ['docker'],
    check: {
      kind: 'docker',
      subject: 'container',
      settings: [{ name: 'no-new-privileges', expect: { is: 'true' } }],
    },
    remediation: {
      fix: 'automatic',
      // Images that use sudo or setuid programs stop working.
      risk: 'breaking',
      advice: `Set no-new-privileges in daemon.json, or as a security option of each container. ${restart}`,
    },
  },
  {
    id: 'PL.DKR.3',
    area: 'docker',
    title: 'Containers are kept apart on the default bridge and live through a restart of dockerd',
    severity: 'LOW',
    rationale:
      'On docker0 every container reaches every other, and userland-proxy hides who connects.',
    references: { 'cis-docker-1.6.0': ['2.2', '2.15', '2.16'] },
    where: ['docker'],
    check: {
      kind: 'docker',
      subject: 'daemon',
      settings: [
        { name: 'live-restore', expect: { is: 'true' } },
        { name: 'icc', expect: { is: 'false' } },
        { name: 'userland-proxy', expect: { is: 'false' } },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'breaking',
      advice:
        'Set live-restore true, icc false and userland-proxy false in daemon.json. The last two are in effect once dockerd was started again.',
    },
  },
  {
    id: 'PL.DKR.4',
    area: 'docker',
    title: 'No registry and no client without TLS is trusted by dockerd',
    severity: 'HIGH',
    rationale: 'Whoever reaches the socket is root, and images that come unencrypted are anyone’s.',
    references: { 'cis-docker-1.6.0': ['2.5', '2.7'] },
    where: ['docker'],
    check: {
      kind: 'docker',
      subject: 'daemon',
      settings: [
        { name: 'registries', expect: { is: 'encrypted' } },
        { name: 'sockets', expect: { is: 'local' } },
      ],
    },
    remediation: {
      fix: 'report',
      advice: 'Take out insecure-registries and tcp:// hosts, or set tlsverify with certificates.',
    },
  },
  {
    id: 'PL.DKR.5',
    area: 'docker',
    title: 'The configuration and the sockets of Docker belong to root',
    severity: 'HIGH',
    rationale: 'Who can write to them can start a privileged container.',
    references: {
      'cis-docker-1.6.0': ['3.1', '3.2', '3.3', '3.4', '3.5', '3.6', '3.15', '3.16', '3.17'],
    },
    where: ['docker'],
    check: {
      kind: 'file',
      files: [
        { path: '/etc/docker', mode: '755', owners: ['root:root'] },
        { path: '/etc/docker/*.json', mode: '644', owners: ['root:root'] },
        { path: '/etc/docker/certs.d/*/*', mode: '644', owners: ['root:root'] },
        { path: '/etc/@(default|sysconfig)/docker', mode: '644', owners: ['root:root'] },
        {
          path: '/@(etc|lib|usr/lib)/systemd/system/docker.@(service|socket)',
          mode: '644',
          owners: ['root:root'],
        },
        {
          path: '/etc/systemd/system/docker.@(service|socket).d/*',
          mode: '644',
          owners: ['root:root'],
        },
        { path: '/run/docker.sock', mode: '660', owners: ['root:docker', 'root:root'] },
        { path: '/run/containerd/containerd.sock', mode: '660', owners: ['root:root'] },
      ],
    },
    remediation: {
      fix: 'automatic',
      risk: 'safe',
      advice:
        'chown root:root and chmod 644 the files of Docker; a socket has its mode from SocketMode and SocketGroup of docker.socket.',
    },
  },
]);
