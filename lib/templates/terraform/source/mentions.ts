import { keyOf, type Module } from '../plan.ts';

/** Functions whose result is known only after the apply, whatever they are given. */
const untold = /\b(?:timestamp|uuid|bcrypt)\s*\(/;
const reference = /(?<![\w.-])[A-Za-z_][\w-]*(?:\.(?:\*|[\w-]+)|\[[^\][\n]*\])+/g;
const index = /\[([^\][\n]*)\]/g;
const isLiteral = (inner: string): boolean => /^\s*(?:\d+|"[^"$%\\]*")\s*$/.test(inner);

const heads = new Set(['var', 'local', 'module', 'each']);
/** Whether this refers to something of the module. What names none of its resources is part of a loop or a text: Terraform refuses it elsewhere. */
const isReference = (one: string, { configuration }: Module): boolean => {
  const [head = '', second = '', third = ''] = one.replace(index, '').split('.');
  if (heads.has(head)) return true;
  return configuration.resources.has(
    head === 'data'
      ? keyOf({ mode: 'data', type: second, name: third })
      : keyOf({ mode: 'managed', type: head, name: second }),
  );
};

/**
 * What a text of HCL in a module can refer to; `undefined` where its value rests on more than references. An index that is no literal
 * can be any.
 */
export const mentionedIn = (text: string, module: Module): readonly string[] | undefined => {
  if (untold.test(text)) return undefined;
  return [...text.matchAll(reference)].flatMap(([one]) => {
    const inner = [...one.matchAll(index)].flatMap(([, at = '']) =>
      isLiteral(at) ? [] : (mentionedIn(at, module) ?? []),
    );
    const plain = one
      .replace(index, (whole, at: string) => (isLiteral(at) ? whole : ''))
      .replaceAll('.*', '');
    return [...(isReference(plain, module) ? [plain] : []), ...inner];
  });
};

const choosing = new Set([
  'coalesce',
  'coalescelist',
  'compact',
  'concat',
  'distinct',
  'element',
  'flatten',
  'join',
  'one',
  'tolist',
  'toset',
  'try',
]);
const withoutIndexes = (text: string): string => text.replace(/""|\["[^"$%\\]*"\]/g, '');
/** The parts of a text without quotes and loops, each with the `?` or `:` that ends it. */
const partsOf = (text: string): readonly (readonly [part: string, sign: string | undefined])[] =>
  [...withoutIndexes(text).matchAll(/([^?:]+)([?:])?/g)].map(([, part = '', sign]) => [part, sign]);
/** The conditions of a text: the parts before a `?`. */
export const conditionsIn = (text: string): readonly string[] =>
  partsOf(text).flatMap(([part, sign]) => (sign === '?' ? [part] : []));
/** Whether a text only chooses among what it refers to, and makes nothing new of it. */
export const isChoice = (text: string): boolean =>
  !withoutIndexes(text).includes('"') &&
  !/\bfor\b|<</.test(text) &&
  partsOf(text).every(
    ([part, sign]) =>
      sign === '?' ||
      (!/[<>=!+/%&|]|(?<![\w[.])[*-]|(?<!\w)-/.test(part) &&
        [...part.matchAll(/\b([A-Za-z_]\w*)\(/g)].every(([, name = '']) => choosing.has(name))),
  );
