import { basename, dirname, join, normalize } from 'node:path';
import { groupsBy } from '../../support/groups.ts';
import { plural } from '../../support/plural.ts';
import { asRecord, list, text } from '../../support/untyped.ts';
import { UserError } from '../../support/user-error.ts';
import type { Document } from '../../templates/document/document.ts';
import { readDocuments } from '../../templates/document/read-document.ts';
import { fileNamedIn, type SourceFile } from '../../templates/files.ts';
import type { Remark } from '../check/format.ts';
import { overridesOf } from './recognised.ts';
import { interpolated } from './variables.ts';

export type Tree = Readonly<Record<string, unknown>>;

/** A file of compose with the defaults of its variables. */
export interface ComposeFile {
  readonly file: string;
  readonly path: string;
  readonly document: Document;
  readonly tree: Tree;
  /** The documents below the first, which compose merges over it as it does other files. https://github.com/compose-spec/compose-go/blob/main/loader/loader.go */
  readonly below: readonly ComposeFile[];
  /** Only another file names it, for one service of it: it is not evaluated by itself. */
  isOnlyExtended: boolean;
  readonly remarks: readonly Remark[];
  /** What it names and was not read when it was, with the path that it has. */
  readonly unread: Unread[];
}
interface Unread {
  readonly name: string;
  readonly path: string | undefined;
  readonly why: string;
}

/** What other files of compose are told by. https://docs.docker.com/reference/compose-file/merge/ */
const tags: ReadonlySet<string> = new Set(['!override', '!reset']);

const mostFiles = 500;

/** A path that another file names, as it is read; `undefined` for an address. */
export const pathFrom = (from: string, named: string): string | undefined => {
  if (/^[a-z][a-z0-9+.-]*:|^git@|\$/i.test(named)) return undefined;
  return normalize(named.startsWith('/') ? named : join(dirname(from), named));
};

/** The files that a file includes: its own place, and what it says. */
export const includesOf = (tree: Tree): readonly string[] =>
  list(tree['include']).flatMap((one) => {
    if (typeof one === 'string') return [one];
    const path = asRecord(one)['path'];
    return [path].flat().flatMap((each) => text(each) ?? []);
  });
const extendedIn = (tree: Tree): readonly string[] =>
  Object.values(asRecord(tree['services'])).flatMap(
    (service) => text(asRecord(asRecord(service)['extends'])['file']) ?? [],
  );

const treeOf = (document: Document, { file }: SourceFile): Tree => {
  const { tree } = document;
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree))
    throw new UserError(`${file}: a file of compose is a mapping with services`);
  for (const part of ['services', 'networks', 'volumes']) {
    const value: unknown = Reflect.get(tree, part);
    if (
      value !== undefined &&
      value !== null &&
      (typeof value !== 'object' || Array.isArray(value))
    )
      throw new UserError(
        `${file}:${document.rangeOf([part]).line}: ${part} is no mapping of names to ${part}`,
      );
  }
  return asRecord(interpolated(tree));
};

/** Services at the top of a file, as the first version of compose had them and no other has. */
const firstVersion = (tree: Tree, document: Document): readonly Remark[] => {
  if (tree['services'] !== undefined) return [];
  const [name] =
    Object.entries(tree).find(
      ([key, value]) =>
        !key.startsWith('x-') &&
        ['image', 'build'].some((part) => asRecord(value)[part] !== undefined),
    ) ?? [];
  return name === undefined
    ? []
    : [
        {
          line: document.rangeOf([name]).line,
          why: `${name} is not evaluated: it is a service of the first version of compose; write it below services`,
          isUnanswered: true,
        },
      ];
};

/** The files of a run, and those that they name. */
export class ComposeFiles {
  readonly #files = new Map<string, ComposeFile>();

  get all(): readonly ComposeFile[] {
    return [...this.#files.values()];
  }
  /** The file that a name in another stands for. */
  named(from: ComposeFile, name: string): ComposeFile | undefined {
    const path = pathFrom(from.path, name);
    return path === undefined ? undefined : this.#files.get(path);
  }
  /** The file that is merged over this one where nobody says otherwise. */
  overriding({ path }: ComposeFile): ComposeFile | undefined {
    const names = overridesOf(basename(path)).map((name) => join(dirname(path), name));
    return names.map((name) => this.#files.get(name)).find((one) => one !== undefined);
  }
  /** What a file is made of: its documents, and those of what is merged over it, each over the one before. */
  layersOf(file: ComposeFile): readonly ComposeFile[] {
    const over = this.overriding(file);
    return [file, ...file.below, ...(over ? [over, ...over.below] : [])];
  }
  /** What of a file is not evaluated; what the run read after all, as a file of its folder, is. */
  remarksOf({ remarks, below, unread }: ComposeFile): readonly Remark[] {
    const missing = unread.filter(({ path }) => path === undefined || !this.#files.has(path));
    const told = [...groupsBy(missing, ({ why }) => why)].map(([why, all]): Remark => {
      const more = all.length > 1 ? ` and ${plural(all.length - 1, 'other')}` : '';
      const are = all.length > 1 ? 'are' : 'is';
      return {
        line: 1,
        why: `it names ${all[0]?.name}${more}, which ${are} not read: ${why}`,
        isUnanswered: true,
      };
    });
    return [...remarks, ...below.flatMap((one) => one.remarks), ...told];
  }
  async add(source: SourceFile, isOnlyExtended = false): Promise<void> {
    const path = normalize(source.path);
    const known = this.#files.get(path);
    if (known) known.isOnlyExtended &&= isOnlyExtended;
    if (known?.document.text === source.text) return;
    const documents = await readDocuments(source.text, source.file, { tags });
    const [document, ...others] = documents.filter(({ tree }) => tree !== null);
    if (!document) return;
    const unread: Unread[] = [];
    const made = (one: Document): ComposeFile => {
      const tree = treeOf(one, source);
      return {
        file: source.file,
        path,
        document: one,
        tree,
        below: [],
        isOnlyExtended: known?.isOnlyExtended ?? isOnlyExtended,
        remarks: firstVersion(tree, one),
        unread,
      };
    };
    const below = others.map(made);
    const file: ComposeFile = { ...made(document), below };
    this.#files.set(path, file);
    for (const one of [file, ...below]) {
      await this.#follow(one, includesOf(one.tree), false);
      await this.#follow(one, extendedIn(one.tree), true);
    }
  }
  async #follow(
    from: ComposeFile,
    names: readonly string[],
    isOnlyExtended: boolean,
  ): Promise<void> {
    for (const name of names) {
      const path = pathFrom(from.path, name);
      const why =
        path === undefined
          ? 'it is no path that is known here'
          : await this.#read(path, isOnlyExtended);
      if (why !== undefined) from.unread.push({ name, path, why });
    }
  }
  /** Why a file that another names is not read. It is one that compose would read, and no device. */
  async #read(path: string, isOnlyExtended: boolean): Promise<string | undefined> {
    const known = this.#files.get(path);
    if (known) {
      known.isOnlyExtended &&= isOnlyExtended;
      return undefined;
    }
    if (!/\.(?:ya?ml|json)$/i.test(path)) return 'it is neither YAML nor JSON';
    if (this.#files.size >= mostFiles) return `more than ${mostFiles} files name each other`;
    const found = await fileNamedIn(path);
    if (typeof found === 'string') return found;
    await this.add(found, isOnlyExtended);
    return undefined;
  }
}
