import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import { isRecord } from '../../support/untyped.ts';

type Node = string | { readonly [key: string]: Node };

const scalars = new FromStringShapeDeserializer({
  httpBindings: false,
  timestampFormat: { useTrait: true, default: 5 },
});

/** Reads `IpPermissions.1.FromPort=22` into the shape of the operation's input. */
export const decodeQuery = (
  schema: NormalizedSchema,
  parameters: URLSearchParams,
  ec2: boolean,
) => {
  const value = read(schema, treeOf(parameters), ec2);
  return isRecord(value) ? value : {};
};

const isNode = (value: unknown): value is Record<string, Node> =>
  typeof value === 'object' && value !== null;

const treeOf = (parameters: URLSearchParams): Node => {
  const root: Record<string, Node> = Object.create(null);
  for (const [path, value] of parameters) {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    let at = root;
    for (const step of steps) {
      const next = at[step];
      const child: Record<string, Node> = isNode(next) ? next : Object.create(null);
      at[step] = child;
      at = child;
    }
    at[last] = value;
  }
  return root;
};

const read = (schema: NormalizedSchema, node: Node, ec2: boolean): unknown => {
  if (schema.isListSchema()) return readList(schema, node, ec2);
  if (schema.isMapSchema()) return readMap(schema, node, ec2);
  if (schema.isStructSchema()) return readStruct(schema, node, ec2);
  return typeof node === 'string' ? scalars.read(schema, node) : undefined;
};

const readStruct = (schema: NormalizedSchema, node: Node, ec2: boolean) => {
  if (!isNode(node)) return {};
  const fields: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node[wireName(name, member, ec2)];
    if (child !== undefined) fields[name] = read(member, child, ec2);
  }
  return fields;
};

const wireName = (name: string, member: NormalizedSchema, ec2: boolean) => {
  const { ec2QueryName, xmlName = name } = member.getMergedTraits();
  const written = ec2 && typeof ec2QueryName === 'string' ? ec2QueryName : xmlName;
  if (!ec2) return written;
  return written.charAt(0).toUpperCase() + written.slice(1);
};

const numbered = (node: Record<string, Node>) =>
  Object.keys(node)
    .filter((key) => /^\d+$/.test(key))
    .sort((a, b) => Number(a) - Number(b))
    .flatMap((key) => node[key] ?? []);

const readList = (schema: NormalizedSchema, node: Node, ec2: boolean) => {
  const item = schema.getValueSchema();
  if (!isNode(node)) return [];
  const wrapped = node[item.getMergedTraits().xmlName ?? 'member'];
  return numbered(isNode(wrapped) ? wrapped : node).map((child) => read(item, child, ec2));
};

const readMap = (schema: NormalizedSchema, node: Node, ec2: boolean) => {
  const entries = isNode(node) && isNode(node['entry']) ? node['entry'] : node;
  if (!isNode(entries)) return {};
  const key = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const value = schema.getValueSchema();
  const valueName = value.getMergedTraits().xmlName ?? 'value';
  return Object.fromEntries(
    numbered(entries)
      .filter(isNode)
      .map((entry) => [String(entry[key]), read(value, entry[valueName] ?? '', ec2)]),
  );
};
