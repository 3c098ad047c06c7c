import { isDeepStrictEqual } from 'node:util';
import { onceEach } from '../../support/once.ts';
import { asRecord, isRecord, list } from '../../support/untyped.ts';

type Tree = Readonly<Record<string, unknown>>;

/** What is taken whole from the one that comes later. https://docs.docker.com/reference/compose-file/merge/ */
const replaced = new Set(['command', 'entrypoint', 'test']);
/** What can be written as a list of `name=value` and as a mapping. */
const pairs = new Set(['environment', 'labels', 'args', 'sysctls', 'extra_hosts', 'annotations']);
/** What can be written as a list of names and as a mapping. */
const named = new Set(['networks', 'depends_on']);
const deepest = 20;

/** `name=value` items as a mapping; `null` for a name alone. */
export const pairsOf = (value: unknown): Tree =>
  Array.isArray(value)
    ? Object.fromEntries(
        value.map((one) => {
          const text = String(one);
          const at = text.indexOf('=');
          return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
        }),
      )
    : asRecord(value);
const namesOf = (value: unknown): Tree =>
  Array.isArray(value)
    ? Object.fromEntries(value.map((one) => [String(one), null]))
    : asRecord(value);

/** The path where a volume is mounted: a later file replaces the volume with the same one. */
const targetOf = (volume: unknown): string => {
  if (isRecord(volume)) return String(volume['target']);
  const steps = String(volume).split(':');
  return (steps.length > 1 ? steps[1] : steps[0]) ?? '';
};

const listsMerged = (key: string, own: readonly unknown[], base: readonly unknown[]) => {
  if (key !== 'volumes')
    return [...own, ...base.filter((one) => !own.some((other) => isDeepStrictEqual(one, other)))];
  const targets = new Set(own.map(targetOf));
  return [...own, ...base.filter((one) => !targets.has(targetOf(one)))];
};

/** A value with nothing below it, without the tags that say how it is merged. */
const settled = (own: unknown): unknown =>
  typeof own === 'object' && own !== null ? settledOnce(own) : own;
/** `!override` and `!reset`, as the reader of documents writes tags. */
const settledOnce = onceEach((own: object): unknown => {
  if (Object.hasOwn(own, 'Fn::override')) return settled(Reflect.get(own, 'Fn::override'));
  if (Object.hasOwn(own, 'Fn::reset')) return undefined;
  const values = Object.values(own);
  const next = values.map(settled);
  if (next.every((one, index) => one === values[index])) return own;
  if (Array.isArray(own)) return next.filter((one) => one !== undefined);
  return Object.fromEntries(Object.keys(own).map((key, index) => [key, next[index]]));
});

const valuesMerged = (key: string, base: unknown, own: unknown, depth: number): unknown => {
  if (own === undefined || own === null) return base;
  if (isRecord(own) && (Object.hasOwn(own, 'Fn::override') || Object.hasOwn(own, 'Fn::reset')))
    return settled(own);
  if (base === undefined || base === null || replaced.has(key) || depth > deepest)
    return settled(own);
  if (pairs.has(key)) return { ...pairsOf(base), ...pairsOf(own) };
  if (named.has(key)) return merged(namesOf(base), namesOf(own), depth + 1);
  if (Array.isArray(own)) return listsMerged(key, own, list(base));
  return isRecord(own) && isRecord(base) ? merged(base, own, depth + 1) : own;
};

/** A part of a file merged over that of the file before, by the tags that it has. */
export const mergedPart = (base: unknown, own: unknown): unknown => valuesMerged('', base, own, 0);

/** One mapping merged over another. Its own items come first, so that places in its file stay right. */
export const merged = (base: Tree, own: Tree, depth = 0): Tree =>
  Object.fromEntries(
    [...new Set([...Object.keys(own), ...Object.keys(base)])].map((key) => [
      key,
      valuesMerged(key, base[key], own[key], depth),
    ]),
  );
