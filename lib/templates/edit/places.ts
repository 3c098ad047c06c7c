import {
  type Document as Ast,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { isIntrinsic } from '../../support/intrinsics.ts';
import type { Path } from '../document/document.ts';
import { CannotEdit } from './tree-edits.ts';

export type Collection = YAMLMap<unknown, unknown> | YAMLSeq<unknown>;

export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
export const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  const found = end === -1 ? text.length : end;
  return text[found - 1] === '\r' ? found - 1 : found;
};
export const columnOf = (text: string, at: number): number => at - lineStart(text, at);

export const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** Where what a value says ends: without the comments and empty lines behind it. */
export const endOf = (node: unknown, text: string): number => {
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
export const isTagged = (node: unknown): boolean =>
  isNode(node) && 'tag' in node && !!node.tag && /^!\w/.test(String(node.tag));

export interface Token {
  readonly type: string;
  readonly offset: number;
}
export const tokensOf = (one: unknown, name: string): readonly Token[] => {
  const tokens: unknown = Reflect.get(Object(one), name);
  return Array.isArray(tokens) ? tokens : [];
};

/** Where a value begins, its tag and anchor with it. */
export const valueStart = (node: unknown, tokens: readonly Token[]): number => {
  const own = tokens.find(({ type }) => type === 'tag' || type === 'anchor');
  return own?.offset ?? startOf(node);
};

export const functionOf = (node: unknown): string | undefined => {
  if (!isTagged(node)) return undefined;
  const name = String(Reflect.get(Object(node), 'tag')).slice(1);
  return name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
};
export const isFunction = (node: unknown): boolean => {
  if (functionOf(node) !== undefined) return true;
  if (!isMap(node) || node.items.length !== 1) return false;
  const key = isScalar(node.items[0]?.key) ? String(node.items[0].key.value) : '';
  return isIntrinsic(key);
};

export const pairOf = (
  map: YAMLMap<unknown, unknown>,
  key: string,
): Pair<unknown, unknown> | undefined =>
  map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);

/** What a path leads to, or the last that is there of it. */
export interface Found {
  readonly node: unknown;
  /** What holds it, and which of its items it is. */
  readonly holder: Collection | undefined;
  readonly index: number;
  /** What of the path is not there. */
  readonly rest: Path;
}

export const descend = (ast: Ast, path: Path): Found => {
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

/** The tokens between a value and its key, or the mark of its item. */
export const tokensBefore = (holder: Collection, index: number): readonly Token[] => {
  const item = holder.items[index];
  if (isPair(item)) return tokensOf(item.srcToken, 'sep');
  return tokensOf(Reflect.get(Object(holder.srcToken), 'items')?.[index], 'start');
};
export const itemStart = (node: Collection, index: number): number => {
  const item = node.items[index];
  if (isPair(item)) return startOf(item.key);
  const tokens = tokensOf(Reflect.get(Object(node.srcToken), 'items')?.[index], 'start');
  return tokens.find(({ type }) => type === 'seq-item-ind')?.offset ?? valueStart(item, tokens);
};
