import { isDeepStrictEqual } from 'node:util';
import {
  type Document as Ast,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parseAllDocuments,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { UserError } from '../../support/user-error.ts';
import type { Path } from '../document/document.ts';
import { blockText, flowText, keyText, type Style } from './render.ts';
import { CannotEdit, type Edit, editedTree, joinedEdits, wrappedIn } from './tree-edits.ts';

type Collection = YAMLMap<unknown, unknown> | YAMLSeq<unknown>;

/** A part of a text, by offsets, and what takes its place. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
interface Source {
  readonly text: string;
  readonly style: Style;
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  const found = end === -1 ? text.length : end;
  return text[found - 1] === '\r' ? found - 1 : found;
};
const columnOf = (text: string, at: number): number => at - lineStart(text, at);

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** Where what a value says ends: without the comments and empty lines behind it. */
const endOf = (node: unknown, text: string): number => {
  if (isPair(node)) {
    const value = isNode(node.value) ? node.value : undefined;
    const isEmpty = !value || value.range?.[0] === value.range?.[1];
    return isEmpty && !isTagged(value)
      ? isNode(node.key)
        ? (node.key.range?.[1] ?? 0)
        : 0
      : endOf(value, text);
  }
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0)
    return endOf(node.items.at(-1), text);
  let end = isNode(node) ? (node.range?.[1] ?? 0) : 0;
  while (/\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
};
const isTagged = (node: unknown): boolean =>
  isNode(node) && 'tag' in node && !!node.tag && /^!\w/.test(String(node.tag));

interface Token {
  readonly type: string;
  readonly offset: number;
}
const tokensOf = (one: unknown, name: string): readonly Token[] => {
  const tokens: unknown = Reflect.get(Object(one), name);
  return Array.isArray(tokens) ? tokens : [];
};

/** Where a value begins, its tag and anchor with it. */
const valueStart = (node: unknown, tokens: readonly Token[]): number => {
  const own = tokens.find(({ type }) => type === 'tag' || type === 'anchor');
  return own?.offset ?? startOf(node);
};

const functionOf = (node: unknown): string | undefined => {
  if (!isTagged(node)) return undefined;
  const name = String(Reflect.get(Object(node), 'tag')).slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
};
const isFunction = (node: unknown): boolean => {
  if (functionOf(node) !== undefined) return true;
  if (!isMap(node) || node.items.length !== 1) return false;
  const key = isScalar(node.items[0]?.key) ? String(node.items[0].key.value) : '';
  return key === 'Ref' || key.startsWith('Fn::');
};

const pairOf = (map: YAMLMap<unknown, unknown>, key: string): Pair<unknown, unknown> | undefined =>
  map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);

/** What a path leads to, or the last that is there of it. */
interface Found {
  readonly node: unknown;
  /** What holds it, and which of its items it is. */
  readonly holder: Collection | undefined;
  readonly index: number;
  /** What of the path is not there. */
  readonly rest: Path;
}

const descend = (ast: Ast, path: Path): Found => {
  let found: Found = { node: ast.contents, holder: undefined, index: 0, rest: path };
  for (const [depth, key] of path.entries()) {
    const { node } = found;
    if (isAlias(node)) throw new CannotEdit('an anchor elsewhere gives it');
    if (functionOf(node) === key) continue;
    if (isFunction(node) && !(isMap(node) && pairOf(node, String(key))))
      if (!(isTagged(node) && depth > 0 && functionOf(node) === path[depth - 1]))
        throw new CannotEdit('a function gives it');
    const rest = path.slice(depth + 1);
    if (isMap(node)) {
      const pair = pairOf(node, String(key));
      if (!pair) return { ...found, rest: path.slice(depth) };
      found = { node: pair.value, holder: node, index: node.items.indexOf(pair), rest };
    } else if (isSeq(node) && typeof key === 'number' && key < node.items.length) {
      found = { node: node.items[key], holder: node, index: key, rest };
    } else return { ...found, rest: path.slice(depth) };
  }
  return { ...found, rest: [] };
};

