import {
  asksRuntime,
  isHostItself,
  isOfClient,
  isSocketOfRuntime,
} from '../containers/runtimes.ts';
import type { Container, HostNamespace, Variable, Workload } from '../model/container.ts';
import { Field, firstSet } from '../model/field.ts';
import { freeTypes } from '../model/se-linux.ts';
import { inherited, type KubernetesObject, type Pod, type PodContainer } from './pod.ts';

const capabilityName = (said: Field) => ({
  name: (said.text() ?? '').toUpperCase().replace(/^CAP_/, ''),
  said,
});

/** Users of Windows that may do all in a container, or as a process of the node. */
const isAdministrator = /(?:^|\\)(?:(?:Container)?Administrator|(?:Local)?System)$/i;

/** Kubernetes takes no other. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context */
const isUserNumber = (number: number | undefined): boolean =>
  number !== undefined && Number.isInteger(number) && number > 0 && number < 2 ** 31;

const userOf = (one: PodContainer): Container['user'] => {
  const user = inherited(one, 'runAsUser');
  const nonRoot = inherited(one, 'runAsNonRoot');
  if (one.pod.os === 'windows') {
    const name = inherited(one, 'windowsOptions', 'runAsUserName');
    if (isAdministrator.test(name.text()?.trim() ?? '')) return { is: 'root', said: name };
    return { is: name.isSet || nonRoot.flag() === true ? 'other' : 'image', said: nonRoot };
  }
  if (user.number() === 0) return { is: 'root', said: user };
  if (nonRoot.flag() === true) return { is: 'other', said: nonRoot };
  if (isUserNumber(user.number())) return { is: 'other', said: user };
  return { is: 'image', said: nonRoot };
};

const appArmorPrefix = 'container.apparmor.security.beta.kubernetes.io/';

/** AppArmor's profile: the field of the container, the old annotation, the field of the pod. */
const appArmorOf = (one: PodContainer): Field =>
  firstSet(
    one.field.get('securityContext', 'appArmorProfile', 'type'),
    one.pod.metadata.get('annotations', `${appArmorPrefix}${one.name}`),
    one.pod.spec.get('securityContext', 'appArmorProfile', 'type'),
  );

const unconfinedIn = (one: PodContainer): Container['unconfined'] => {
  const all = [
    { name: 'seccomp', said: inherited(one, 'seccompProfile', 'type'), off: /^unconfined$/i },
    { name: 'AppArmor', said: appArmorOf(one), off: /^unconfined$/i },
    { name: 'SELinux', said: inherited(one, 'seLinuxOptions', 'type'), off: freeTypes },
    {
      name: 'the mask of /proc',
      said: one.field.get('securityContext', 'procMount'),
      off: /^unmasked$/i,
    },
  ];
  return all.filter(({ said, off }) => off.test(said.text() ?? ''));
};

const variablesOf = ({ field }: PodContainer): readonly Variable[] =>
  field
    .get('env')
    .items()
    .map((said) => {
      const value = said.get('value');
      return {
        name: said.get('name').text() ?? '',
        said,
        ...(value.isSet ? { value } : {}),
      };
    });

/** A limit of its own, else the one that the whole pod has, else that of its namespace. */
const limitOf = ({ field, pod, ranges }: PodContainer, name: string): Field => {
  const limit = firstSet(
    field.get('resources', 'limits', name),
    pod.spec.get('resources', 'limits', name),
    ...ranges.map((one) => one.get('default', name)),
  );
  return /^0+(?:\.0+)?[A-Za-z]*$/.test(limit.text() ?? '') ? new Field(undefined, limit.at) : limit;
};

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** A container of Kubernetes as the controls of any container see it. */
export const containerOf = (one: PodContainer): Container => {
  const { field, pod, isLasting } = one;
  const context = field.get('securityContext');
  const privileged = context.get('privileged');
  const escalation = context.get('allowPrivilegeEscalation');
  const isPrivileged = () => privileged.wordOfFlag() === true;
  const probe = probes.map((name) => field.get(name)).find(({ isSet }) => isSet);
  const added = context.get('capabilities', 'add').items().map(capabilityName);
  return {
    platform: 'kubernetes',
    os: pod.os,
    isLasting: isLasting && !pod.isJob,
    place: field,
    image: field.get('image'),
    get privileged() {
      return { is: isPrivileged(), said: privileged };
    },
    get mayGainPrivileges() {
      const isAdmin = added.some(({ name }) => name === 'SYS_ADMIN');
      const is = escalation.flag() !== false || isAdmin || isPrivileged();
      return { is, said: escalation };
    },
    capabilities: {
      dropsAll: context
        .get('capabilities', 'drop')
        .texts()
        .some((name) => name.toUpperCase() === 'ALL'),
      added,
      said: context.get('capabilities', 'drop'),
    },
    user: userOf(one),
    groups: pod.spec
      .get('securityContext', 'supplementalGroups')
      .items()
      .map((said) => ({ name: said.text() ?? '', said })),
    readOnlyRoot: {
      is: context.get('readOnlyRootFilesystem').flag() === true,
      said: context.get('readOnlyRootFilesystem'),
    },
    unconfined: unconfinedIn(one),
    limits: { memory: limitOf(one, 'memory'), cpu: limitOf(one, 'cpu') },
    environment: variablesOf(one),
    healthCheck: { is: probe !== undefined, said: probe ?? field.get('livenessProbe') },
  };
};

