import type { ControlId } from '../model/control.ts';
import type { Expectation, Setting, Value } from './control.ts';

/** A text as one word of bash. */
export const quoted = (text: string): string =>
  /^[\w.,:/@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const isParameter = (value: Value): value is { readonly parameter: string } =>
  typeof value === 'object';

// What stands between double quotes beside a parameter must mean itself.
const plain = (text: string): string => {
  if (/["$`\\!\n]/.test(text)) throw new Error(`${text} cannot stand beside a parameter`);
  return text;
};

/** Texts and parameters of a control joined to one word of bash. */
export const wordOf = (id: ControlId, pieces: readonly Value[]): string => {
  if (!pieces.some(isParameter)) return quoted(pieces.join(''));
  const inside = pieces.map((piece) =>
    isParameter(piece) ? `\${PARAMETER[${id}.${piece.parameter}]}` : plain(String(piece)),
  );
  return `"${inside.join('')}"`;
};

const rangeOf = ({ from, to }: { readonly from: Value; readonly to?: Value }): readonly Value[] => [
  from,
  '..',
  to ?? '',
];

/** A check as `meets` in prelude.sh reads it. */
const checkOf = (expect: Expectation): readonly Value[] => {
  if ('is' in expect) return ['=', expect.is];
  if ('oneOf' in expect) return [`@${expect.oneOf.join(',')}`];
  if ('noneOf' in expect) return [`-${expect.noneOf.join(',')}`];
  if ('upTo' in expect) return ['^', expect.upTo, `^${expect.scale.join(',')}`];
  if ('parts' in expect)
    return expect.parts.flatMap((part, index) => [index === 0 ? '' : ':', ...rangeOf(part)]);
  return rangeOf(expect);
};

/** `name check target`, one word of bash. */
export const settingWord = (id: ControlId, { name, expect, set }: Setting): string =>
  wordOf(id, [`${name} `, ...checkOf(expect), ...(set === undefined ? [] : [' ', set])]);
