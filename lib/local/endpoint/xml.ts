import type { NormalizedSchema } from '@smithy/core/schema';
import { isRecord } from '../../support/untyped.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text made safe between tags. */
export const escapeXml = (text: string) => text.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign);

export const element = (name: string, content: string, attributes = '') =>
  `<${name}${attributes}>${content}</${name}>`;

/** The members of a structure as the XML protocols write them, without an element around them. */
export const members = (schema: NormalizedSchema, value: unknown): string => {
  if (!isRecord(value)) return '';
  return [...schema.structIterator()]
    .filter(([name]) => value[name] !== undefined && value[name] !== null)
    .map(([name, member]) =>
      named(String(member.getMergedTraits().xmlName ?? name), member, value[name]),
    )
    .join('');
};

const named = (name: string, schema: NormalizedSchema, value: unknown): string => {
  if (schema.isListSchema()) return list(name, schema, Array.isArray(value) ? value : []);
  if (schema.isMapSchema()) return map(name, schema, value);
  if (schema.isStructSchema()) return element(name, members(schema, value));
  return element(name, scalar(schema, value));
};

const list = (name: string, schema: NormalizedSchema, values: readonly unknown[]) => {
  const item = schema.getValueSchema();
  const traits = schema.getMergedTraits();
  if (traits.xmlFlattened) return values.map((value) => named(name, item, value)).join('');
  const itemName = String(item.getMergedTraits().xmlName ?? 'member');
  return element(name, values.map((value) => named(itemName, item, value)).join(''));
};

const map = (name: string, schema: NormalizedSchema, value: unknown) => {
  const item = schema.getValueSchema();
  const keyName = String(schema.getKeySchema().getMergedTraits().xmlName ?? 'key');
  const valueName = String(item.getMergedTraits().xmlName ?? 'value');
  const flat = schema.getMergedTraits().xmlFlattened;
  const entries = Object.entries(isRecord(value) ? value : {}).map(([key, one]) =>
    element(flat ? name : 'entry', element(keyName, escapeXml(key)) + named(valueName, item, one)),
  );
  return flat ? entries.join('') : element(name, entries.join(''));
};

const scalar = (schema: NormalizedSchema, value: unknown) => {
  if (value instanceof Date)
    return schema.getSchema() === 6 ? value.toUTCString() : value.toISOString();
  return value instanceof Uint8Array
    ? Buffer.from(value).toString('base64')
    : escapeXml(String(value));
};
