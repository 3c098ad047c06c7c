import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { groupsBy } from '../../../support/groups.ts';
import { kept } from '../../../support/once.ts';
import { asRecord, list } from '../../../support/untyped.ts';
import { isWithin } from '../../../support/within.ts';
import { hasExemptions } from '../../check/suppressions.ts';
import {
  linesOf,
  type Path,
  type Range,
  rangeBetween,
  type Span,
} from '../../document/document.ts';
import { type SourceLines, secretLinesIn } from '../../document/secret-lines.ts';
import type { Written } from '../../template.ts';
import type { Module, Planned } from '../plan.ts';
import { type Attribute, type Block, blocksIn, commentsIn } from './hcl.ts';

export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly lines: SourceLines;
  readonly comments: () => readonly Span[];
  /** Of a module that `terraform init` got from elsewhere. */
  readonly isFetched: boolean;
  readonly blocks: readonly Block[];
}
/** A block with the file that it stands in. */
export interface Placed {
  readonly source: SourceText;
  readonly block: Block;
}

const mostBytes = 2_000_000;
const mostFiles = 300;
const mostModules = 500;

const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
};

interface Folder {
  readonly texts: readonly SourceText[];
  /** Whether all of its files were read: none is in JSON, and none is too long. */
  readonly isWhole: boolean;
}
/** The files of a folder; none where it cannot be read: places are then those of the plan. */
const filesIn = async (folder: string, isFetched: boolean): Promise<Folder> => {
  const names = await readdir(folder).catch((): string[] => []);
  const all = names.filter((one) => /\.(?:tf|tofu)(?:\.json)?$/.test(one));
  const found: SourceText[] = [];
  for (const name of all
    .filter((one) => !one.endsWith('.json'))
    .sort()
    .slice(0, mostFiles)) {
    const path = join(folder, name);
    const { size, isFile } = await stat(path).then(
      (one) => ({ size: one.size, isFile: one.isFile() }),
      () => ({ size: 0, isFile: false }),
    );
    if (!isFile || size > mostBytes) continue;
    const text = await readFile(path, 'utf8').catch(() => '');
    found.push({
      file: shown(path),
      text,
      lines: secretLinesIn(text),
      comments: kept(() => commentsIn(text)),
      isFetched,
      blocks: blocksIn(text),
    });
  }
  return { texts: found, isWhole: found.length === all.length };
};

/** Where `terraform init` puts the modules that lie elsewhere. */
const whereFetched = '.terraform/modules';
/** Where the modules lie, by key: `a.b`. */
const fetchedIn = async (root: string): Promise<ReadonlyMap<string, string>> => {
  const text = await readFile(join(root, whereFetched, 'modules.json'), 'utf8').catch(() => '{}');
  const found = new Map<string, string>();
  try {
    const read: unknown = JSON.parse(text);
    for (const one of list(asRecord(read)['Modules'])) {
      const { Key, Dir } = asRecord(one);
      if (typeof Key === 'string' && typeof Dir === 'string' && !isAbsolute(Dir))
        found.set(Key, join(root, Dir));
    }
  } catch {
    return found;
  }
  return found;
};

type Folders = Map<string, string>;
const folderOf = (module: Module, fetched: ReadonlyMap<string, string>, folders: Folders) => {
  const known = fetched.get(module.key);
  if (known !== undefined) return known;
  const { source } = module.call;
  const parent = module.parent && folders.get(module.parent.key);
  const isLocal = typeof source === 'string' && /^\.\.?\//.test(source);
  return isLocal && parent !== undefined ? join(parent, source) : undefined;
};

/** The sources of a plan, as far as they lie beside it. */
export interface Sources {
  /** Where a resource is written. */
  resource(planned: Planned): Placed | undefined;
  /**
   * How it is written, where that is sure: a file that overrides another, or that only OpenTofu reads, can say otherwise.
   * https://developer.hashicorp.com/terraform/language/files/override
   */
  only(planned: Planned): Placed | undefined;
  allOf(planned: Planned): readonly Placed[] | undefined;
  /** The same of a call, an output and a local value. */
  call(module: Module): Placed | undefined;
  output(module: Module, name: string): Placed | undefined;
  local(module: Module, name: string): string | undefined;
  /** Whether there are comments that exempt something. */
  readonly hasExemptions: boolean;
}

const resourceKey = ({ module, mode, type, name }: Planned): string =>
  [module.key, mode === 'data' ? 'data' : 'resource', type, name].join('\n');

