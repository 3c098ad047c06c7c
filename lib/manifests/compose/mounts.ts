import { dirname, normalize, resolve } from 'node:path';
import { isHostItself } from '../containers/runtimes.ts';
import type { ComposeMount } from '../model/compose-service.ts';
import { Field } from '../model/field.ts';
import { sureFlag, sureText } from './variables.ts';

/** What mounts are read with: the declared volumes, and where the file stands. */
export interface Surroundings {
  readonly volumes: Field;
  readonly path: string;
}

const isPath = (source: string): boolean => /^(?:[./~]|\\\\|[A-Za-z]:[\\/])/.test(source);
/** A path of the host. Where a project lies says nothing of what it mounts from beside itself: only what climbs to the top does. */
export const onHost = (source: string, { path }: Pick<Surroundings, 'path'>): string => {
  if (/^(?:[/\\]|[A-Za-z]:)/.test(source)) return source;
  // Whoever starts it has a home, which no file names.
  if (/^~(?:\/|$)/.test(source)) return normalize(`/home/user${source.slice(1)}`);
  const folder = dirname(resolve(path));
  const depth = folder.split('/').filter((step) => step !== '').length;
  const inside = normalize(source);
  const climbs = inside.split('/').filter((step) => step === '..').length;
  return climbs >= depth
    ? resolve('/', folder, inside)
    : `/project/${inside.replaceAll('../', '')}`;
};

/** What the kernel itself has, whatever the device is called. */
const kernelFolders: ReadonlyMap<string, string> = new Map([
  ['devtmpfs', '/dev'],
  ['proc', '/proc'],
  ['sysfs', '/sys'],
  ['debugfs', '/sys/kernel/debug'],
  ['cgroup', '/sys/fs/cgroup'],
  ['cgroup2', '/sys/fs/cgroup'],
]);
/** Their device is a share of a server. */
const ofServers = /^(?:nfs\d*|cifs|smb\d*|ceph|glusterfs|9p|tmpfs)$/i;

/** The folder or the disk of the host that a declared volume is: its driver mounts them as mount does. */
const boundBy = (name: string, { volumes }: Surroundings): string | undefined => {
  const options = volumes.get(name, 'driver_opts');
  // What is laid over folders shows them; another driver than Docker's own, such as local-persist, is told where it mounts.
  const [, lower] = /(?:^|,)lowerdir=([^,:]+)/.exec(sureText(options.get('o')) ?? '') ?? [];
  const told = lower ?? sureText(options.get('mountpoint'))?.trim();
  if (told?.startsWith('/')) return told;
  const type = (sureText(options.get('type')) ?? '').trim();
  const device = sureText(options.get('device'))?.trim();
  if (/(?:^|,)r?bind(?:,|$)/.test(`${type},${sureText(options.get('o')) ?? ''}`)) return device;
  const folder = kernelFolders.get(type.toLowerCase());
  if (folder !== undefined) return folder;
  if (!ofServers.test(type)) return device?.startsWith('/') ? device : undefined;
  // A share of the host itself shows the folder that it is. https://docs.docker.com/engine/storage/volumes/
  const [, server = ''] = /(?:^|,)addr=([^,]*)/.exec(sureText(options.get('o')) ?? '') ?? [];
  const [, named = server, shared] = /^(?:([^/:]+|\[[^\]]*\])?:)?(\/.*)$/.exec(device ?? '') ?? [];
  return /^nfs/i.test(type) && isHostItself(named.replace(/^\[|\]$/g, '').trim())
    ? shared
    : undefined;
};
const isShared = (options: string): boolean => /(?:^|,)r?shared(?:,|$)/.test(options);

const ofSource = (
  source: string | undefined,
  said: Field,
  around: Surroundings,
): Pick<ComposeMount, 'kind' | 'source' | 'said' | 'hasSize'> => {
  if (source === undefined || source === '')
    return { kind: 'anonymous', source: undefined, said, hasSize: false };
  if (isPath(source)) return { kind: 'bind', source: onHost(source, around), said, hasSize: false };
  const bound = boundBy(source, around);
  return bound === undefined
    ? { kind: 'named', source: undefined, said, hasSize: false }
    : { kind: 'bind', source: bound, said, hasSize: false };
};

/** `source:target:options`; a drive of Windows has a colon of its own. */
const short = (said: Field, around: Surroundings): ComposeMount => {
  const text = sureText(said) ?? '';
  const [, source, target = '', options = ''] =
    /^(?:((?:[A-Za-z]:[\\/])?[^:]*):)?((?:[A-Za-z]:[\\/])?[^:]*)(?::([^:]*))?$/.exec(text) ?? [];
  // With two parts the second can be options of a volume without a name: compose reads it as a target.
  return {
    ...ofSource(source, said, around),
    target,
    isReadOnly: /(?:^|,)ro(?:,|$)/.test(options),
    isShared: isShared(options),
  };
};

const long = (said: Field, around: Surroundings): ComposeMount => {
  const type = sureText(said.get('type'))?.trim().toLowerCase() ?? 'volume';
  const source = sureText(said.get('source')) ?? sureText(said.get('src'));
  const rest = {
    target: sureText(said.get('target')) ?? sureText(said.get('dst')) ?? '',
    isReadOnly: sureFlag(said.get('read_only')) ?? sureFlag(said.get('readonly')) ?? false,
    isShared: isShared(sureText(said.get('bind', 'propagation')) ?? ''),
  };
  if (type === 'tmpfs')
    return {
      ...rest,
      kind: 'tmpfs',
      source: undefined,
      hasSize: hasAmount(said.get('tmpfs', 'size')),
      said,
    };
  if (type === 'bind' || type === 'npipe') {
    const path = source === undefined ? undefined : onHost(source, around);
    return { ...rest, kind: 'bind', source: path, hasSize: false, said };
  }
  if (type !== 'volume') return { ...rest, kind: 'other', source: undefined, hasSize: false, said };
  return { ...rest, ...ofSource(source, said, around) };
};

/** An amount that is no zero, which means without limit. */
export const hasAmount = (field: Field): boolean => {
  const text = sureText(field)?.trim() ?? '';
  return text !== '' && !/^-|^0+(?:\.0*)?[A-Za-z]*$/.test(text);
};

export const mountOf = (said: Field, around: Surroundings): ComposeMount =>
  typeof said.value === 'object' && said.value !== null ? long(said, around) : short(said, around);

/** `/tmp:size=64M,mode=1777` */
export const tmpfsOf = (said: Field): ComposeMount => {
  const [target = '', options = ''] = (sureText(said) ?? '').split(':', 2);
  const size = options
    .split(',')
    .find((one) => one.startsWith('size='))
    ?.slice('size='.length);
  return {
    kind: 'tmpfs',
    source: undefined,
    target,
    isReadOnly: false,
    isShared: false,
    hasSize: hasAmount(new Field(size)),
    said,
  };
};
