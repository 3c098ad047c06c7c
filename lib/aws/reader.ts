import type { FacetReading } from '../engine/evaluation/evaluate.ts';
import type { Input, Operation, Output, Service } from '../model/control.ts';
import type {
  AnyResourceType,
  Facet,
  Reader,
  Ref,
  ReportedFacet,
  Value,
  Where,
} from '../model/resource-type.ts';
import { Unresolved } from '../model/unresolved.ts';
import { reachableFacet } from '../model/ways-in.ts';
import { ownedBy } from '../services/service.ts';
import type { Budget } from './budget.ts';
import type { Clients } from './clients.ts';
import { orAbsent, type Sorted as SortedError, sortError } from './errors.ts';
import { isNotOffered } from './not-offered.ts';
import { serviceNamed } from './services.ts';
import { askingTogether, onlyIdIn } from './together.ts';

/** What was read of one resource: each facet's value, or why there is none. */
export type Reading =
  | { readonly gone: true; readonly readAt: Date }
  | {
      readonly gone: false;
      /** When the batch began to read: the state is at least as new. */
      readonly readAt: Date;
      readonly facets: Readonly<Record<string, FacetReading>>;
    };

/** Parameters of the baseline, for facets that ask for one. */
type ParameterValues = Readonly<Record<string, unknown>>;

export interface BatchReader extends Reader {
  /** Reads facets of one resource (`about` among them); throws what may pass when tried again. */
  read(
    type: AnyResourceType,
    ref: Ref,
    facets: readonly string[],
    settings?: ParameterValues,
  ): Promise<Reading>;
}

/** What continues a listing call after this answer; undefined after the last page. */
const nextOf = async (
  service: Service,
  operation: string,
  answer: unknown,
): Promise<Record<string, unknown> | undefined> => {
  const { pages } = await serviceNamed(service);
  const paging = pages.find(({ operations }) => operations.includes(operation));
  if (!paging)
    throw new Error(
      `lib/services/${service}.ts does not say how ${operation} continues: add it to pages`,
    );
  const token: unknown = Reflect.get(Object(answer), paging.tokens[0]);
  // DynamoDB's is a key, an object.
  return token === undefined || token === null || token === ''
    ? undefined
    : { [paging.tokens[1]]: token };
};

export interface ReaderOptions {
  readonly account: string;
  readonly region: string;
  readonly clients: Clients;
  /** The clients of another region. @default - this region alone is read */
  readonly clientsIn?: (region: string) => Clients;
  /** The clients of an account and region. @default - no other account is read */
  readonly clientsAt?: (where: Where) => Clients;
  /** Other accounts that are governed, by id. @default - the deployed stack says them */
  readonly members?: Reader['members'];
  readonly clock?: () => Date;
  /** Whether what several ask for by id is asked for one by one. @default - together, in one call */
  readonly isEachAlone?: true;
  /** Awaited before each call. @default - calls are made at once */
  readonly budget?: Budget | undefined;
  /** Told of each call that is made, once. */
  readonly onCall?: (service: Service, operation: string) => void;
}

/** Makes an identical call once, and one call for what several ask for by id at the same moment. */
const callingOnce = (options: ReaderOptions): Reader['call'] => {
  const { account, clients, budget, onCall, isEachAlone } = options;
  let answers: Map<string, Promise<unknown>> | undefined;
  const send = async (service: Service, operation: string, input: object): Promise<unknown> => {
    onCall?.(service, operation);
    if (budget) await budget.spend(options, service);
    const client: object = await clients(service);
    const owned = ownedBy(account, await serviceNamed(service), operation, input);
    return Reflect.get(client, operation).call(client, owned);
  };
  let gatherings: Map<string, (id: string) => Promise<unknown>> | undefined;
  const ask = async (service: Service, operation: string, input: object): Promise<unknown> => {
    if (isEachAlone) return send(service, operation, input);
    const { together: all = [] } = await serviceNamed(service);
    const together = all.find((one) => one.operation === operation);
    const id = together && onlyIdIn(together, input);
    if (!together || id === undefined) return send(service, operation, input);
    const name = `${service} ${operation}`;
    gatherings ??= new Map();
    const gathering =
      gatherings.get(name) ?? askingTogether(together, (one) => send(service, operation, one));
    gatherings.set(name, gathering);
    return gathering(id);
  };
  return <S extends Service, O extends Operation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ): Promise<Output<S, O>> => {
    const key = `${service} ${operation} ${JSON.stringify(input)}`;
    // Of a template a reader is made for each facet: it makes what it needs, when it does.
    answers ??= new Map();
    const answer = answers.get(key) ?? ask(service, operation, input);
    answers.set(key, answer);
    return answer as Promise<Output<S, O>>;
  };
};

/** A facet by its name; every type has `about`, and some are `reachable`. */
const facetOf = (type: AnyResourceType, name: string): Facet | ReportedFacet => {
  const own = name === reachableFacet ? type.reachable : undefined;
  const facet = name === 'about' ? type.about : (own ?? type.facets[name]);
  if (!facet) throw new Error(`${type.type} has no facet ${name}`);
  return facet;
};