const createSources = (byKey: ReadonlyMap<string, Folder>): Sources => {
  const blocks: (readonly [key: string, placed: Placed])[] = [];
  const locals: (readonly [key: string, text: string])[] = [];
  for (const [key, { texts }] of byKey)
    for (const source of texts)
      for (const block of source.blocks) {
        blocks.push([[key, block.type, ...block.labels].join('\n'), { source, block }]);
        if (block.type === 'locals')
          for (const { name, value } of block.attributes)
            locals.push([`${key}\n${name}`, source.text.slice(value.from, value.to)]);
      }
  const [placed, texts] = [groupsBy(blocks, ([key]) => key), groupsBy(locals, ([key]) => key)];
  const onlyOf = <T>(
    all: ReadonlyMap<string, readonly (readonly [string, T])[]>,
    folder: string,
    key: string,
  ): T | undefined => {
    const [first, ...more] = all.get(key) ?? [];
    return more.length === 0 && byKey.get(folder)?.isWhole ? first?.[1] : undefined;
  };
  return {
    resource: (planned) => placed.get(resourceKey(planned))?.at(-1)?.[1],
    only: (planned) => onlyOf(placed, planned.module.key, resourceKey(planned)),
    allOf: (planned) => placed.get(resourceKey(planned))?.map(([, one]) => one),
    call: ({ key, parent }) => {
      const folder = parent?.key ?? '';
      const name = key.slice(key.lastIndexOf('.') + 1);
      return onlyOf(placed, folder, [folder, 'module', name].join('\n'));
    },
    output: ({ key }, name) => onlyOf(placed, key, [key, 'output', name].join('\n')),
    local: ({ key }, name) => onlyOf(texts, key, `${key}\n${name}`),
    hasExemptions: [...byKey.values()].some((one) =>
      one.texts.some(({ text }) => hasExemptions(text)),
    ),
  };
};

/** Reads the sources that lie beside a plan: those of its root module there, those of others where it says. */
export const sourcesBeside = async (path: string, modules: Iterable<Module>): Promise<Sources> => {
  const root = dirname(path);
  const fetched = await fetchedIn(root);
  const folders: Folders = new Map([['', root]]);
  const byKey = new Map<string, Folder>();
  for (const module of modules) {
    if (byKey.size > mostModules || byKey.has(module.key)) continue;
    const folder = module.key === '' ? root : folderOf(module, fetched, folders);
    if (folder === undefined) continue;
    folders.set(module.key, folder);
    byKey.set(module.key, await filesIn(folder, isWithin(folder, join(root, whereFetched))));
  }
  return createSources(byKey);
};
export const noSources: Sources = createSources(new Map());

/** The attribute or block at a path within a block; as near as it is written. */
export const within = (block: Block, path: Path): Block | Attribute => {
  let at = block;
  for (const [depth, step] of path.entries()) {
    if (typeof step === 'number') continue;
    const attribute = at.attributes.find(({ name }) => name === step);
    if (attribute) return attribute;
    const inner = at.blocks.filter(({ type }) => type === step);
    const next = path[depth + 1];
    const found = inner[typeof next === 'number' ? next : 0] ?? inner[0] ?? dynamicIn(at, step);
    if (!found) return at;
    at = found;
  }
  return at;
};
/** What a `dynamic` block repeats. */
const dynamicIn = (block: Block, type: string): Block | undefined =>
  block.blocks
    .find((one) => one.type === 'dynamic' && one.labels[0] === type)
    ?.blocks.find((one) => one.type === 'content');
/** Whether a `dynamic` block makes what stands at a path within a block. */
export const isDynamic = (block: Block, path: Path): boolean => {
  const [step, ...rest] = path.filter((one) => typeof one === 'string');
  if (step === undefined) return false;
  const same = block.blocks.filter(({ type }) => type === step);
  return dynamicIn(block, step) !== undefined || same.some((one) => isDynamic(one, rest));
};

const places = new WeakMap<SourceText, ReturnType<typeof linesOf>>();
const rangeIn = (source: SourceText, from: number, to: number): Range => {
  const placeOf = places.get(source) ?? linesOf(source.text);
  places.set(source, placeOf);
  return rangeBetween(placeOf, from, to);
};

/** Where a property is written: at its attribute, else at the head of the block. */
export const writtenIn = ({ source, block }: Placed, path: Path): Written => {
  const found = path.length === 0 ? block : within(block, path);
  const { file, text, lines } = source;
  const head = text.indexOf('{', found.from);
  const to = 'value' in found ? lineOr(text, found) : head === -1 ? found.to : head;
  return {
    file,
    text,
    lines,
    range: rangeIn(source, found.from, text.slice(found.from, to).trimEnd().length + found.from),
  };
};
/** Of a value of several lines the first. */
const lineOr = (text: string, { from, to }: Attribute): number => {
  const end = text.indexOf('\n', from);
  return end === -1 ? to : Math.min(end, to);
};

/** All of a block, for what is said inside of it. */
export const blockOf = ({ source, block }: Placed): Written => ({
  file: source.file,
  text: source.text,
  lines: source.lines,
  comments: source.comments,
  ...(source.isFetched ? { isFetched: true as const } : {}),
  range: rangeIn(source, block.from, block.to),
});