const namespaces = [
  ['network', 'hostNetwork'],
  ['processes', 'hostPID'],
  ['IPC', 'hostIPC'],
] as const;

const mountsOf = (name: string | undefined, containers: Pod['containers']): readonly Field[] =>
  containers
    .flatMap(({ field }) => field.get('volumeMounts').items())
    .filter((mount) => mount.get('name').text() === name);

/** Where containers have a volume. */
const targetsOf = (name: string | undefined, containers: Pod['containers']): readonly string[] =>
  mountsOf(name, containers).flatMap((mount) => mount.get('mountPath').text() ?? []);

/** Whether no container can write to a volume. */
const isOnlyRead = (name: string | undefined, containers: Pod['containers']): boolean => {
  const mounts = mountsOf(name, containers);
  return mounts.length > 0 && mounts.every((mount) => mount.get('readOnly').flag() === true);
};

const ofNode = /^(?:status\.hostIPs?|spec\.nodeName)$/;
/** Where a container is told to ask the runtime of its node, whose address it can have in a variable. */
const runtimesIn = ({ field }: PodContainer): readonly Field[] => {
  const variables = field.get('env').items();
  const nameOf = (one: Field): string => one.get('name').text() ?? '';
  const nodes = new Set(
    variables
      .filter((one) => ofNode.test(one.get('valueFrom', 'fieldRef', 'fieldPath').text() ?? ''))
      .map(nameOf),
  );
  const asks = (said: Field, name?: string): boolean =>
    asksRuntime(said.text() ?? '', name, (host) =>
      nodes.has(/^\$\(([^)]*)\)$/.exec(host)?.[1] ?? ''),
    );
  return [
    ...variables.filter((one) => {
      const name = nameOf(one);
      return (isOfClient(name) && nodes.has(name)) || asks(one.get('value'), name);
    }),
    ...['command', 'args'].flatMap((key) => field.get(key).items()).filter((one) => asks(one)),
  ];
};

/** What of the node a volume shows: a path, or a share of the node itself. */
const ofNodeIn = (volume: Field, kinds: readonly string[]): readonly Field[] => {
  const nfs = volume.get('nfs');
  const isOfNode = isHostItself(nfs.get('server').text()?.trim() ?? '');
  const all = [
    ...kinds.map((kind) => volume.get(kind, 'path')),
    ...(isOfNode ? [nfs.get('path')] : []),
  ];
  return all.filter((said) => said.text() !== undefined);
};

/** A pod as the controls of any workload see it. */
export const workloadOf = ({ os, spec, containers }: Pod): Workload => ({
  os,
  get runtimes() {
    return containers.flatMap(runtimesIn);
  },
  get hostNamespaces() {
    return namespaces.flatMap(([name, key]): HostNamespace[] => {
      const said = spec.get(key);
      return said.wordOfFlag() === true ? [{ name, said }] : [];
    });
  },
  hostMounts: spec
    .get('volumes')
    .items()
    .flatMap((volume) => {
      const name = volume.get('name').text();
      const socket = targetsOf(name, containers).find(isSocketOfRuntime);
      return ofNodeIn(volume, ['hostPath']).map((said) => ({
        path: socket ?? said.text() ?? '',
        isReadOnly: isOnlyRead(name, containers),
        said,
      }));
    }),
});

/** A volume that any pod may claim, with what it has of its node; nothing runs in it. */
export const volumeOf = ({ root }: KubernetesObject): Workload => ({
  os: 'linux',
  hostNamespaces: undefined,
  runtimes: [],
  hostMounts: ofNodeIn(root.get('spec'), ['hostPath', 'local']).map((said) => ({
    path: said.text() ?? '',
    isReadOnly: false,
    said,
  })),
});
