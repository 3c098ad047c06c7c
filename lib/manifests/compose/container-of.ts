import { Unresolved } from '../../model/unresolved.ts';
import { onceEach } from '../../support/once.ts';
import { asksRuntime, isOfClient, isSocketOfRuntime } from '../containers/runtimes.ts';
import type { ComposeMount } from '../model/compose-service.ts';
import type {
  Container,
  HostMount,
  HostNamespace,
  Variable,
  Workload,
} from '../model/container.ts';
import { Field, firstSet } from '../model/field.ts';
import { freeLabels } from '../model/se-linux.ts';
import { pairsOf } from './merge.ts';
import { hasAmount, onHost } from './mounts.ts';
import { hostNetworksOf } from './networks.ts';
import type { Project } from './project.ts';
import { asKnown, firstKnown, type Reading, sureFlag, sureText } from './variables.ts';

/** The items of a list; what stands where a list should is taken for its one item, and a mapping for `name=value`. */
export const itemsIn = (field: Field, sign: '=' | ':' = '='): readonly Field[] => {
  if (!field.isSet || Array.isArray(field.value)) return field.items();
  return typeof field.value === 'object'
    ? field
        .entries()
        .map(([name, said]) => new Field(`${name}${sign}${said.text() ?? ''}`, said.at))
    : [field];
};

const capabilitiesIn = (field: Field, reading: Reading) =>
  reading.each(itemsIn(field), (said) => [
    { name: (sureText(said) ?? '').trim().toUpperCase().replace(/^CAP_/, ''), said },
  ]);

/** The options of security_opt that begin with a name, with their values: `no-new-privileges` alone means true. */
const optionsIn = (service: Field, name: string, reading: Reading) =>
  reading.each(itemsIn(service.get('security_opt')), (said) => {
    const [, key, value = 'true'] =
      /^([\w-]+)(?:[:=](.*))?$/s.exec((sureText(said) ?? '').trim()) ?? [];
    return key === name ? [{ value: value.trim().toLowerCase(), said }] : [];
  });

const noNewPrivileges = (service: Field): Container['mayGainPrivileges'] => {
  const options = (reading: Reading) => optionsIn(service, 'no-new-privileges', reading);
  const isFor = ({ value }: { readonly value: string }) => /^(?:true|1|t)$/.test(value);
  const against = options(asKnown).find((one) => !isFor(one));
  const found = against ?? firstKnown(options, isFor);
  return {
    is: found === undefined || against !== undefined,
    said: found?.said ?? service.get('security_opt'),
  };
};

const unconfined = [
  { option: 'seccomp', name: 'seccomp', off: /^unconfined$/ },
  { option: 'apparmor', name: 'AppArmor', off: /^unconfined$/ },
  { option: 'label', name: 'SELinux', off: freeLabels },
  { option: 'systempaths', name: 'the mask of /proc', off: /^unconfined$/ },
] as const;
const unconfinedIn = (service: Field, reading: Reading): Container['unconfined'] =>
  unconfined.flatMap(({ option, name, off }) =>
    optionsIn(service, option, reading)
      .filter(({ value }) => off.test(value))
      .map(({ said }) => ({ name, said })),
  );

/** `undefined` where nobody is named. Whoever is a number is root by any spelling of nought. */
const isRoot = (said: Field): boolean | undefined => {
  const [user = ''] = (sureText(said) ?? '').trim().split(':', 1);
  return user === '' ? undefined : /^root$/i.test(user) || Number(user) === 0;
};
const userOf = (service: Field): Container['user'] => {
  const said = service.get('user');
  const is = isRoot(said);
  const hook = hooksOf(service)
    .map((one) => one.get('user'))
    .find((one) => isRoot(one) === true);
  if (is !== true && hook) return { is: 'root', said: hook };
  return { is: is === undefined ? 'image' : is ? 'root' : 'other', said };
};

/** A limit that is one: zero and less mean none. */
const limitOf = (...fields: readonly [Field, ...Field[]]): Field => {
  const said = firstSet(...fields);
  return hasAmount(said) ? said : new Field(undefined, fields[0].at);
};

