import { Unresolved } from '../../model/unresolved.ts';
import { groupsBy } from '../../support/groups.ts';
import { asRecord } from '../../support/untyped.ts';
import { Field } from '../model/field.ts';
import { type ComposeFile, type ComposeFiles, includesOf, type Tree } from './files.ts';
import { mergedPart } from './merge.ts';
import { networksOf, publishesBeyond } from './networks.ts';
import type { Evaluated } from './services.ts';
import { asKnown, type Reading } from './variables.ts';

type Links = ReadonlyMap<ComposeFile, ReadonlySet<ComposeFile>>;
/** Which files belong together: those that include each other, and what is merged over them. */
const linksOf = (files: ComposeFiles): Links => {
  const links = new Map(files.all.map((one) => [one, new Set<ComposeFile>()]));
  const link = (one: ComposeFile, other: ComposeFile | undefined) => {
    if (!other) return;
    links.get(one)?.add(other);
    links.get(other)?.add(one);
  };
  for (const one of files.all) {
    link(one, files.overriding(one));
    for (const { tree } of [one, ...one.below])
      for (const name of includesOf(tree)) link(one, files.named(one, name));
  }
  return links;
};

/** The files of a run, project by project. */
export const projectsIn = (files: ComposeFiles): readonly (readonly ComposeFile[])[] => {
  const links = linksOf(files);
  const done = new Set<ComposeFile>();
  return files.all.flatMap((file) => {
    if (done.has(file)) return [];
    const found = new Set([file]);
    for (const one of found) for (const other of links.get(one) ?? []) found.add(other);
    for (const one of found) done.add(one);
    return [[...found]];
  });
};

/** What files declare of a kind, such as networks; what stands first counts. */
const declaredIn = (files: readonly ComposeFile[], kind: string): Tree => {
  const made = new Map<string, unknown>();
  for (const { tree } of files.toReversed())
    for (const [name, own] of Object.entries(asRecord(mergedPart(undefined, tree[kind]))))
      made.set(name, mergedPart(made.get(name), own));
  return Object.fromEntries(made);
};

/** Services of a network that publish ports beyond the host, and those of which that is not known. */
interface Publishers {
  /** Those that publish any port, to the host alone or beyond. */
  readonly any: string[];
  readonly names: string[];
  readonly unknown: { readonly name: string; readonly why: Unresolved }[];
}
/** So many are told of one network. */
const mostNamed = 20;

/** The services of files that belong together, and what these declare for all of them. */
export class Project {
  readonly declared: Field;
  readonly #files: readonly ComposeFile[];
  readonly #services: ReadonlyMap<string, Field>;
  readonly #publishers = new Map<Reading, ReadonlyMap<string, Publishers>>();
  /** @param files what is merged over others stands before them */
  constructor(files: readonly ComposeFile[], wholes: readonly Evaluated[]) {
    this.#files = files;
    this.declared = new Field(
      Object.fromEntries(
        ['networks', 'volumes', 'secrets', 'configs'].map((kind) => [
          kind,
          declaredIn(files, kind),
        ]),
      ),
    );
    this.#services = new Map(
      wholes.map(({ name, tree }) => [name, new Field(tree, ['services', name])]),
    );
  }
  service(name: string): Field | undefined {
    return this.#services.get(name);
  }
  /** The other services that share a network with this one and publish ports, the first of them. */
  publishingBeside(name: string, service: Field, reading: Reading) {
    const byNetwork = this.#publishersBy(reading);
    const networks = new Set(
      networksOf(service, this.declared.get('networks')).map((one) => one.name),
    );
    const found = new Map<string, string>();
    for (const network of networks) {
      const { names = [], unknown = [] } = byNetwork.get(network) ?? {};
      const open = unknown.find((one) => one.name !== name);
      if (open) throw open.why;
      for (const other of names)
        if (other !== name && found.size < mostNamed && !found.has(other))
          found.set(other, network);
    }
    return [...found].map(([other, network]) => ({ name: other, network }));
  }
  /** Why a network cannot be made internal in a file: something of it is reached, or another file declares it. */
  whyOpen(network: string, file: ComposeFile): string | undefined {
    const [published] = this.#publishersBy(asKnown).get(network)?.any ?? [];
    if (published !== undefined) return `${published} publishes ports from the network ${network}`;
    const declaring = this.#files.filter(({ tree }) =>
      Object.hasOwn(asRecord(tree['networks']), network),
    );
    const [other] = declaring.includes(file) ? [] : declaring;
    return other && `the network ${network} is declared in ${other.file}`;
  }
  #publishersBy(reading: Reading): ReadonlyMap<string, Publishers> {
    const known = this.#publishers.get(reading);
    if (known) return known;
    const networks = this.declared.get('networks');
    const joined = [...this.#services].flatMap(([name, service]) =>
      networksOf(service, networks).map((network) => ({ name, service, network: network.name })),
    );
    const made = new Map(
      [...groupsBy(joined, ({ network }) => network)].map(([network, all]) => {
        const publishers: Publishers = { any: [], names: [], unknown: [] };
        for (const { name, service } of all) {
          if (service.get('ports').items().length > 0) publishers.any.push(name);
          try {
            if (publishesBeyond(service, reading)) publishers.names.push(name);
          } catch (error) {
            if (!(error instanceof Unresolved)) throw error;
            publishers.unknown.push({ name, why: error });
          }
        }
        return [network, publishers] as const;
      }),
    );
    this.#publishers.set(reading, made);
    return made;
  }
}