/** Whether the last item of brackets stands on a line of its own. */
const isSpread = ({ text }: Source, node: Collection): boolean => {
  const last = node.items.at(-1);
  const at = isPair(last) ? startOf(last.key) : startOf(last);
  return lineStart(text, at) > (node.range?.[0] ?? 0);
};

const addedToFlow = (
  source: Source,
  node: Collection,
  key: string | undefined,
  value: unknown,
): Splice => {
  const { text, style } = source;
  const last = node.items.at(-1);
  const prefix = key === undefined ? '' : `${keyText(key, style)}: `;
  const [start, end] = [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
  if (last === undefined) {
    const whole = key === undefined ? [value] : { [key]: value };
    const isSpreadOut = style.isJson && text.trimEnd().includes('\n');
    const column = isSpreadOut
      ? /^ */.exec(text.slice(lineStart(text, start)))?.[0].length
      : undefined;
    return { from: start, to: end, text: flowText(whole, column, style) };
  }
  const at = endOf(last, text);
  const comma = /^\s*,/.exec(text.slice(at))?.[0].length;
  const from = comma === undefined ? at : at + comma;
  const between = comma === undefined ? ',' : '';
  if (!isSpread(source, node))
    return { from, to: from, text: `${between} ${prefix}${flowText(value, undefined, style)}` };
  const column = columnOf(text, isPair(last) ? startOf(last.key) : startOf(last));
  return {
    from,
    to: from,
    text: `${between}\n${' '.repeat(column)}${prefix}${flowText(value, column, style)}`,
  };
};

const itemStart = (node: Collection, index: number): number => {
  const item = node.items[index];
  if (isPair(item)) return startOf(item.key);
  const tokens = tokensOf(Reflect.get(Object(node.srcToken), 'items')?.[index], 'start');
  return tokens.find(({ type }) => type === 'seq-item-ind')?.offset ?? valueStart(item, tokens);
};

const added = (
  source: Source,
  node: Collection,
  key: string | undefined,
  value: unknown,
): Splice => {
  if (node.flow || node.items.length === 0) return addedToFlow(source, node, key, value);
  const { text, style } = source;
  const column = columnOf(text, itemStart(node, 0));
  const at = lineEnd(text, endOf(node.items.at(-1), text));
  const item = key === undefined ? { value } : { key, value };
  return { from: at, to: at, text: `\n${' '.repeat(column)}${blockText(item, column, style)}` };
};

/** The tokens between a value and its key, or the mark of its item. */
const tokensBefore = (holder: Collection, index: number): readonly Token[] => {
  const item = holder.items[index];
  if (isPair(item)) return tokensOf(item.srcToken, 'sep');
  return tokensOf(Reflect.get(Object(holder.srcToken), 'items')?.[index], 'start');
};

const replaced = (source: Source, { node, holder, index }: Found, value: unknown): Splice => {
  const { text, style } = source;
  if (!holder) throw new CannotEdit('it is all of the document');
  const item = holder.items[index];
  const tokens = tokensBefore(holder, index);
  const isBlock = !holder.flow;
  const isPlain = typeof value !== 'object' || value === null;
  const isFlowNow = isSeq(node) || isMap(node) ? node.flow === true : true;
  const isEmptyNow = !isNode(node) || (node.range?.[0] === node.range?.[1] && !isTagged(node));
  if (isAlias(node) || (isNode(node) && 'anchor' in node && node.anchor))
    throw new CannotEdit('an anchor is on it');
  const rendered = (column: number | undefined) => flowText(value, column, style);
  if (!isEmptyNow && isFlowNow && !(isBlock && isBlockScalar(node))) {
    const isShort = isPlain || !isBlock || isEmptyCollection(value) || isFunctionValue(value);
    const from = valueStart(node, tokens);
    const isSpreadOut = style.isJson && isSpread(source, holder);
    const column = isSpreadOut ? columnOf(text, itemStart(holder, index)) : undefined;
    if (isShort) return { from, to: endOf(node, text), text: rendered(column) };
  }
  // What stood over several lines is written anew, from behind its key.
  const mark = tokens.find(({ type }) => type === 'map-value-ind' || type === 'seq-item-ind');
  if (!mark) throw new CannotEdit('its place is not clear');
  const column = columnOf(text, itemStart(holder, index));
  const end = isEmptyNow ? mark.offset + 1 : endOf(node, text);
  const key = isPair(item) && isScalar(item.key) ? String(item.key.value) : undefined;
  const whole = isEmptyCollection(value)
    ? `${key === undefined ? '-' : `${key}:`} ${rendered(undefined)}`
    : blockText(key === undefined ? { value } : { key, value }, column, style);
  const from = key === undefined ? mark.offset : startOf(isPair(item) ? item.key : node);
  return { from, to: end, text: whole };
};
const isBlockScalar = (node: unknown): boolean =>
  isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
const isEmptyCollection = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
const isFunctionValue = (value: unknown): boolean => {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return keys.length === 1 && /^(?:Ref|Fn::\w+)$/.test(keys[0] ?? '');
};

const removed = (source: Source, ast: Ast, path: Path): Splice | undefined => {
  const { text } = source;
  const found = descend(ast, path);
  const { holder, index, rest } = found;
  if (rest.length > 0 || !holder) return undefined;
  const { items } = holder;
  const empty = isMap(holder) ? {} : [];
  if (items.length === 1) {
    const outer = path.slice(0, -1);
    return replaced(source, descend(ast, outer), empty);
  }
  const from = itemStart(holder, index);
  const to = endOf(items[index], text);
  if (holder.flow) {
    const next = items[index + 1];
    if (next !== undefined) return { from, to: itemStart(holder, index + 1), text: '' };
    return { from: endOf(items[index - 1], text), to, text: '' };
  }
  const line = lineStart(text, from);
  if (text.slice(line, from).trim() !== '') {
    // The first of a mapping that stands behind the mark of its item: the next takes its place.
    if (index === 0) return { from, to: itemStart(holder, 1), text: '' };
    throw new CannotEdit('its line holds something else');
  }
  const end = lineEnd(text, to);
  return {
    from: line,
    to: Math.min(text.length, text.indexOf('\n', end) + 1 || text.length),
    text: '',
  };
};

const splice = (source: Source, ast: Ast, edit: Edit): Splice | undefined => {
  if ('remove' in edit) return removed(source, ast, edit.path);
  const found = descend(ast, edit.path);
  const { node, rest } = found;
  if ('append' in edit) {
    if (rest.length > 0) return splice(source, ast, { path: edit.path, value: [edit.append] });
    if (isFunction(node)) throw new CannotEdit('a function gives it');
    if (isSeq(node)) return added(source, node, undefined, edit.append);
    throw new CannotEdit('it is no list');
  }
  if (rest.length === 0) return replaced(source, found, edit.value);
  const [key, ...inner] = rest;
  const value = wrappedIn(inner, edit.value);
  if (isFunction(node)) throw new CannotEdit('a function gives it');
  if (isMap(node)) return added(source, node, String(key), value);
  if (isSeq(node) && typeof key === 'number') return added(source, node, undefined, value);
  const isEmpty = !isNode(node) || (isScalar(node) && node.value === null);
  if (!isEmpty) throw new CannotEdit('something else stands there');
  return replaced(source, found, wrappedIn(rest, edit.value));
};

const stepIn = (ast: Ast): number => {
  const { contents } = ast;
  if (!isMap(contents) || contents.flow) return 2;
  for (const { value } of contents.items)
    if (isMap(value) && !value.flow && isScalar(value.items[0]?.key)) {
      const token: unknown = Reflect.get(Object(value.srcToken), 'indent');
      if (typeof token === 'number' && token > 0) return token;
    }
  return 2;
};
const jsonStep = (text: string): number => /\n( +)"/.exec(text)?.[1]?.length ?? 2;

export interface EditOptions {
  /** Which of the documents of a YAML stream. @default 0 */
  readonly at?: number;
  /** The documents that a text holds, by which the outcome is proved. @default - what YAML says of them, tags left out */
  readonly read?: (text: string) => readonly unknown[];
  /** Tries them together, which takes one reading however many there are. @default false */
  readonly isTogether?: boolean;
}

const documentsIn = (text: string): readonly Ast[] => {
  const all = parseAllDocuments(text, { keepSourceTokens: true, logLevel: 'silent' });
  return Array.isArray(all) ? all : [];
};
const plainly = (text: string): readonly unknown[] =>
  documentsIn(text).map((ast): unknown => ast.toJS());

/** A text with these parts replaced; `undefined` where two of them meet. */
const spliced = (text: string, splices: readonly Splice[]): string | undefined => {
  const inOrder = splices.toSorted((a, b) => a.from - b.from);
  const meet = inOrder.some((one, index) => {
    const next = inOrder[index + 1];
    // What is added at one place stands in the order in which it was asked for.
    const bothAdd = one.from === one.to && next?.from === next?.to;
    return next !== undefined && (next.from < one.to || (next.from === one.from && !bothAdd));
  });
  if (meet) return undefined;
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, text: put } of inOrder) {
    parts.push(text.slice(at, from), withBreaks(put, text));
    at = to;
  }
  return [...parts, text.slice(at)].join('');
};

