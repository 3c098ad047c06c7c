/** A container in the shape of `docker inspect`, as Docker 29 gives it, as far as it is asked for. */
export interface Inspected {
  Name: string;
  State: { Pid: number };
  Config: { User: string; Env?: readonly string[]; ExposedPorts?: Record<string, object> };
  NetworkSettings: {
    Ports: Record<string, readonly Binding[] | null>;
    Networks: Record<string, object>;
  };
  Mounts: readonly { Type: string; Source: string; Name?: string; RW?: boolean }[];
  HostConfig: {
    Privileged: boolean;
    ReadonlyRootfs: boolean;
    CapDrop: readonly string[] | null;
    CapAdd: readonly string[] | null;
    SecurityOpt: readonly string[] | null;
    Memory: number;
    NanoCpus: number;
    CpuQuota: number;
    PidsLimit: number | null;
    NetworkMode: string;
    PidMode: string;
    IpcMode: string;
    UTSMode: string;
    UsernsMode: string;
    LogConfig: { Type: string; Config: Record<string, string> };
    PortBindings: Record<string, readonly Binding[]>;
    GroupAdd?: readonly string[];
    Devices?: readonly { PathOnHost: string }[];
    DeviceCgroupRules?: readonly string[];
  };
}
interface Binding {
  readonly HostIp: string;
  readonly HostPort: string;
}

/** As guides want one. */
export const good = (): Inspected => ({
  Name: '/web',
  State: { Pid: 0 },
  Config: { User: '1000:1000' },
  NetworkSettings: { Ports: {}, Networks: { front: {} } },
  Mounts: [{ Type: 'volume', Source: '/var/lib/docker/volumes/data/_data' }],
  HostConfig: {
    Privileged: false,
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    CapAdd: ['CAP_NET_BIND_SERVICE'],
    SecurityOpt: ['no-new-privileges'],
    Memory: 67_108_864,
    NanoCpus: 500_000_000,
    CpuQuota: 0,
    PidsLimit: 100,
    NetworkMode: 'front',
    PidMode: '',
    IpcMode: 'private',
    UTSMode: '',
    UsernsMode: '',
    LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
    PortBindings: {},
  },
});

/** One line of what the template of kinds/docker.sh makes of it; the test with a real dockerd holds the template to it. */
export const lineOf = (container: Inspected): string => {
  const { Name, State, Config, NetworkSettings, Mounts, HostConfig: host } = container;
  const json = (value: unknown) => JSON.stringify(value ?? null);
  const each = (values: readonly string[]) =>
    `,${values.map((value) => `${json(value)},`).join('')}`;
  const binds = Mounts.map(
    ({ Type, Source, Name = 'data', RW = true }) =>
      `${RW ? '' : 'ro:'}${Type === 'volume' ? `volume:${json(Name)}` : json(Source)},`,
  );
  const devices = (host.Devices ?? []).map(({ PathOnHost }) => `${json(PathOnHost)},`);
  const allowed = (host.DeviceCgroupRules ?? []).map((rule) => `${json(rule)},`);
  const asked = (Config.Env ?? []).filter((one) => /^(?:DOCKER|CONTAINER)_HOST=/.test(one));
  const modes = `network ${json(host.NetworkMode)}, processes ${json(host.PidMode)}, ipc ${json(host.IpcMode)}, uts ${json(host.UTSMode)}, users ${json(host.UsernsMode)},`;
  const fields = [
    ...[json(Name), json(State.Pid), `-${json(Config.User)}`, json(Config.ExposedPorts)],
    ...[json(NetworkSettings.Ports), each(Object.keys(NetworkSettings.Networks))],
    `,${[...binds, ...devices, ...allowed].join('')}`,
    ...[host.Privileged, host.ReadonlyRootfs, host.CapDrop, host.CapAdd, host.SecurityOpt].map(
      json,
    ),
    ...[host.Memory, host.NanoCpus, host.CpuQuota, host.PidsLimit].map(json),
    ...[modes, json(host.LogConfig), json(host.PortBindings), `-${json(host.GroupAdd)}`],
    `-${asked.map((one) => `${json(one)},`).join('')}`,
  ];
  return fields.join('\t').replaceAll('"', '');
};
