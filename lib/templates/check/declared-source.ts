import type { Clients } from '../../aws/clients.ts';
import { messageOf } from '../../aws/errors.ts';
import { createReader, type Reading } from '../../aws/reader.ts';
import type { FacetReading, FacetReadings } from '../../engine/evaluation/evaluate.ts';
import type { Service } from '../../model/calls.ts';
import type { AnyResourceType, Ref } from '../../model/resource-type.ts';
import { Unresolved } from '../../model/unresolved.ts';
import type { Resource, Source } from '../../pipeline/evaluate/assess.ts';
import { askedElsewhere } from '../answers/elsewhere.ts';
import { answers } from '../declared/index.ts';
import { type Findings, findingsOf } from '../resolution/world.ts';
import type { Stack } from '../stack.ts';

const clientsOf = new WeakMap<Stack, Clients>();
/** Clients that answer what AWS would once the stack is deployed. */
const declaredClients = (stack: Stack): Clients => {
  const before = clientsOf.get(stack);
  if (before) return before;
  const made = new Map<Service, object>();
  const clientOf = (service: Service): object => {
    const known = made.get(service) ?? newClientOf(service);
    made.set(service, known);
    return known;
  };
  const newClientOf = (service: Service): object =>
    new Proxy(
      {},
      {
        get: (_, operation) =>
          // A client is awaited, and is no promise.
          operation === 'then'
            ? undefined
            : async (input: Readonly<Record<string, unknown>>) => {
                const live = askedElsewhere(stack, service, String(operation), input);
                if (live !== undefined) return live;
                const answer = answers[service]?.[String(operation)];
                const call = `${service} ${String(operation)} ${JSON.stringify(input)}`;
                if (answer) return stack.answered(call, () => answer(stack, input));
                throw new Unresolved(`${service}:${String(operation)}, which no template answers`);
              },
      },
    );
  const clients: Clients = async (service) => clientOf(service) as never;
  clientsOf.set(stack, clients);
  return clients;
};

/** Does something, and does it again as long as it asks the account for what was not read yet. */
export const onceRead = async <T>(
  { template: { live }, world }: Pick<Stack, 'template' | 'world'>,
  work: () => Promise<T>,
): Promise<T> => {
  for (;;) {
    const done = await work();
    if (!live || !(await live.settle())) return done;
    world.forget();
  }
};

/**
 * Facets as a template declares them, in one of its worlds.
 * @param settings parameters of the baseline, for facets that plans read by one
 */
export const declaredSource = (
  { type, ref }: Resource,
  stack: Stack,
  readAt: Date,
  settings: Readonly<Record<string, unknown>> = {},
): Source => {
  const { account, region } = stack.template.deployment;
  const reader = createReader({
    account,
    region,
    clients: declaredClients(stack),
    clock: () => readAt,
    // No answer takes time.
    isEachAlone: true,
  });
  const readOne = async (facet: string): Promise<readonly [string, FacetReading]> => {
    try {
      const reading = await reader.read(type, ref, [facet], settings);
      return [
        facet,
        reading.gone
          ? { unresolved: 'another stack makes it' }
          : (reading.facets[facet] ?? { value: undefined }),
      ];
    } catch (error) {
      if (error instanceof Unresolved) return [facet, { unresolved: error.message }];
      // What a template names and the account does not have is made by somebody until then, or not.
      if (stack.template.live && Reflect.has(Object(error), '$metadata'))
        return [facet, { unresolved: messageOf(error) }];
      throw error;
    }
  };
  return {
    async read(facets): Promise<Reading> {
      return {
        gone: false,
        readAt,
        facets: Object.fromEntries(await Promise.all(facets.map(readOne))),
      };
    },
  };
};

/** Facets in whatever world the stack of a resource has turned to. */
export interface FacetsInWorlds {
  /** Those that were read in a world that is like this one in what they rest on; `undefined` where one was not. */
  known(facets: readonly string[]): FacetReadings | undefined;
  /** What somebody makes of them. */
  read<T>(facets: readonly string[], use: (readings: FacetReadings) => T): Promise<T>;
}

/**
 * Facets as a template declares them: each is read once for the worlds that are alike in what it rests on.
 * @param refIn tells it in the world that the stack is in
 */
export const declaredInWorlds = (
  { type, refIn }: { readonly type: AnyResourceType; readonly refIn: () => Ref },
  stack: Stack,
  readAt: Date,
): FacetsInWorlds => {
  const all = new Map<string, Findings<FacetReading | undefined>>();
  const readOne = async (facet: string) => {
    const reading = await declaredSource({ type, ref: refIn() }, stack, readAt).read([facet]);
    return reading.gone ? undefined : reading.facets[facet];
  };
  return {
    known(facets) {
      const readings: Record<string, FacetReading> = {};
      for (const facet of facets) {
        const found = stack.world.again(findingsOf(all, facet));
        if (!found || 'error' in found) return undefined;
        if (found.value) readings[facet] = found.value;
      }
      return readings;
    },
    async read(facets, use) {
      const readings: Record<string, FacetReading> = {};
      // One after the other: of each it is kept what it asked of the world.
      for (const facet of facets) {
        const found = await stack.world.onceAwaited(findingsOf(all, facet), () => readOne(facet));
        if (found) readings[facet] = found;
      }
      return use(readings);
    },
  };
};

/** The same of an account that is asked: what it answered since is read anew. */
export const liveInWorlds = (
  { type, refIn }: { readonly type: AnyResourceType; readonly refIn: () => Ref },
  stack: Stack,
  readAt: Date,
): FacetsInWorlds => ({
  known: () => undefined,
  read: (facets, use) =>
    onceRead(stack, async () => {
      const reading = await declaredSource({ type, ref: refIn() }, stack, readAt).read(facets);
      return use(reading.gone ? {} : reading.facets);
    }),
});
