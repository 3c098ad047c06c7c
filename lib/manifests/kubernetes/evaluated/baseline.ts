import { integers } from '../../../model/parameters.ts';
import type { Field } from '../../model/field.ts';
import {
  defineManifestControl,
  departures,
  fault,
  type ManifestControl,
  notApplicable,
} from '../../model/manifest-control.ts';
import { removingFaults } from '../../model/repair.ts';
import { type PodContainer, places } from '../pod.ts';
import { podSecurity } from './pages.ts';

const standard = (policy: string) => ({ 'pss-baseline': [policy] });

/** Sysctls that are of a pod alone, up to the standards of 1.37: older nodes refuse the newer ones. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const safeSysctls: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_notsent_lowat',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_slow_start_after_idle',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);
const seLinuxTypes: ReadonlySet<string> = new Set([
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);
const profiles: ReadonlySet<string> = new Set(['RuntimeDefault', 'Localhost']);
const annotation = 'container.apparmor.security.beta.kubernetes.io/';
const handlers = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
];

/** What the field of a profile says that is none of those that are allowed. */
const strangeProfiles = (said: Field) => {
  const type = said.get('type').text();
  return said.isSet && !profiles.has(type ?? '')
    ? [fault(said.get('type'), [...profiles], `its profile of AppArmor is ${type ?? 'none'}`)]
    : [];
};

const appArmorFaults = (one: PodContainer) => {
  const old = one.pod.metadata.get('annotations', `${annotation}${one.name}`);
  const text = old.text() ?? '';
  const isOldAllowed = text === '' || text === 'runtime/default' || text.startsWith('localhost/');
  return [
    ...places(one, 'appArmorProfile').flatMap(strangeProfiles),
    ...(isOldAllowed ? [] : [fault(old, 'runtime/default', `its profile of AppArmor is ${text}`)]),
  ];
};

const seLinuxFaultsIn = (options: Field) => {
  const type = options.get('type');
  const text = type.text() ?? '';
  return [
    ...(text === '' || seLinuxTypes.has(text)
      ? []
      : [fault(type, [...seLinuxTypes], `its type of SELinux is ${text}`)]),
    ...['user', 'role']
      .filter((name) => (options.get(name).text() ?? '') !== '')
      .map((name) => fault(options.get(name), 'not set', `it sets the ${name} of SELinux`)),
  ];
};

