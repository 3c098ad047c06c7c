import { record } from '../../support/untyped.ts';
import type { Remark } from '../check/format.ts';
import { type ComposeFile, type ComposeFiles, includesOf, type Tree } from './files.ts';
import { merged } from './merge.ts';

/** A service with all that it extends. */
export interface Whole {
  readonly name: string;
  readonly tree: Tree;
}

const deepest = 30;

interface Base {
  readonly file: string | undefined;
  readonly service: string;
}
const baseOf = (service: Tree): Base | undefined => {
  const said = service['extends'];
  if (typeof said === 'string') return { file: undefined, service: said };
  const { file, service: name } = record(said);
  return typeof name === 'string'
    ? { file: typeof file === 'string' ? file : undefined, service: name }
    : undefined;
};

const declaredServices = new WeakMap<ComposeFile, Tree>();
/** The services that a file declares; a file of thousands is not looked through for each. */
const servicesOf = (file: ComposeFile): Tree => {
  const known = declaredServices.get(file) ?? record(file.tree['services']);
  declaredServices.set(file, known);
  return known;
};

/** What of a service its file says, its override included; `undefined` where there is no such service. */
const ownOf = (file: ComposeFile, name: string, files: ComposeFiles): Tree | undefined => {
  const declared = servicesOf(file);
  if (!Object.hasOwn(declared, name)) return undefined;
  const over = files.overriding(file);
  const more = over ? record(servicesOf(over)[name]) : {};
  return merged(merged(record(declared[name]), more), {});
};

/** A service with what it extends, or why that is not known. */
export const wholeService = (
  file: ComposeFile,
  name: string,
  files: ComposeFiles,
  depth = 0,
): Whole | string => {
  const own = ownOf(file, name, files);
  if (!own) return `there is no service ${name} in ${file.file}`;
  const base = baseOf(own);
  if (!base) return { name, tree: own };
  if (depth > deepest) return 'what it extends leads in a circle';
  const from = base.file === undefined ? file : files.named(file, base.file);
  if (!from) return `${base.file} is not read`;
  const found = wholeService(from, base.service, files, depth + 1);
  if (typeof found === 'string') return found;
  const { extends: _, ...rest } = own;
  return { name, tree: merged(found.tree, rest) };
};

/** Which files are one project: those that include each other, and what is merged over them. */
export type Links = ReadonlyMap<ComposeFile, ReadonlySet<ComposeFile>>;
export const linksOf = (files: ComposeFiles): Links => {
  const links = new Map(files.all.map((one) => [one, new Set<ComposeFile>()]));
  const link = (one: ComposeFile, other: ComposeFile | undefined) => {
    if (!other) return;
    links.get(one)?.add(other);
    links.get(other)?.add(one);
  };
  for (const one of files.all) {
    link(one, files.overriding(one));
    for (const name of includesOf(one.tree)) link(one, files.named(one, name));
  }
  return links;
};

/** The files that are one project with this one, itself first. */
export const projectOf = (file: ComposeFile, links: Links): readonly ComposeFile[] => {
  const found = new Set([file]);
  for (const one of found) for (const other of links.get(one) ?? []) found.add(other);
  return [...found];
};

/** What the files of a project declare of a kind, such as networks. */
export const declaredIn = (project: readonly ComposeFile[], kind: string): Tree =>
  project.reduceRight<Tree>((made, { tree }) => merged(made, record(tree[kind])), {});

/** Why a service is not evaluated. */
export const notEvaluated = (file: ComposeFile, name: string, why: string): Remark => ({
  line: file.document.rangeOf(['services', name]).line,
  why: `the service ${name} is not evaluated: ${why}`,
  isUnanswered: true,
});
