/** A container as somebody starts it, whatever he starts it by; what is left out is as guides want it. */
export interface Described {
  readonly privileged?: boolean;
  readonly user?: string;
  readonly readOnly?: boolean;
  readonly drop?: readonly string[];
  readonly add?: readonly string[];
  readonly options?: readonly string[];
  readonly memory?: number;
  readonly cpus?: number;
  readonly pids?: number;
  /** Paths of the host; `ro:` before those that can only be read. */
  readonly binds?: readonly string[];
  /** The namespaces that are the host's. */
  readonly host?: readonly ('network' | 'pid' | 'ipc' | 'uts' | 'users')[];
  readonly logSize?: string;
  readonly groups?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Questions that are asked of containers on hosts and in manifests: the controls of both that ask it. */
export const questions = {
  privileged: { host: 'PL.DKR.7', manifest: ['PL.CONTAINER.1'] },
  escalation: { host: 'PL.DKR.2', manifest: ['PL.CONTAINER.2'] },
  capabilities: { host: 'PL.DKR.6', manifest: ['PL.CONTAINER.3', 'PL.CONTAINER.4'] },
  user: { host: 'PL.DKR.8', manifest: ['PL.CONTAINER.6'] },
  readOnly: { host: 'PL.DKR.9', manifest: ['PL.CONTAINER.7'] },
  limits: { host: 'PL.DKR.10', manifest: ['PL.CONTAINER.11'] },
  folders: { host: 'PL.DKR.11', manifest: ['PL.CONTAINER.10'] },
  walls: { host: 'PL.DKR.12', manifest: ['PL.CONTAINER.8', 'PL.CONTAINER.9'] },
  logs: { host: 'PL.DKR.1', manifest: ['PL.COMPOSE.2'] },
} as const;
export type Question = keyof typeof questions;

/** Containers, with what is wrong about each. */
export const containerCases: Readonly<
  Record<string, readonly [Described, ...wrong: readonly Question[]]>
> = {
  'as guides want it': [{}],
  privileged: [{ privileged: true }, 'privileged', 'capabilities'],
  'nothing is dropped': [{ drop: [] }, 'capabilities'],
  'one is dropped': [{ drop: ['NET_RAW'] }, 'capabilities'],
  'in small letters': [{ drop: ['all'] }],
  'a harmless one comes back': [{ add: ['CHOWN'] }],
  'one comes back that rules the host': [{ add: ['SYS_ADMIN'] }, 'capabilities'],
  'that one by its long name': [{ add: ['CAP_SYS_PTRACE'] }, 'capabilities'],
  'all come back': [{ add: ['ALL'] }, 'capabilities'],
  'no user': [{ user: '' }, 'user'],
  'root by name': [{ user: 'root' }, 'user'],
  'root by number, with a group': [{ user: '0:1000' }, 'user'],
  'root with two zeros': [{ user: '00' }, 'user'],
  'root with a sign': [{ user: '+0' }, 'user'],
  'a group alone': [{ user: ':1000' }, 'user'],
  'another user by name': [{ user: 'app' }],
  'it can write': [{ readOnly: false }, 'readOnly'],
  'no memory': [{ memory: 0 }, 'limits'],
  'no processors': [{ cpus: 0 }, 'limits'],
  'no processes': [{ pids: 0 }, 'limits'],
  'processes without end': [{ pids: -1 }, 'limits'],
  'no option of privileges': [{ options: [] }, 'escalation'],
  'that option alone': [{ options: ['no-new-privileges'] }],
  'that option with an equals sign': [{ options: ['no-new-privileges=true'] }],
  'that option taken back': [{ options: ['no-new-privileges:false'] }, 'escalation'],
  'no seccomp': [{ options: ['no-new-privileges', 'seccomp=unconfined'] }, 'walls'],
  'no seccomp, with a colon': [{ options: ['no-new-privileges', 'seccomp:unconfined'] }, 'walls'],
  'no AppArmor': [{ options: ['no-new-privileges', 'apparmor=unconfined'] }, 'walls'],
  'no labels': [{ options: ['no-new-privileges', 'label=disable'] }, 'walls'],
  'the network of the host': [{ host: ['network'] }, 'walls'],
  'the processes of the host': [{ host: ['pid'] }, 'walls'],
  'the IPC of the host': [{ host: ['ipc'] }, 'walls'],
  'the names of the host': [{ host: ['uts'] }, 'walls'],
  'the users of the host': [{ host: ['users'] }, 'walls'],
  'the socket of Docker': [{ binds: ['/var/run/docker.sock'] }, 'folders'],
  'that socket, only to be read': [{ binds: ['ro:/run/docker.sock'] }, 'folders'],
  'the whole disk': [{ binds: ['/'] }, 'folders'],
  'a folder of the system': [{ binds: ['/etc'] }, 'folders'],
  'a file of it, only to be read': [{ binds: ['ro:/etc/app.conf'] }],
  'what etcd keeps': [{ binds: ['ro:/var/lib/etcd'] }, 'folders'],
  'the plugins of the network of a node': [{ binds: ['/opt/cni/bin'] }, 'folders'],
  'settings of the network of a node, only to be read': [
    { binds: ['ro:/etc/cni/net.d'] },
    'folders',
  ],
  'the group of Docker': [{ groups: ['1000', 'docker'] }, 'user'],
  'the group of root': [{ groups: ['0'] }, 'user'],
  'groups of its own': [{ groups: ['1000', '2000'] }],
  'the runtime of its host': [{ environment: { DOCKER_HOST: 'tcp://172.17.0.1:2375' } }, 'folders'],
  'the runtime of its host, by name': [
    { environment: { DOCKER_HOST: 'tcp://host.docker.internal:2376' } },
    'folders',
  ],
  'a runtime elsewhere that anybody may ask': [
    { environment: { DOCKER_HOST: '10.0.0.7:2375' } },
    'folders',
  ],
  'a runtime elsewhere that asks for certificates': [
    { environment: { DOCKER_HOST: 'tcp://10.0.0.7:2376' } },
  ],
  'a proxy before the runtime': [{ environment: { DOCKER_HOST: 'tcp://socket-proxy:2375' } }],
  'a runtime beside it': [{ environment: { DOCKER_HOST: 'tcp://127.0.0.1:2375' } }],
  'folders of an application': [{ binds: ['/srv/data', '/var/lib/app'] }],
  'logs without a bound': [{ logSize: '' }, 'logs'],
  'logs with a bound that is none': [{ logSize: '-1' }, 'logs'],
  'all at once': [
    { privileged: true, user: 'root', readOnly: false, options: [], binds: ['/proc/1'] },
    ...(['privileged', 'capabilities', 'user', 'readOnly', 'escalation', 'folders'] as const),
  ],
};

const asGuidesWantIt: Required<Described> = {
  privileged: false,
  user: '1000:1000',
  readOnly: true,
  drop: ['ALL'],
  add: [],
  options: ['no-new-privileges:true'],
  memory: 64,
  cpus: 1,
  pids: 64,
  binds: [],
  host: [],
  logSize: '10m',
  groups: [],
  environment: {},
};
/** The path of a bind, and whether it can only be read. */
const bindOf = (bind: string) => ({
  path: bind.replace('ro:', ''),
  isReadOnly: bind.startsWith('ro:'),
});

export const wholeOf = (described: Described): Required<Described> => ({
  ...asGuidesWantIt,
  ...described,
});

/** As a file of compose starts it. */
export const composeOf = (described: Described): string => {
  const {
    privileged,
    user,
    readOnly,
    drop,
    add,
    options,
    memory,
    cpus,
    pids,
    binds,
    host,
    logSize,
    groups,
    environment,
  } = wholeOf(described);
  return JSON.stringify({
    services: {
      web: {
        image: 'registry.example/web:1',
        privileged,
        ...(user === '' ? {} : { user }),
        read_only: readOnly,
        cap_drop: drop,
        cap_add: add,
        security_opt: options,
        mem_limit: `${memory}m`,
        cpus,
        pids_limit: pids,
        group_add: groups,
        environment,
        volumes: binds.map((one) => `${bindOf(one).path}:/x${bindOf(one).isReadOnly ? ':ro' : ''}`),
        ...(host.includes('network') ? { network_mode: 'host' } : {}),
        ...(host.includes('pid') ? { pid: 'host' } : {}),
        ...(host.includes('ipc') ? { ipc: 'host' } : {}),
        ...(host.includes('uts') ? { uts: 'host' } : {}),
        ...(host.includes('users') ? { userns_mode: 'host' } : {}),
        logging: { driver: 'json-file', options: logSize === '' ? {} : { 'max-size': logSize } },
      },
    },
  });
};

/** As a task definition of ECS starts it; `undefined` for what that cannot say. */
export const taskOf = (described: Described): string | undefined => {
  const { privileged, user, readOnly, drop, add, options, memory, cpus, binds, host } =
    wholeOf(described);
  const { pids, logSize, groups, environment = {} } = described;
  const isSaid = pids === undefined && logSize === undefined && groups === undefined;
  if (!isSaid || host.includes('uts') || host.includes('users')) return undefined;
  const container = {
    Name: 'web',
    Image: 'registry.example/web:1',
    Privileged: privileged,
    ...(user === '' ? {} : { User: user }),
    ReadonlyRootFilesystem: readOnly,
    LinuxParameters: { Capabilities: { Drop: drop, Add: add } },
    DockerSecurityOptions: options.map((one) =>
      one.replace(/^no-new-privileges:true$/, 'no-new-privileges'),
    ),
    ...(memory === 0 ? {} : { Memory: memory }),
    Cpu: cpus * 1024,
    Environment: Object.entries(environment).map(([Name, Value]) => ({ Name, Value })),
    MountPoints: binds.map((one, index) => ({
      SourceVolume: String(index),
      ContainerPath: '/x',
      ReadOnly: bindOf(one).isReadOnly,
    })),
  };
  const task = {
    RequiresCompatibilities: ['EC2'],
    NetworkMode: host.includes('network') ? 'host' : 'bridge',
    ...(host.includes('pid') ? { PidMode: 'host' } : {}),
    ...(host.includes('ipc') ? { IpcMode: 'host' } : {}),
    Volumes: binds.map((one, index) => ({
      Name: String(index),
      Host: { SourcePath: bindOf(one).path },
    })),
    ContainerDefinitions: [container],
  };
  return JSON.stringify({
    Resources: { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: task } },
  });
};

