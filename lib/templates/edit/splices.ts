import {
  type Document as Ast,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Scalar,
} from 'yaml';
import type { Path } from '../document/document.ts';
import {
  type Collection,
  columnOf,
  descend,
  endOf,
  type Found,
  isFunction,
  isTagged,
  itemStart,
  lineEnd,
  lineStart,
  startOf,
  tokensBefore,
  valueStart,
} from './places.ts';
import { blockText, flowText, keyText, type Style } from './render.ts';
import { CannotEdit, type Edit, wrappedIn } from './tree-edits.ts';

/** A part of a text, by offsets, and what takes its place. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
export interface Source {
  readonly text: string;
  readonly style: Style;
}

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

export const splice = (source: Source, ast: Ast, edit: Edit): Splice | undefined => {
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

const withBreaks = (made: string, text: string): string =>
  /\r\n/.test(text) ? made.replaceAll('\n', '\r\n') : made;

/** A text with these parts replaced; `undefined` where two of them meet. */
export const spliced = (text: string, splices: readonly Splice[]): string | undefined => {
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
