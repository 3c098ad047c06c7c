import type { HostNamespace } from '../model/container.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
  notApplicable,
} from '../model/manifest-control.ts';
import { removingFaults } from '../model/repair.ts';
import { podSecurity } from './pages.ts';

/** A path that is asked about, without doubled slashes, dots, and a slash at the end. */
const normalized = (path: string): string => {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return `/${steps.join('/')}`.replace(/^\/var\/run(?=\/|$)/, '/run');
};

/** Of Windows: pipes of its services, such as that of Docker, whole drives, and the folders of the system. */
const ofWindows = [
  /^\/+[.?]\/pipe\//i,
  /^(?:\/+[.?]\/)?[a-z]:\/*$/i,
  /^(?:\/+[.?]\/)?[a-z]:\/+(?:windows|program ?data|program files(?: \(x86\))?)(?:\/|$)/i,
  // What somebody has in his folder is his own, but for settings and keys.
  /^(?:\/+[.?]\/)?[a-z]:\/+users(?:\/*|\/+[^/]+(?:\/*|\/+(?:\.|appdata(?:\/|$)).*))$/i,
];

/** Whether a path is a device of its host, or all of them, that a container may not have. */
export const isHostDevice = (path: string): boolean =>
  /^\/dev(?:\/|$)/.test(normalized(path)) && !mayHave(path, false);

/** The first that fits decides; as on hosts, where docker_may_have says the same. What nothing fits belongs to applications. */
const folders: readonly (readonly [path: RegExp, may: 'have' | 'read' | 'not'])[] = [
  [/\/(?:docker|containerd|crio|podman|buildkitd)\.sock$/, 'not'],
  [/^\/(?:proc|root)\//, 'not'],
  [/^\/run\/(?:containerd|crio|docker|podman)/, 'not'],
  // Of nodes: programs that kubelet starts, keys, what etcd keeps, and the home of kubelet on Google's.
  [/^\/opt\/(?:aws|cni|containerd|bin(?:\/|$))/, 'not'],
  [/^\/home\/kubernetes(?:\/|$)/, 'not'],
  [
    /^\/etc\/(?:shadow|gshadow|sudoers|ssh|kube|docker|cni|containerd|crio|etcd|rancher|krb5\.keytab|ssl\/private|pki\/tls\/private)/,
    'not',
  ],
  [/^\/var\/lib\/(?:docker|containerd|crio|etcd|kube|k0s|minikube|amazon|waagent)/, 'not'],
  [/^\/etc\/(?:localtime|timezone|hosts|hostname|resolv\.conf)$/, 'have'],
  [/^\/etc\/(?:ssl\/certs|pki\/ca-trust|ca-certificates)/, 'have'],
  [/^\/usr\/(?:share\/zoneinfo|(?:local\/)?share\/ca-certificates)/, 'have'],
  [
    /^\/dev\/(?:null|zero|full|random|urandom|shm|log|fuse|net\/tun|kvm|kfd|dri|(?:nvidia|neuron|infiniband|snd|video|tty).*)(?:\/|$)/,
    'have',
  ],
  [/^\/home\/[^/]+\/[^.]/, 'have'],
  [/^\/(?:tmp|var\/(?:tmp|www|opt))\/./, 'have'],
  [/^\/var\/(?:www|opt)$/, 'have'],
  [/^\/run\/(?:postgresql|mysqld|redis|php|memcached)/, 'have'],
  [
    /^\/var\/lib\/(?:apt|aide|apparmor|cloud|cni|containers|dbus|dnf|dpkg|extrausers|lx[cd]|machines|pam|plumbline|polkit|portables|private|rancher|rpm|selinux|snapd|sudo|systemd|ucf)/,
    'not',
  ],
  [/^\/var\/(?:lib|cache)\/./, 'have'],
  [
    /^\/var\/log\/(?!(?:.*\.log|(?:amazon|apt|audit|btmp|journal|lastlog|messages|secure|sudo|syslog|wtmp).*)$)/,
    'have',
  ],
  [/^\/(?:etc|usr|var\/log)\/./, 'read'],
  [/^\/(?:usr|lib|lib64)$/, 'read'],
  [
    /^\/(?:(?:bin|boot|dev|etc|home|lib|lib32|lib64|libx32|ostree|proc|root|run|sbin|snap|sys|sysroot|tmp|usr|var)(?:\/.*)?)?$/,
    'not',
  ],
];

/** Whether a container may have a path of its host, or, where that is enough, read it. */
export const mayHave = (path: string, isReadOnly: boolean): boolean => {
  if (ofWindows.some((one) => one.test(path.trim().replaceAll('\\', '/')))) return false;
  const asked = normalized(path.trim());
  const may = folders.find(([pattern]) => pattern.test(asked))?.[1] ?? 'have';
  return may === 'have' || (may === 'read' && isReadOnly);
};

/** What each namespace is called where it is set. */
const shared: Readonly<Record<HostNamespace['name'], string>> = {
  network: 'network',
  processes: 'PID',
  IPC: 'IPC',
  UTS: 'UTS',
  users: 'user',
  cgroups: 'cgroup',
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
      hostNamespaces
        ? departures(
            hostNamespaces.map(({ name, said }) =>
              fault(said, 'its own', `it shares the ${shared[name]} namespace of its host`),
            ),
          )
        : notApplicable('nothing runs in it'),
    repair: removingFaults('takes the namespace of the host out'),
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
    evaluate: ({ hostMounts, runtimes }) =>
      departures([
        ...hostMounts
          .filter(({ path, isReadOnly }) => !mayHave(path, isReadOnly))
          .map(({ path, said }) => fault(said, 'a volume', `it mounts ${path} of its host`)),
        ...runtimes.map((said) =>
          fault(said, 'a filtering proxy', 'it asks a runtime that makes it root of a host'),
        ),
      ]),
    remediation: {
      advice:
        'Mount a volume that is no folder of the host, or the one file that is needed, read-only; put a filtering proxy before a socket.',
      url: podSecurity,
    },
  }),
];
