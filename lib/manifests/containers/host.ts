import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
} from '../model/manifest-control.ts';
import { podSecurity } from './pages.ts';

/** Sockets by which a container rules its host. */
const sockets =
  /(?:^|\/)(?:docker|containerd|crio|podman|dockershim|cri-dockerd|buildkitd|kubelet)\.sock$/;
/** Folders that hold nothing but the system, and all that is in them. */
const system = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib32',
  '/lib64',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/etcd',
  '/var/lib/kubelet',
  '/var/run',
];
/** Folders that have these in them. */
const above: ReadonlySet<string> = new Set(['/', '/var', '/var/lib']);

/** Without doubled slashes, dots, and a slash at the end. */
const normalized = (path: string): string => {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return `/${steps.join('/')}`;
};

/** What a path of the host gives away; `undefined` for a folder of an application. */
export const givesAway = (written: string): string | undefined => {
  const path = normalized(written);
  if (sockets.test(path)) return `the socket of a runtime, ${path}`;
  if (above.has(path)) return `the folder ${path} of the host`;
  return system.some((folder) => path === folder || path.startsWith(`${folder}/`))
    ? `${path} of the host's system`
    : undefined;
};

/** What of the host a workload is in, or sees. */
export const host: readonly ManifestControl[] = [
  defineManifestControl('workload', {
    id: 'PL.CONTAINER.9',
    title: 'Containers have namespaces of their own',
    severity: 'HIGH',
    rationale: 'In the host’s namespaces a container sees and signals what is not its own.',
    standards: {
      'pss-baseline': ['Host Namespaces'],
      'cis-kubernetes-1.9.0': ['5.2.3', '5.2.4', '5.2.5'],
      'cis-docker-1.6.0': ['5.10', '5.16', '5.17', '5.21', '5.31'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: host namespaces'],
    },
    evaluate: ({ hostNamespaces }) =>
      departures(
        hostNamespaces.map(({ name, said }) =>
          fault(said, 'its own', `it is in the host's namespace of ${name}`),
        ),
      ),
    remediation: {
      advice:
        'Take out hostNetwork, hostPID and hostIPC; in compose host for network_mode, pid, ipc, uts and userns_mode.',
      url: podSecurity,
    },
  }),
  defineManifestControl('workload', {
    id: 'PL.CONTAINER.10',
    title: 'Containers have no socket of a runtime and no folder of the system',
    severity: 'CRITICAL',
    rationale:
      'With docker.sock, with /etc or with the disk of the host, a container rules the host.',
    standards: {
      'pss-baseline': ['HostPath Volumes'],
      'cis-docker-1.6.0': ['5.6', '5.32'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: host paths'],
    },
    evaluate: ({ hostMounts }) =>
      departures(
        hostMounts.flatMap(({ path, said }) => {
          const given = givesAway(path);
          return given === undefined ? [] : [fault(said, 'a volume', `it has ${given}`)];
        }),
      ),
    remediation: {
      advice:
        'Mount a volume that is no folder of the host, or the one file that is needed, read-only; put a filtering proxy before a socket.',
      url: podSecurity,
    },
  }),
];