/** Its variables; one without a value takes that of whoever starts it. */
const variablesOf = (field: Field): readonly Variable[] => {
  const items = field.items();
  const places = new Map(items.map((one) => [(one.text() ?? '').split('=', 1)[0], one]));
  return Object.entries(pairsOf(field.value)).map(([name, value]) => {
    const said = places.get(name) ?? field.get(name);
    if (value === null || value === undefined) return { name, said };
    return { name, said, value: new Field(String(value), said.at) };
  });
};

/** The variables of a service, which several controls ask for. */
export const environmentOf = onceEach((service: Field) => variablesOf(service.get('environment')));

const healthCheckOf = (service: Field): Container['healthCheck'] => {
  const said = service.get('healthcheck');
  const test = said.get('test');
  const first = Array.isArray(test.value) ? test.get(0) : test;
  const isOff =
    sureFlag(said.get('disable')) === true || /^(?:none)?$/i.test(sureText(first)?.trim() ?? '');
  return { is: test.isSet && !isOff, said };
};

/** Programs that run in it with more rights than itself: https://docs.docker.com/compose/how-tos/lifecycle/ */
const hooksOf = (service: Field): readonly Field[] =>
  ['post_start', 'pre_stop'].flatMap((name) => service.get(name).items());

const privilegedOf = (service: Field): Container['privileged'] => {
  const own = service.get('privileged');
  if (sureFlag(own) === true) return { is: true, said: own };
  // What builds its image with these rights does so on the same host.
  const build = service.get('build', 'privileged');
  if (sureFlag(build) === true) return { is: true, said: build };
  // https://docs.docker.com/reference/compose-file/build/#entitlements
  const entitled = service
    .get('build', 'entitlements')
    .items()
    .find((one) => sureText(one)?.trim() === 'security.insecure');
  if (entitled) return { is: true, said: entitled };
  const hook = hooksOf(service)
    .map((one) => one.get('privileged'))
    .find((one) => sureFlag(one) === true);
  return { is: hook !== undefined, said: hook ?? own };
};

/** A service as the controls of any container see it. What a variable decides is read when a control asks for it. */
export const containerOf = (service: Field, reading: Reading): Container => {
  const limits = service.get('deploy', 'resources', 'limits');
  return {
    platform: 'compose',
    os: 'linux',
    isLasting: true,
    place: service,
    image: service.get('image'),
    get privileged() {
      return privilegedOf(service);
    },
    get mayGainPrivileges() {
      return noNewPrivileges(service);
    },
    get capabilities() {
      const said = service.get('cap_drop');
      return {
        get dropsAll() {
          const dropped = (how: Reading) => capabilitiesIn(said, how);
          return firstKnown(dropped, ({ name }) => name === 'ALL') !== undefined;
        },
        get added() {
          return capabilitiesIn(service.get('cap_add'), reading);
        },
        said,
      };
    },
    get user() {
      return userOf(service);
    },
    get groups() {
      return reading.each(itemsIn(service.get('group_add')), (said) => [
        { name: sureText(said)?.trim() ?? '', said },
      ]);
    },
    get readOnlyRoot() {
      const said = service.get('read_only');
      return { is: sureFlag(said) === true, said };
    },
    get unconfined() {
      return unconfinedIn(service, reading);
    },
    get limits() {
      return {
        memory: limitOf(service.get('mem_limit'), limits.get('memory')),
        cpu: limitOf(service.get('cpus'), limits.get('cpus'), service.get('cpu_quota')),
        processes: limitOf(service.get('pids_limit'), limits.get('pids')),
      };
    },
    get environment() {
      return environmentOf(service);
    },
    get healthCheck() {
      return healthCheckOf(service);
    },
  };
};

const namespaces = [
  ['network', 'network_mode'],
  ['processes', 'pid'],
  ['IPC', 'ipc'],
  ['UTS', 'uts'],
  ['users', 'userns_mode'],
  ['cgroups', 'cgroup'],
] as const;

/** A secret or a configuration is a file of the host, too. */
const filesOf = (
  service: Field,
  kind: 'secrets' | 'configs',
  { project, path: from }: Around,
  reading: Reading,
) =>
  reading.each(service.get(kind).items(), (said): HostMount[] => {
    const name = sureText(said.get('source')) ?? sureText(said);
    const path =
      name === undefined ? undefined : sureText(project.declared.get(kind, name, 'file'));
    return path === undefined
      ? []
      : [{ path: onHost(path, { path: from }), isReadOnly: true, said }];
  });