/** The Pod Security Standards' level baseline, beside what is asked of any container. */
export const baseline: readonly ManifestControl[] = [
  defineManifestControl('podContainer', {
    id: 'PL.K8S.1',
    title: 'No container of Windows is a process of its host',
    severity: 'CRITICAL',
    rationale: 'A HostProcess container rules the node.',
    standards: { ...standard('HostProcess'), 'cis-kubernetes-1.9.0': ['5.2.11'] },
    evaluate: (one) =>
      departures(
        places(one, 'windowsOptions', 'hostProcess')
          .filter((said) => said.wordOfFlag() === true)
          .map((said) => fault(said, false, 'it runs as a process of its node')),
      ),
    repair: removingFaults('takes hostProcess out'),
    remediation: { advice: 'Take windowsOptions.hostProcess out.', url: podSecurity },
  }),
  defineManifestControl('pod', {
    id: 'PL.K8S.2',
    title: 'Pods have no path of their node',
    severity: 'HIGH',
    rationale:
      'Through a folder of the node a pod reaches what is not its own, and stays after its end.',
    standards: {
      ...standard('HostPath Volumes'),
      'cis-kubernetes-1.9.0': ['5.2.12'],
      'nsa-cisa-kubernetes-1.2': ['Pod security: host paths'],
    },
    evaluate: ({ spec }) =>
      departures(
        spec
          .get('volumes')
          .items()
          .map((volume) => volume.get('hostPath'))
          .filter(({ isSet }) => isSet)
          .map((said) =>
            fault(said, 'another volume', `it mounts ${said.get('path').text()} of its node`),
          ),
      ),
    remediation: {
      advice: 'Use a PersistentVolumeClaim, an emptyDir, a configMap or a secret.',
      url: podSecurity,
    },
  }),
  defineManifestControl('podContainer', {
    id: 'PL.K8S.3',
    title: 'Containers take no port of their node',
    severity: 'MEDIUM',
    rationale: 'A port of the node goes past services and network policies.',
    standards: { ...standard('Host Ports'), 'cis-kubernetes-1.9.0': ['5.2.13'] },
    parameters: { ports: integers({ default: [], min: 1, max: 65_535 }) },
    evaluate: ({ field }, { ports }) =>
      departures(
        field
          .get('ports')
          .items()
          .map((port) => port.get('hostPort'))
          .filter(
            (said) => said.isSet && said.number() !== 0 && !ports.includes(said.number() ?? -1),
          )
          .map((said) =>
            fault(said, 'none', `it takes port ${said.text()} of its node (hostPort)`),
          ),
      ),
    repair: removingFaults('takes hostPort out'),
    remediation: { advice: 'Take hostPort out, and reach it by a Service.', url: podSecurity },
  }),
  defineManifestControl('podContainer', {
    id: 'PL.K8S.4',
    title: 'Probes and hooks ask the pod itself',
    severity: 'MEDIUM',
    rationale: 'The node makes these requests: with a host in them it asks what the pod may not.',
    standards: standard('Host Probes / Lifecycle Hooks'),
    evaluate: ({ field }) =>
      departures(
        handlers
          .flatMap((path) => [
            field.get(...path, 'httpGet', 'host'),
            field.get(...path, 'tcpSocket', 'host'),
          ])
          .filter((said) => (said.text() ?? '') !== '')
          .map((said) =>
            fault(
              said,
              'not set',
              `a probe or hook connects to ${said.text()}, and not to the pod`,
            ),
          ),
      ),
    repair: removingFaults('takes host out'),
    remediation: { advice: 'Take host out of the probe or hook.', url: podSecurity },
  }),
  defineManifestControl('podContainer', {
    id: 'PL.K8S.5',
    title: 'AppArmor has the profile of the runtime or one of the node',
    severity: 'MEDIUM',
    rationale: 'Without its profile a container reads and writes what the kernel offers.',
    standards: standard('AppArmor'),
    evaluate: (one) =>
      one.pod.os === 'windows'
        ? notApplicable('Windows has no AppArmor')
        : departures(appArmorFaults(one)),
    remediation: {
      advice: 'Take appArmorProfile out, or set its type to RuntimeDefault or Localhost.',
      url: podSecurity,
    },
  }),
  defineManifestControl('podContainer', {
    id: 'PL.K8S.6',
    title: 'SELinux has a type of containers, and no user or role of its own',
    severity: 'MEDIUM',
    rationale: 'Another type lets a container out of its walls.',
    standards: standard('SELinux'),
    evaluate: (one) =>
      one.pod.os === 'windows'
        ? notApplicable('Windows has no SELinux')
        : departures(places(one, 'seLinuxOptions').flatMap(seLinuxFaultsIn)),
    remediation: {
      advice: `Take user and role out of seLinuxOptions; its type is one of ${[...seLinuxTypes].join(', ')}.`,
      url: podSecurity,
    },
  }),
  defineManifestControl('podContainer', {
    id: 'PL.K8S.7',
    title: 'The mask of /proc is the default',
    severity: 'MEDIUM',
    rationale: 'Without the mask a container sees and changes what is of its node.',
    standards: standard('/proc Mount Type'),
    evaluate({ field }) {
      const said = field.get('securityContext', 'procMount');
      const isDefault = !said.isSet || said.text() === 'Default';
      return departures(isDefault ? [] : [fault(said, 'Default', `procMount is ${said.text()}`)]);
    },
    repair: removingFaults('takes procMount out'),
    remediation: { advice: 'Take procMount out.', url: podSecurity },
  }),
  defineManifestControl('pod', {
    id: 'PL.K8S.8',
    title: 'Pods set safe sysctls only',
    severity: 'MEDIUM',
    rationale: 'Another sysctl changes the kernel for all pods of the node.',
    standards: standard('Sysctls'),
    evaluate: ({ spec }) =>
      departures(
        spec
          .get('securityContext', 'sysctls')
          .items()
          .map((one) => one.get('name'))
          // Kubernetes takes slashes for dots. https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
          .filter((said) => !safeSysctls.has((said.text() ?? '').replaceAll('/', '.')))
          .map((said) =>
            fault(said, 'a safe one', `it sets the sysctl ${said.text()}, which is not safe`),
          ),
      ),
    remediation: {
      advice: 'Take the sysctl out, or set it on nodes of their own.',
      url: podSecurity,
    },
  }),
];
