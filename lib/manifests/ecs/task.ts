import { namedIn } from '../../support/named-in.ts';
import { isRootUser } from '../../support/root-user.ts';
import type { Part } from '../../templates/part.ts';
import type { Resource } from '../../templates/stack.ts';
import { asksRuntime, isOfClient } from '../containers/runtimes.ts';
import type { Container, HostMount, HostNamespace, Workload } from '../model/container.ts';
import { Field, firstSet } from '../model/field.ts';
import { freeLabels } from '../model/se-linux.ts';

/** A part as a place with what stands there; what only a deployment knows looks like what is put in later. */
const fieldOf = ({ declared }: Resource, part: Part): Field => {
  const value = part.marked();
  const at = [...declared.path, 'Properties', ...part.path];
  return new Field(
    typeof value === 'string' ? value.replaceAll(/<([^<>]*)>/g, '$${$1}') : value,
    at,
  );
};

const isFargate = (task: Resource): boolean => {
  const all = task
    .get('RequiresCompatibilities')
    .items()
    .map((one) => one.text());
  return all.length > 0 && all.every((one) => one === 'FARGATE');
};
const osOf = (task: Resource): Container['os'] =>
  /^WINDOWS/i.test(task.get('RuntimePlatform', 'OperatingSystemFamily').name() ?? '')
    ? 'windows'
    : 'linux';

const capabilityName = (text: string): string => text.toUpperCase().replace(/^CAP_/, '');

const userOf = (said: Field, text: string | undefined): Container['user'] => {
  if (text === undefined || text.trim().split(':', 1)[0] === '') return { is: 'image', said };
  return { is: isRootUser(text) ? 'root' : 'other', said };
};

/** `no-new-privileges`, `apparmor:unconfined`: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
const optionsOf = (task: Resource, container: Part) =>
  container
    .get('DockerSecurityOptions')
    .items()
    .map((part) => {
      const [name = '', value = 'true'] = (part.text() ?? '').split(/[:=](.*)/s);
      return { name, value: value.toLowerCase(), said: fieldOf(task, part) };
    });
const off: Readonly<Record<string, readonly [name: string, off: RegExp]>> = {
  seccomp: ['seccomp', /^unconfined$/],
  apparmor: ['AppArmor', /^unconfined$/],
  label: ['SELinux', freeLabels],
};

const amount = (field: Field): Field =>
  /^0*$/.test(field.text() ?? '') ? new Field(undefined, field.at) : field;

/** Limits of its own, else those of the whole task. */
const limitsOf = (task: Resource, container: Part): Container['limits'] => {
  const of = (name: string) =>
    firstSet(amount(fieldOf(task, container.get(name))), amount(fieldOf(task, task.get(name))));
  return { memory: of('Memory'), cpu: of('Cpu') };
};

/** A container of a task definition as the controls of any container see it. What is open throws, or is chosen by the world. */
export const containerOf = (task: Resource, container: Part): Container => {
  const field = (...names: readonly string[]) => fieldOf(task, container.get(...names));
  const flag = (name: string) => ({
    is: container.get(name).flag() === true,
    said: field(name),
  });
  return {
    platform: 'ecs',
    os: osOf(task),
    isLasting: container.get('Essential').flag() !== false,
    place: fieldOf(task, container),
    image: field('Image'),
    get privileged() {
      return flag('Privileged');
    },
    get mayGainPrivileges() {
      // Fargate takes no such options.
      if (isFargate(task)) return undefined;
      const found = optionsOf(task, container).filter(({ name }) => name === 'no-new-privileges');
      const is = found.length === 0 || found.some(({ value }) => value !== 'true');
      return { is, said: field('DockerSecurityOptions') };
    },
    get capabilities() {
      const set = container.get('LinuxParameters', 'Capabilities');
      return {
        dropsAll: set
          .get('Drop')
          .items()
          .some((one) => capabilityName(one.text() ?? '') === 'ALL'),
        added: set
          .get('Add')
          .items()
          .map((one) => ({ name: capabilityName(one.text() ?? ''), said: fieldOf(task, one) })),
        said: field('LinuxParameters', 'Capabilities', 'Drop'),
      };
    },
    get user() {
      return userOf(field('User'), container.get('User').text());
    },
    // A task definition can say none.
    groups: [],
    get readOnlyRoot() {
      return flag('ReadonlyRootFilesystem');
    },
    get unconfined() {
      return optionsOf(task, container).flatMap(({ name, value, said }) => {
        const [known, pattern] = namedIn(off, name) ?? [];
        return known !== undefined && pattern?.test(value) ? [{ name: known, said }] : [];
      });
    },
    get limits() {
      return limitsOf(task, container);
    },
    get environment() {
      return container
        .get('Environment')
        .items()
        .map((one) => ({
          name: one.get('Name').name() ?? '',
          value: fieldOf(task, one.get('Value')),
          said: fieldOf(task, one),
        }));
    },
    get healthCheck() {
      const command = container.get('HealthCheck', 'Command');
      const [first] = command.items();
      return {
        is: first !== undefined && first.name() !== 'NONE',
        said: field('HealthCheck'),
      };
    },
  };
};

const namespaces = [
  ['network', 'NetworkMode'],
  ['processes', 'PidMode'],
  ['IPC', 'IpcMode'],
] as const;

/** Whether no container of a task can write to a volume. */
const isOnlyRead = (task: Resource, volume: string | undefined): boolean => {
  const mounts = task
    .get('ContainerDefinitions')
    .items()
    .flatMap((one) => one.get('MountPoints').items())
    .filter((mount) => mount.get('SourceVolume').name() === volume);
  return mounts.length > 0 && mounts.every((mount) => mount.get('ReadOnly').flag() === true);
};

/** Where a container is told to ask a runtime. What only a deployment knows is looked at where a client would take it. */
const runtimesIn = (task: Resource, container: Part): readonly Field[] => [
  ...container
    .get('Environment')
    .items()
    .filter((one) => {
      const name = one.get('Name').name() ?? '';
      const value = isOfClient(name)
        ? one.get('Value').text()
        : fieldOf(task, one.get('Value')).text();
      return asksRuntime(value ?? '', name);
    })
    .map((one) => fieldOf(task, one)),
  ...['Command', 'EntryPoint']
    .flatMap((name) => container.get(name).items())
    .map((one) => fieldOf(task, one))
    .filter((said) => asksRuntime(said.text() ?? '', undefined)),
];

/** A task as the controls of any workload see it. */
export const workloadOf = (task: Resource): Workload => ({
  os: osOf(task),
  get hostNamespaces() {
    return namespaces.flatMap(([name, key]): HostNamespace[] => {
      const part = task.get(key);
      return part.text() === 'host' ? [{ name, said: fieldOf(task, part) }] : [];
    });
  },
  get runtimes() {
    return task
      .get('ContainerDefinitions')
      .items()
      .flatMap((one) => runtimesIn(task, one));
  },
  get hostMounts() {
    return task
      .get('Volumes')
      .items()
      .flatMap((volume): HostMount[] => {
        const part = volume.get('Host', 'SourcePath');
        const path = part.text();
        if (path === undefined) return [];
        const isReadOnly = isOnlyRead(task, volume.get('Name').name());
        return [{ path, isReadOnly, said: fieldOf(task, part) }];
      });
  },
});