const socket = '/var/run/docker.sock';

/** The names that a service gives its host: `name:host-gateway`. https://docs.docker.com/reference/compose-file/services/#extra_hosts */
const namesOfHost = (service: Field): ReadonlySet<string> =>
  new Set(
    itemsIn(service.get('extra_hosts'))
      .map((one) => /^([^:=]+)[:=]\s*host-gateway$/.exec(one.text()?.trim() ?? '')?.[1])
      .filter((one) => one !== undefined),
  );
/** Where a service is told to ask a runtime. */
const runtimesOf = (service: Field, reading: Reading): readonly Field[] => {
  const names = namesOfHost(service);
  const asks = (text: string, name?: string) => asksRuntime(text, name, (one) => names.has(one));
  const variables = environmentOf(service).flatMap(({ name, value, said }) =>
    reading.each([value ?? said], (one) => {
      if (!isOfClient(name)) return asks(one.text() ?? '', name) ? [said] : [];
      // Whoever starts it gives it the value.
      if (!value) throw new Unresolved(`the value of $${name}`);
      return asks(sureText(one) ?? '', name) ? [said] : [];
    }),
  );
  const words = ['command', 'entrypoint'].flatMap((key) => itemsIn(service.get(key)));
  return [...variables, ...words.filter((one) => asks(one.text() ?? ''))];
};

/** What a service is in. */
interface Around {
  readonly project: Project;
  readonly path: string;
}

/** How many services may be in each other's namespaces. */
const mostShared = 10;
/** The mode of a namespace: that of another service where a service is in its. */
const modeOf = (said: Field, { project }: Pick<Around, 'project'>, depth = 0): string => {
  const mode = sureText(said)?.trim() ?? '';
  if (/^container:/i.test(mode)) throw new Unresolved(`the container of ${mode}`);
  const [, name] = /^service:(.+)$/i.exec(mode) ?? [];
  const other = name === undefined ? undefined : project.service(name)?.get(String(said.at.at(-1)));
  if (name !== undefined && (!other || depth > mostShared))
    throw new Unresolved(`the namespace of the service ${name}`);
  return other ? modeOf(other, { project }, depth + 1) : mode.toLowerCase();
};
/** Where what builds its image may have the network of the host that builds. */
const hostNetworkOfBuild = (service: Field, reading: Reading) =>
  reading
    .each(service.get('build', 'entitlements').items(), (said) =>
      sureText(said)?.trim() === 'network.host' ? [said] : [],
    )
    .map((said): HostNamespace => ({ name: 'network', said }));

/** A service as the controls of any workload see it. */
export const workloadOf = (
  service: Field,
  around: Around,
  mounts: () => readonly ComposeMount[],
  reading: Reading,
): Workload => ({
  os: 'linux',
  get hostNamespaces() {
    const modes = reading.each(
      [...namespaces.map(([, key]) => service.get(key)), service.get('build', 'network')],
      (said): HostNamespace[] => {
        const found = namespaces.find(([name, key]) =>
          [key, name].some((one) => one === said.at.at(-1)),
        );
        return modeOf(said, around) === 'host' && found ? [{ name: found[0], said }] : [];
      },
    );
    const declared = around.project.declared.get('networks');
    const joined = hostNetworksOf(service, declared, reading);
    return [
      ...modes,
      ...joined.map((said) => ({ name: 'network' as const, said })),
      ...hostNetworkOfBuild(service, reading),
    ];
  },
  get runtimes() {
    return runtimesOf(service, reading);
  },
  get hostMounts() {
    const api = service.get('use_api_socket');
    const own = mounts().flatMap(({ kind, source, target, isReadOnly, said }): HostMount[] =>
      kind === 'bind' && source !== undefined
        ? [{ path: isSocketOfRuntime(target) ? target : source, isReadOnly, said }]
        : [],
    );
    const files = (['secrets', 'configs'] as const).flatMap((kind) =>
      filesOf(service, kind, around, reading),
    );
    const sockets = reading.each([api], (said): HostMount[] =>
      sureFlag(said) === true ? [{ path: socket, isReadOnly: false, said }] : [],
    );
    return [...own, ...files, ...sockets];
  },
});
