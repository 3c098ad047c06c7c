import { asRecord } from '../../../support/untyped.ts';
import type { Path } from '../../document/document.ts';
import { type Named, namedParts } from '../../edit/named-parts.ts';
import { CannotEdit } from '../../edit/tree-edits.ts';
import { Reference } from './applied.ts';

/** `ingress[0].cidr_blocks` */
export const attributeText = (path: Path): string =>
  path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`,
    )
    .join('');

/** In the second text of `replaceAll` two dollars would be one. */
const written = (text: string): string =>
  text.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
/** A text of Terraform's, without its quotes. */
const interpolated = (text: string, names: readonly Named[]): string => {
  const parts = namedParts(text, names);
  if (parts.some((part) => !part.isNamed && /<[^>]*>/.test(part.text)))
    throw new CannotEdit('it names what is known only after it is applied');
  return parts.map((part) => (part.isNamed ? `\${${part.text}}` : written(part.text))).join('');
};

const documentIn = (value: unknown): object | undefined => {
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return undefined;
  try {
    return asRecord(JSON.parse(value));
  } catch {
    return undefined;
  }
};

/** A value as JSON shows it: a policy as what it says, with `${…}` for what it refers to. */
export const plainValue = (value: unknown, names: readonly Named[]): unknown => {
  if (value instanceof Reference) return `\${${value.written}}`;
  if (typeof value === 'string') {
    const inner = documentIn(value);
    return inner ? plainValue(inner, names) : interpolated(value, names);
  }
  if (Array.isArray(value)) return value.map((one) => plainValue(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, plainValue(one, names)]),
  );
};

const indented = (text: string): string => text.replaceAll('\n', '\n  ');
const isName = (key: string): boolean => /^[A-Za-z_][\w-]*$/.test(key);

/** A value in the language of Terraform. */
export const valueText = (value: unknown, names: readonly Named[]): string => {
  if (value instanceof Reference) return value.written;
  if (typeof value === 'string') {
    const inner = documentIn(value);
    if (inner) return `jsonencode(${valueText(inner, names)})`;
    const text = interpolated(value, names);
    const [, only] = /^\$\{([^}]*)\}$/.exec(text) ?? [];
    return only ?? JSON.stringify(text);
  }
  if (Array.isArray(value)) {
    const items = value.map((one) => valueText(one, names));
    const isShort = items.join(', ').length < 80 && !items.some((one) => one.includes('\n'));
    return isShort ? `[${items.join(', ')}]` : `[\n  ${items.map(indented).join(',\n  ')}\n]`;
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(
    ([key, one]) =>
      `${isName(key) ? key : JSON.stringify(key)} = ${indented(valueText(one, names))}`,
  );
  return `{\n  ${entries.join('\n  ')}\n}`;
};

const isBlocks = (value: unknown): value is readonly object[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((one) => typeof one === 'object' && one !== null && !(one instanceof Reference));

/** Attributes and blocks, between braces. */
export const bodyText = (values: object, names: readonly Named[]): string => {
  const lines = Object.entries(values).flatMap(([key, value]) =>
    isBlocks(value)
      ? value.map((one) => `${key} ${indented(bodyText(one, names))}`)
      : [`${key} = ${indented(valueText(value, names))}`],
  );
  return `{\n  ${lines.join('\n  ')}\n}`;
};
