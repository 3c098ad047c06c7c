import { NormalizedSchema } from '@smithy/core/schema';
import type {
  $ClientProtocol,
  $OperationSchema,
  HandlerExecutionContext,
  SerdeFunctions,
  StaticOperationSchema,
} from '@smithy/types';
import type { Service } from '../../model/control.ts';
import { isRecord } from '../../support/untyped.ts';
import type { Protocol } from './call.ts';
import { type Route, routeOf } from './route.ts';
import { serviceOf } from './services.ts';

export interface OperationModel {
  readonly name: string;
  readonly schema: $OperationSchema;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** How a REST request names the operation. */
  readonly route?: Route;
}
/** What a client speaks with: its codec reads and writes bodies. */
export type Wire = $ClientProtocol<unknown, unknown>;

/** A service as its SDK client's run-time schemas describe it. */
export interface Model {
  readonly service: Service;
  readonly protocol: Protocol;
  readonly xmlNamespace: string;
  readonly wire: Wire;
  /** What the client's protocol asks for when it reads an answer. */
  readonly context: Context;
  readonly operations: ReadonlyMap<string, OperationModel>;
}

const protocols: Readonly<Record<string, Protocol>> = {
  awsQuery: 'query',
  ec2Query: 'ec2',
  awsJson1_0: 'json1.0',
  awsJson1_1: 'json1.1',
  restJson1: 'rest-json',
  restXml: 'rest-xml',
};
const loading = new Map<Service, Promise<Model>>();
const loaded = new Map<Service, Model>();

/** Loads a service's schemas, once; EC2's take a third of a second. */
export const modelOf = (service: Service): Promise<Model> => {
  const known = loading.get(service);
  if (known) return known;
  const model = load(service);
  loading.set(service, model);
  return model;
};

/** The model of a service that a call has already been decoded for. */
export const loadedModel = (service: Service): Model => {
  const model = loaded.get(service);
  if (!model) throw new Error(`the schemas of ${service} are not loaded`);
  return model;
};

const load = async (service: Service): Promise<Model> => {
  const exported = { ...(await serviceOf(service).sdk()) };
  const config = configOf(exported);
  const protocol = protocols[config.protocol.getShapeId().replace('aws.protocols#', '')];
  if (!protocol) throw new Error(`${service} speaks ${config.protocol.getShapeId()}`);
  const schemas = Object.values(exported).filter(isOperation);
  const model: Model = {
    service,
    protocol,
    xmlNamespace: namespaceOf(config.protocol),
    wire: config.protocol,
    context: config,
    operations: new Map(schemas.map((schema) => [schema[2], operationModel(schema)])),
  };
  loaded.set(service, model);
  return model;
};

const operationModel = (schema: StaticOperationSchema): OperationModel => {
  const [, namespace, name, traits, input, output] = schema;
  const http = typeof traits === 'object' ? traits.http : undefined;
  const model = {
    name,
    schema: { namespace, name, traits, input, output },
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
  };
  return http ? { ...model, route: routeOf(http[0], http[1], model.input) } : model;
};

const isOperation = (value: unknown): value is StaticOperationSchema =>
  Array.isArray(value) && value[0] === 9;

type Context = HandlerExecutionContext & SerdeFunctions;
type Config = Context & { readonly protocol: Wire };
type ClientClass = new (options: object) => { readonly config: Config };

// The protocol, with its settings, is known only to a client.
const configOf = (exported: object): Config => {
  const client = Object.entries(exported).find(
    ([name, value]) => /^[A-Z].*Client$/.test(name) && typeof value === 'function',
  )?.[1] as ClientClass;
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  return new client({ region: 'us-east-1', credentials }).config;
};

const namespaceOf = (wire: Wire) =>
  'options' in wire && isRecord(wire.options) ? String(wire.options['xmlNamespace'] ?? '') : '';