interface Editing {
  readonly text: string;
  readonly trees: readonly unknown[];
}
/** Makes changes that do not meet. The outcome has to be the documents with these changes, and no other. */
const edited = (
  { text, trees }: Editing,
  edits: readonly Edit[],
  { at = 0, read = plainly }: EditOptions,
): Editing | undefined => {
  const ast = documentsIn(text)[at];
  if (!ast) throw new CannotEdit('there is no such document');
  const isJson = /^\s*[{[]/.test(text);
  const style = { isJson, step: isJson ? jsonStep(text) : stepIn(ast) };
  const next = spliced(
    text,
    edits.flatMap((edit) => splice({ text, style }, ast, edit) ?? []),
  );
  if (next === undefined) return undefined;
  const after = read(next);
  const wanted = trees.map((tree, index) => (index === at ? edits.reduce(editedTree, tree) : tree));
  return isDeepStrictEqual(after, wanted) ? { text: next, trees: after } : undefined;
};

/** The changes at once, where none is in the way of another. */
const together = (
  before: Editing,
  edits: readonly Edit[],
  options: EditOptions,
): Editing | undefined => {
  const joined = joinedEdits(before.trees[options.at ?? 0], edits);
  if (!joined) return undefined;
  try {
    return edited(before, joined, options);
  } catch (error) {
    if (error instanceof CannotEdit || error instanceof UserError) return undefined;
    throw error;
  }
};

/**
 * A text with these changes, one after the other; every byte outside of them stays, comments and formatting too. It works
 * on any YAML or JSON: of a stream of several documents, such as manifests of Kubernetes, `at` says which. The outcome is
 * read again and has to be the documents with these changes and no other, whatever anchors and merges do: else it throws
 * a CannotEdit, which says why, as it does where a function, an alias or a merge gives what is to be changed.
 */
export const editText = (
  text: string,
  edits: readonly Edit[],
  options: EditOptions = {},
): string => {
  const { read = plainly } = options;
  let current: Editing = { text, trees: read(text) };
  const made =
    options.isTogether && edits.length > 1 ? together(current, edits, options) : undefined;
  if (made) return made.text;
  for (const edit of edits) {
    const next = edited(current, [edit], options);
    if (!next) throw new CannotEdit('it cannot be changed without changing something else');
    current = next;
  }
  return current.text;
};

const withBreaks = (made: string, text: string): string =>
  /\r\n/.test(text) ? made.replaceAll('\n', '\r\n') : made;
