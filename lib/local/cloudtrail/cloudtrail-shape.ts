import type { NormalizedSchema } from '@smithy/core/schema';
import { isRecord } from '../../support/untyped.ts';
import type { DecodedCall } from '../endpoint/call.ts';

/** How a service's records write names and lists. */
export interface Style {
  name(member: string, schema: NormalizedSchema): string;
  list(items: readonly unknown[], schema: NormalizedSchema): unknown;
  date(date: Date): unknown;
  /** In a secret's place; undefined leaves it out. */
  readonly secret?: string;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

// `Jul 30, 2024 9:53:13 PM`
const written = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});
const dateText = (date: Date) =>
  written
    .format(date)
    .replace(/, (?=\d+:)/, ' ')
    .replace(/\s/g, ' ');

/** IAM, RDS and the JSON services: `dBInstanceIdentifier`, lists as they are. */
const plain: Style = {
  name: lowerFirst,
  list: (items) => items,
  date: dateText,
};
const rds: Style = { ...plain, secret: '****' };

/** EC2: `{items: []}` for a list, `{}` for an empty one, milliseconds for a time. */
const ec2: Style = {
  name: (member, schema) => {
    const { ec2QueryName, xmlName = member } = schema.getMergedTraits();
    const name = lowerFirst(typeof ec2QueryName === 'string' ? ec2QueryName : xmlName);
    return name === 'return' ? '_return' : name;
  },
  list: (items) => (items.length === 0 ? {} : { items }),
  date: (date) => date.getTime(),
};

/** XML turned into JSON: names as on the wire, one item alone, several as a list. */
export const xml: Style = {
  name: (member, schema) => schema.getMergedTraits().xmlName ?? member,
  list: (items, schema) => {
    const content = items.length === 1 ? items[0] : items;
    if (schema.getMergedTraits().xmlFlattened) return content;
    return { [schema.getValueSchema().getMergedTraits().xmlName ?? 'member']: content };
  },
  date: (date) => date.toISOString(),
};
const pascal: Style = { ...plain, name: (member) => member };

const styles: Partial<Record<DecodedCall['service'], Style>> = {
  ec2,
  rds,
  securityhub: pascal,
};
export const styleOf = ({ service }: DecodedCall): Style => styles[service] ?? plain;

/** A value of an operation's input or output as CloudTrail shows it, without secrets and blobs. */
export const shown = (schema: NormalizedSchema, value: unknown, style: Style): unknown => {
  if (schema.getMergedTraits().sensitive) return style.secret;
  if (value instanceof Date) return style.date(value);
  if (schema.isBlobSchema()) return undefined;
  if (schema.isListSchema() && Array.isArray(value)) {
    const item = schema.getValueSchema();
    return style.list(
      value.map((one) => shown(item, one, style)),
      schema,
    );
  }
  if (!isRecord(value)) return value;
  return schema.isStructSchema() ? members(schema, value, style) : entries(schema, value, style);
};

const members = (
  schema: NormalizedSchema,
  value: Readonly<Record<string, unknown>>,
  style: Style,
) => {
  const fields: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator())
    if (value[name] !== undefined)
      fields[style.name(name, member)] = shown(member, value[name], style);
  return fields;
};

const entries = (schema: NormalizedSchema, value: object, style: Style) =>
  schema.isMapSchema()
    ? Object.fromEntries(
        Object.entries(value).map(([key, one]) => [
          key,
          shown(schema.getValueSchema(), one, style),
        ]),
      )
    : value;