/** Stands for the facets of a resource that is gone. */
const goneReading = 'gone';
/** What an error says of a facet; `gone` where the resource is. */
const readingFor = <T>(sorted: SortedError, gone: T): FacetReading | T => {
  switch (sorted.kind) {
    case 'denied':
      return { denied: sorted.message };
    case 'notOffered':
      return { notOffered: sorted.message };
    case 'gone':
      return gone;
    default:
      return { value: undefined };
  }
};
const openReading = ({ message, isOfOthers }: Unresolved): FacetReading =>
  isOfOthers ? { unresolved: message, isOfOthers } : { unresolved: message };

/**
 * One facet as a reader tells it that no batch shares. Async as a whole: of a template some ten thousand facets are read, and each
 * promise on the way costs.
 * @param gone what it is where the resource is gone
 */
export const facetReading = async <T>(
  reader: Reader,
  type: AnyResourceType,
  ref: Ref,
  { name, setting }: { readonly name: string; readonly setting?: unknown },
  gone: T,
): Promise<FacetReading | T> => {
  const facet = facetOf(type, name);
  if (!facet.read) return { unresolved: `${facet.reportedBy} tells it by itself` };
  try {
    return { value: await facet.read(reader, ref, setting) };
  } catch (error) {
    if (error instanceof Unresolved) return openReading(error);
    const sorted = sortError(error, { absent: facet.absent ?? [], gone: type.live.gone });
    if (sorted.kind !== 'transient') return readingFor(sorted, gone);
    // Any other resource than the region as a whole shows that its service is there.
    if (ref.id === ref.region && (await isNotOffered(error, reader)))
      return { notOffered: `${ref.region} has no such service` };
    throw error;
  }
};

/** A facet of another resource, for one that borrows it. */
export const borrowedFacet = async <
  R extends AnyResourceType,
  F extends keyof R['facets'] & string,
>(
  reader: Reader,
  type: R,
  ref: Ref,
  name: F,
): Promise<Value<R['facets'][F]>> => {
  const facet: Facet | ReportedFacet | undefined = type.facets[name];
  if (!facet?.read) throw new Error(`${type.type} has no facet ${name} that a call reads`);
  const { read } = facet;
  const value = await orAbsent(facet.absent ?? [], () => read(reader, ref));
  return value as Value<R['facets'][F]>;
};

/** Readers of other regions, each made once. */
const readingElsewhere = (options: ReaderOptions): Reader['elsewhere'] => {
  let others: Map<string, Reader> | undefined;
  return (region) => {
    const { clientsIn } = options;
    if (!clientsIn) throw new Error(`what reads ${options.region} does not read ${region}`);
    others ??= new Map();
    const other =
      others.get(region) ?? createReader({ ...options, region, clients: clientsIn(region) });
    others.set(region, other);
    return other;
  };
};

/** Readers of other accounts. */
const readingWithin = ({ clientsAt, ...options }: ReaderOptions): Reader['within'] =>
  clientsAt && ((where) => createReader({ ...options, ...where, clients: clientsAt(where) }));

/** A reader for one batch: an identical call is made once, so facets that share a call share its answer. */
export const createReader = (options: ReaderOptions): BatchReader => {
  const { account, region } = options;
  const there = readingElsewhere(options);
  const readAt = (options.clock ?? (() => new Date()))();
  const call = callingOnce(options);
  const readings = new Map<string, Promise<FacetReading | typeof goneReading>>();
  const readOnce = (type: AnyResourceType, ref: Ref, name: string, settings: ParameterValues) => {
    const facet = facetOf(type, name);
    const parameter = facet.read ? facet.parameter : undefined;
    const setting = parameter === undefined ? undefined : settings[parameter];
    const key = `${type.type} ${ref.id} ${name} ${JSON.stringify(setting)}`;
    const reading =
      readings.get(key) ?? facetReading(reader, type, ref, { name, setting }, goneReading);
    readings.set(key, reading);
    return reading;
  };

  let heldOnes: Map<string, Promise<boolean>> | undefined;
  /** What cannot be looked up counts as the account's: it is denied, and not gone. */
  const isHeld = (type: AnyResourceType, ref: Ref): Promise<boolean> => {
    const { held } = type.live;
    if (!held) return Promise.resolve(true);
    const key = `${type.type} ${ref.id}`;
    heldOnes ??= new Map();
    const answer = heldOnes.get(key) ?? held.by(reader, ref).catch(() => true);
    heldOnes.set(key, answer);
    return answer;
  };

  const reader: BatchReader = {
    account,
    region,
    call,
    elsewhere: (other) => (other === region ? reader : there(other)),
    within: readingWithin(options),
    members: options.members,
    async *pages(service, operation, input) {
      let next: Record<string, unknown> | undefined;
      do {
        const page = await call(service, operation, { ...input, ...next });
        yield page;
        next = await nextOf(service, operation, page);
      } while (next);
    },
    facet: (type, ref, name) => borrowedFacet(reader, type, ref, name),
    async read(type, ref, names, settings = {}) {
      const read = await Promise.all(
        names.map(async (name) => [name, await readOnce(type, ref, name, settings)] as const),
      );
      const facets: Record<string, FacetReading> = {};
      let isDenied = false;
      for (const [name, reading] of read) {
        if (reading === goneReading) return { gone: true, readAt };
        facets[name] = reading;
        isDenied ||= 'denied' in reading;
      }
      if (isDenied && !(await isHeld(type, ref))) return { gone: true, readAt };
      return { gone: false, readAt, facets };
    },
  };
  return reader;
};
