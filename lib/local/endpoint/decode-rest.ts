import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';
import type { RawCall } from './call.ts';
import type { OperationModel, Wire } from './model.ts';
import type { Match, Target } from './route.ts';

// Timestamps are RFC 3339 in a query string and RFC 7231 in a header unless the shape says otherwise.
const inQuery = new FromStringShapeDeserializer({
  httpBindings: true,
  timestampFormat: { useTrait: true, default: 5 },
});
const inHeader = new FromStringShapeDeserializer({
  httpBindings: true,
  timestampFormat: { useTrait: true, default: 6 },
});

/** Reads path labels, query, headers and body into the shape of the operation's input; streams are left out. */
export const decodeRest = async (
  { input: schema }: OperationModel,
  wire: Wire,
  call: RawCall,
  { labels }: Match,
  { query }: Target,
) => {
  const input: Record<string, unknown> = {};
  const inBody: string[] = [];
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits();
    const label = labels[name];
    if (label !== undefined) input[name] = inQuery.read(member, label);
    else if (traits.httpQuery) set(input, name, queryValue(member, query.getAll(traits.httpQuery)));
    else if (traits.httpHeader) set(input, name, headerValue(member, call, traits.httpHeader));
    else if (traits.httpPrefixHeaders) input[name] = prefixed(call, traits.httpPrefixHeaders);
    else if (traits.httpPayload) set(input, name, await payload(wire, member, call));
    else if (!traits.httpLabel && !traits.httpQueryParams) inBody.push(name);
  }
  if (inBody.length === 0 || call.body.length === 0) return input;
  return { ...(await readBody(wire, schema, call)), ...input };
};

const set = (input: Record<string, unknown>, name: string, value: unknown) => {
  if (value !== undefined) input[name] = value;
};

const queryValue = (member: NormalizedSchema, values: readonly string[]) => {
  const [first] = values;
  if (first === undefined) return undefined;
  return member.isListSchema()
    ? values.map((value) => inQuery.read(member.getValueSchema(), value))
    : inQuery.read(member, first);
};

const headerValue = (member: NormalizedSchema, { headers }: RawCall, name: string) => {
  const value = headers[name.toLowerCase()];
  return value === undefined ? undefined : inHeader.read(member, value);
};

const prefixed = ({ headers }: RawCall, prefix: string) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith(prefix.toLowerCase()))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

const payload = async (wire: Wire, member: NormalizedSchema, call: RawCall) => {
  if (member.isStreaming() || call.body.length === 0) return undefined;
  if (member.isStringSchema()) return call.body.toString();
  return member.isBlobSchema() ? new Uint8Array(call.body) : readBody(wire, member, call);
};

const readBody = async (wire: Wire, schema: NormalizedSchema, { body }: RawCall) =>
  wire.getPayloadCodec().createDeserializer().read(schema, body);
