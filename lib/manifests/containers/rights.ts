import { strings } from '../../model/parameters.ts';
import type { Container } from '../model/container.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
  notApplicable,
} from '../model/manifest-control.ts';
import { adding, removing, removingFaults, setting } from '../model/repair.ts';
import { cisDocker, podSecurity } from './pages.ts';

/** Those that a container has where nothing is dropped. https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities */
const defaultCapabilities: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
/** Groups of hosts whose members are root as soon as they like, or read what is root's. */
const groupsOfRoot = /^(?:root|[+-]?0+|docker|disk|kmem|lxd|shadow|sudo|wheel)$/;
/** How each platform is told what only a person knows. */
const users: Readonly<Record<Container['platform'], string>> = {
  kubernetes: 'runAsNonRoot: true with runAsUser: <number>',
  compose: 'user: "<number>:<number>"',
  ecs: 'User: "<number>:<number>"',
};
const readOnly: Readonly<Record<Container['platform'], string>> = {
  kubernetes: 'readOnlyRootFilesystem: true with an emptyDir',
  compose: 'read_only: true with tmpfs or volumes',
  ecs: 'ReadonlyRootFilesystem: true with volumes',
};
const onWindows = notApplicable('Windows has no such setting');

/** What a container may do on its host. */
export const rights: readonly ManifestControl[] = [
  defineManifestControl('container', {
    id: 'PL.CONTAINER.1',
    title: 'No container is privileged',
    severity: 'CRITICAL',
    rationale: 'A privileged container is root on its host.',
    standards: {
      'pss-baseline': ['Privileged Containers'],
      'cis-kubernetes-1.9.0': ['5.2.2'],
      'cis-docker-1.6.0': ['5.5'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: privileged containers'],
    },
    evaluate: ({ privileged: { is, said } }) =>
      departures(is ? [fault(said, false, 'the container is privileged')] : []),
    repair: ({ privileged: { said } }) => setting([said], false, 'sets privileged: false'),
    remediation: {
      advice: 'Take privileged out, and give the capabilities and devices that it needs.',
      url: podSecurity,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.2',
    title: 'No program in a container can gain privileges',
    severity: 'MEDIUM',
    rationale: 'A program with setuid makes root of whoever has broken in.',
    standards: {
      'pss-restricted': ['Privilege Escalation'],
      'cis-kubernetes-1.9.0': ['5.2.6'],
      'cis-docker-1.6.0': ['5.26'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: privilege escalation'],
    },
    evaluate({ os, mayGainPrivileges }) {
      if (os === 'windows') return onWindows;
      if (!mayGainPrivileges) return notApplicable('Fargate has no such setting');
      const { is, said } = mayGainPrivileges;
      return departures(is ? [fault(said, false, 'programs in it can gain privileges')] : []);
    },
    repair: ({ platform, mayGainPrivileges, place }) => {
      const { said } = mayGainPrivileges ?? { said: place };
      if (platform === 'kubernetes')
        return setting([said], false, 'sets allowPrivilegeEscalation: false');
      const option = platform === 'ecs' ? 'no-new-privileges' : 'no-new-privileges:true';
      // It stands at the list, or at the item that says otherwise.
      return platform === 'ecs' || said.at.at(-1) === 'security_opt'
        ? adding(said, option, `adds ${option} to ${String(said.at.at(-1))}`)
        : setting([said], option, `sets ${option}`);
    },
    remediation: {
      advice:
        'Set allowPrivilegeEscalation: false in its securityContext, or security_opt: ["no-new-privileges:true"] in compose, DockerSecurityOptions for ECS.',
      url: podSecurity,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.3',
    title: 'Containers drop all capabilities',
    severity: 'MEDIUM',
    rationale: 'The default set lets a container forge packets and make device files.',
    standards: {
      'pss-restricted': ['Capabilities'],
      'cis-kubernetes-1.9.0': ['5.2.8', '5.2.10'],
      'cis-docker-1.6.0': ['5.4'],
    },
    evaluate: ({ os, privileged, capabilities: { dropsAll, said } }) =>
      os === 'windows'
        ? onWindows
        : // What is privileged has them all, whatever it drops.
          departures(
            dropsAll && !privileged.is
              ? []
              : [fault(said, ['ALL'], 'not all capabilities are dropped')],
          ),
    repair: ({ capabilities: { said } }) => adding(said, 'ALL', 'drops all capabilities'),
    remediation: {
      advice:
        'Set capabilities: { drop: [ALL] } in its securityContext, or cap_drop: [ALL] in compose, and add back what it needs.',
      url: podSecurity,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.4',
    title: 'No container adds a capability that rules its host',
    severity: 'HIGH',
    rationale:
      'With a capability beyond the default set, such as SYS_ADMIN, a container can leave its walls.',
    standards: {
      'pss-baseline': ['Capabilities'],
      'cis-kubernetes-1.9.0': ['5.2.9'],
      'cis-docker-1.6.0': ['5.4'],
    },
    evaluate: ({ os, platform, capabilities: { added } }) =>
      os === 'windows'
        ? onWindows
        : departures(
            added
              // Kubernetes' admission takes no other spelling; compose does.
              .map(({ name, said }) => ({
                name: platform === 'kubernetes' ? (said.text() ?? '') : name,
                said,
              }))
              .filter(({ name }) => !defaultCapabilities.has(name))
              .map(({ name, said }) =>
                fault(said, 'none beyond the default set', `the capability ${name} is added`),
              ),
          ),
    repair: removingFaults('takes out the capability'),
    remediation: {
      advice:
        'Take the capability out; what needs it belongs on the host, or in a pod that is exempted.',
      url: podSecurity,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.5',
    title: 'Containers add back harmless capabilities only',
    severity: 'LOW',
    rationale: 'Each capability that comes back is one that whoever has broken in can use.',
    standards: { 'pss-restricted': ['Capabilities'], 'cis-docker-1.6.0': ['5.4'] },
    parameters: {
      capabilities: strings({
        default: ['NET_BIND_SERVICE'],
        allowed: 'capabilities without CAP_, such as CHOWN',
        pattern: /^(?!CAP_)[A-Z][A-Z_]+$/,
      }),
    },
    evaluate: ({ os, capabilities: { added } }, { capabilities }) =>
      os === 'windows'
        ? onWindows
        : departures(
            added
              .filter(({ name }) => !capabilities.includes(name))
              .map(({ name, said }) =>
                fault(said, capabilities, `the capability ${name} is added`),
              ),
          ),
    repair: removingFaults('takes out the capability'),
    remediation: {
      advice: 'Take the capability out, or name it in the parameter capabilities.',
      url: podSecurity,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.6',
    title: 'Containers run as another user than root',
    severity: 'MEDIUM',
    rationale: 'Root in a container is root of the host for whatever gets out of it.',
    standards: {
      'pss-restricted': ['Running as Non-root', 'Running as Non-root user'],
      'cis-kubernetes-1.9.0': ['5.2.7'],
      'cis-docker-1.6.0': ['4.1'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: non-root containers'],
    },
    evaluate({ user: { is, said }, groups }) {
      const what =
        is === 'root'
          ? 'it runs as root'
          : 'it sets no user, so the image decides: root by default';
      return departures([
        ...(is === 'other' ? [] : [fault(said, 'another user than root', what)]),
        ...groups
          .filter(({ name }) => groupsOfRoot.test(name))
          .map((one) => fault(one.said, 'no group of root', `it is in the group ${one.name}`)),
      ]);
    },
    repair: ({ platform }) => ({
      why: `only you know a user that the image works for: ${users[platform]}`,
    }),
    remediation: {
      advice:
        'Set runAsNonRoot: true, and runAsUser where the image names no number; in compose user. The image has to work for that user.',
      url: podSecurity,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.7',
    title: 'The file systems of containers are read-only',
    severity: 'LOW',
    rationale: 'What breaks in can leave nothing behind where nothing can be written.',
    standards: {
      'cis-docker-1.6.0': ['5.13'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: immutable container file systems'],
    },
    evaluate: ({ os, readOnlyRoot: { is, said } }) =>
      os === 'windows'
        ? onWindows
        : departures(is ? [] : [fault(said, true, 'its root file system is writable')]),
    repair: ({ platform }) => ({
      why: `only you know where it writes: ${readOnly[platform]} for these folders`,
    }),
    remediation: {
      advice:
        'Set readOnlyRootFilesystem: true with an emptyDir where it writes; in compose read_only: true with tmpfs or volumes.',
      url: podSecurity,
    },
  }),
  defineManifestControl('container', {
    id: 'PL.CONTAINER.8',
    title: 'No container turns its confinement off',
    severity: 'HIGH',
    rationale: 'Without seccomp, AppArmor or SELinux a container reaches all of the kernel.',
    standards: {
      'pss-baseline': ['Seccomp', 'AppArmor', 'SELinux', '/proc Mount Type'],
      'cis-docker-1.6.0': ['5.2', '5.3', '5.22'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: hardening applications'],
    },
    evaluate: ({ unconfined }) =>
      departures(
        unconfined.map(({ name, said }) => fault(said, 'the default', `${name} is turned off`)),
      ),
    repair: (_, faults) => ({
      ...removing(
        faults.map(({ said }) => said),
        'takes the default of the runtime',
      ),
      // A profile without its type is none.
      edits: faults
        .toReversed()
        .map(({ said: { at } }) =>
          at.at(-1) === 'type' && at.at(-2) !== 'seLinuxOptions'
            ? { path: at, value: 'RuntimeDefault' }
            : { path: at, remove: true },
        ),
    }),
    remediation: {
      advice: 'Take the setting out: the default of the runtime is confined.',
      url: cisDocker,
    },
  }),
];
