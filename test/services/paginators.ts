import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import type { Service } from '../../lib/model/control.ts';
import { services } from '../../lib/services/every.ts';

type Sdk = Readonly<Record<string, unknown>>;
type Tokens = readonly [answer: string, request: string];
interface Sender {
  send: (command: { readonly input: Readonly<Record<string, unknown>> }) => Promise<unknown>;
}
type Paginate = (config: { client: Sender }, input: object) => AsyncIterable<unknown>;

const capital = (operation: string) => operation.charAt(0).toUpperCase() + operation.slice(1);
export const sdkOf = async (service: Service): Promise<Sdk> => ({
  ...(await services[service].sdk()),
});

/** A client of the SDK, which calls nobody unless it is told to. */
export const clientIn = (sdk: Sdk) => {
  const [, Client] = Object.entries(sdk).find(([name]) => /[a-z0-9A-Z]Client$/.test(name)) ?? [];
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  return new (Client as new (options: object) => Sender & { config: Record<string, unknown> })({
    region: 'us-east-1',
    credentials,
  });
};

/** The tokens by which the SDK's own paginator continues a call, as it does; undefined where it has none. */
export const paginatorTokens = async (
  service: Service,
  operation: string,
): Promise<Tokens | undefined> => {
  const sdk = await sdkOf(service);
  const paginate = sdk[`paginate${capital(operation)}`] as Paginate | undefined;
  if (!paginate) return undefined;
  const inputs: Readonly<Record<string, unknown>>[] = [];
  const client = clientIn(sdk);
  // The first answer has every field, and each holds its own name.
  client.send = async ({ input }) => {
    inputs.push({ ...input });
    return inputs.length > 1 ? {} : new Proxy({}, { get: (_, name) => `field ${String(name)}` });
  };
  for await (const _ of paginate({ client }, {}));
  const [request, field] =
    Object.entries(inputs[1] ?? {}).find(([, value]) => String(value).startsWith('field ')) ?? [];
  return request === undefined ? undefined : [String(field).slice('field '.length), request];
};

/** The members of a call's answer and of its request, after the SDK's schema. */
export const membersOf = async (service: Service, operation: string) => {
  const schema = (await sdkOf(service))[`${capital(operation)}$`];
  const [input, output] = Array.isArray(schema) ? [schema[4], schema[5]] : [];
  const names = (of: unknown) =>
    Array.from(NormalizedSchema.of(of as SchemaRef).structIterator(), ([name]) => name);
  return { request: names(input), answer: names(output) };
};