const isPrivilegesOption = (option: string): boolean =>
  /^no-new-privileges(?:[:=]true)?$/.test(option);

/** As a pod of Kubernetes starts it; `undefined` for what that cannot say. */
export const podOf = (described: Described): string | undefined => {
  const { privileged, user, readOnly, drop, add, options, memory, cpus, binds, host } =
    wholeOf(described);
  const { pids, logSize, groups = [], environment = {} } = described;
  const isSaid =
    pids === undefined && logSize === undefined && groups.every((one) => /^\d+$/.test(one));
  const number = /^(?:|(?:0|[1-9]\d*)(?::\d+)?)$/.test(user) ? user.split(':')[0] : undefined;
  if (!isSaid || number === undefined || host.includes('uts') || host.includes('users'))
    return undefined;
  const has = (off: RegExp) => options.some((one) => off.test(one));
  const securityContext = {
    privileged,
    ...(number === '' ? {} : { runAsUser: Number(number) }),
    readOnlyRootFilesystem: readOnly,
    capabilities: { drop, add },
    ...(options.some(isPrivilegesOption) ? { allowPrivilegeEscalation: false } : {}),
    ...(has(/^seccomp.unconfined$/) ? { seccompProfile: { type: 'Unconfined' } } : {}),
    ...(has(/^apparmor.unconfined$/) ? { appArmorProfile: { type: 'Unconfined' } } : {}),
    ...(has(/^label.disable$/) ? { seLinuxOptions: { type: 'spc_t' } } : {}),
  };
  const container = {
    name: 'web',
    image: 'registry.example/web:1',
    env: Object.entries(environment).map(([name, value]) => ({ name, value })),
    resources: { limits: { memory: memory === 0 ? 0 : `${memory}Mi`, cpu: cpus } },
    volumeMounts: binds.map((one, index) => ({
      name: String(index),
      mountPath: '/x',
      readOnly: bindOf(one).isReadOnly,
    })),
    securityContext,
  };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: {
      securityContext: { supplementalGroups: groups.map(Number) },
      hostNetwork: host.includes('network'),
      hostPID: host.includes('pid'),
      hostIPC: host.includes('ipc'),
      volumes: binds.map((one, index) => ({
        name: String(index),
        hostPath: { path: bindOf(one).path },
      })),
      containers: [container],
    },
  });
};
