import { Unresolved } from '../../model/unresolved.ts';
import { kept } from '../../support/once.ts';
import type { ComposeMount, ComposeService, Software } from '../model/compose-service.ts';
import type { Field } from '../model/field.ts';
import { environmentOf, itemsIn } from './container-of.ts';
import type { ComposeFile } from './files.ts';
import { mountOf, type Surroundings, tmpfsOf } from './mounts.ts';
import { networksOf, portsOf, publishesBeyond } from './networks.ts';
import type { Project } from './project.ts';
import { missingIn, type Reading, sureFlag, sureText } from './variables.ts';

/** A service by its name, and what it is in. */
export interface Placed {
  readonly name: string;
  readonly field: Field;
  /** The file that says it first. */
  readonly from: ComposeFile;
  /** Where paths begin. */
  readonly path: string;
  readonly project: Project;
}

/** What runs, by the name of its image; a variable in the tag alone does not hide it. */
const softwareOf = (image: Field): Software => {
  const text = image.text()?.trim() ?? '';
  const [named = ''] = text.split('@', 1);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/') && !named.slice(colon).includes('}');
  // `${IMAGE:?}` has colons of its own: the tag begins before the variable that it is.
  const [, before, behind] = /^([^$]+):(\$.*)$/s.exec(named) ?? [];
  const repository = before ?? (hasTag ? named.slice(0, colon) : named);
  const tag = behind ?? (hasTag ? named.slice(colon + 1) : undefined);
  const sure = (part: string | undefined): string | undefined => {
    const [missing] = missingIn(part ?? '');
    if (missing !== undefined) throw new Unresolved(`the value of $${missing}`);
    return part === '' ? undefined : part;
  };
  return {
    get name() {
      return sure(repository)?.split('/').at(-1)?.toLowerCase();
    },
    get repository() {
      return sure(repository)?.toLowerCase();
    },
    get tag() {
      return sure(tag);
    },
  };
};

const commandOf = (service: Field): string | undefined => {
  const parts = [service.get('entrypoint'), service.get('command')].flatMap((one) =>
    Array.isArray(one.value)
      ? one.items().map((item) => sureText(item) ?? '')
      : one.isSet
        ? [sureText(one) ?? '']
        : [],
  );
  return parts.length === 0 ? undefined : parts.join(' ');
};

const deepest = 10;

/** What is mounted into a service, by itself and from the others that it names. */
export const mountsOf = (placed: Placed, reading: Reading, depth = 0): readonly ComposeMount[] => {
  const { field, path, project } = placed;
  const around: Surroundings = { volumes: project.declared.get('volumes'), path };
  const from = reading.each(field.get('volumes_from').items(), (said) => {
    const [name = '', rest] = (sureText(said) ?? '').split(':');
    const other = name === 'container' ? undefined : project.service(name);
    if (!other || depth > deepest)
      throw new Unresolved(`the volumes of the container ${rest ?? name}`);
    return mountsOf({ ...placed, name, field: other }, reading, depth + 1).map((one) => ({
      ...one,
      said,
    }));
  });
  return [
    ...reading.each(itemsIn(field.get('volumes'), ':'), (said) => [mountOf(said, around)]),
    ...itemsIn(field.get('tmpfs')).map(tmpfsOf),
    ...from,
  ];
};

/** A service as its own controls see it. */
export const serviceOf = (
  placed: Placed,
  mounts: () => readonly ComposeMount[],
  reading: Reading,
): ComposeService => {
  const { name, field, project } = placed;
  const ports = kept(() => portsOf(field, reading));
  const networks = kept(() => networksOf(field, project.declared.get('networks')));
  const environment = kept(
    () => new Map(environmentOf(field).map(({ name: key, value, said }) => [key, value ?? said])),
  );
  return {
    name,
    field,
    software: softwareOf(field.get('image')),
    get ports() {
      return ports();
    },
    get networks() {
      return networks();
    },
    whyOpen: (network) => project.whyOpen(network, placed.from),
    get networkMode() {
      return sureText(field.get('network_mode'));
    },
    get mounts() {
      return mounts();
    },
    get environment() {
      return environment();
    },
    hasEnvironmentFiles: field.get('env_file').isSet,
    get command() {
      return commandOf(field);
    },
    get isReadOnly() {
      return sureFlag(field.get('read_only')) === true;
    },
    get publishingNeighbours() {
      return project.publishingBeside(name, field, reading);
    },
  };
};

/** How somebody outside reaches it, as a part of a sentence. */
export const exposureOf = (field: Field, reading: Reading): string | undefined =>
  publishesBeyond(field, reading) ? 'it publishes ports beyond its host' : undefined;
