import type { Clients } from '../../aws/clients.ts';
import { messageOf } from '../../aws/errors.ts';
import { borrowedFacet, createReader, facetReading, type Reading } from '../../aws/reader.ts';
import type { FacetReading, FacetReadings } from '../../engine/evaluation/evaluate.ts';
import type { Service } from '../../model/calls.ts';
import type { AnyResourceType, Reader, Ref } from '../../model/resource-type.ts';
import { Unresolved } from '../../model/unresolved.ts';
import type { Resource, Source } from '../../pipeline/evaluate/assess.ts';
import { askedElsewhere } from '../answers/elsewhere.ts';
import { answers } from '../declared/index.ts';
import { type Findings, findingsOf, fixedIn, valueIn } from '../resolution/world.ts';
import type { Input, Stack } from '../stack.ts';

/** What AWS would answer to a call once the stack is deployed. Throws what it would throw, or Unresolved. */
const answerTo = (stack: Stack, service: Service, operation: string, input: Input): unknown => {
  const answer = answers[service]?.[operation];
  if (!answer) throw new Unresolved(`${service}:${operation}, which no template answers`);
  return stack.answered(answer, input);
};

/** Clients that answer so, or ask the account where that is asked. */
const declaredClients = (stack: Stack): Clients => {
  const clientOf = (service: Service): object =>
    new Proxy(
      {},
      {
        get: (_, operation) =>
          // A client is awaited, and is no promise.
          operation === 'then'
            ? undefined
            : async (input: Input) =>
                askedElsewhere(stack, service, String(operation), input) ??
                answerTo(stack, service, String(operation), input),
      },
    );
  return async (service) => clientOf(service) as never;
};

/** What facets read a template by that no account is asked about: it keeps nothing, for the stack can turn to another world. */
const readerOf = (stack: Stack): Reader => {
  const { account, region } = stack.template.deployment;
  const call: Reader['call'] = async (service, operation, input) =>
    answerTo(stack, service, operation, Object(input)) as never;
  const reader: Reader = {
    account,
    region,
    call,
    // A template answers all at once.
    async *pages(service, operation, input) {
      yield answerTo(stack, service, operation, Object(input)) as never;
    },
    // Only what an account has once is asked for in a region of its own, and a template declares it in any.
    elsewhere: () => reader,
    facet: (type, ref, name) => borrowedFacet(reader, type, ref, name),
  };
  return reader;
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

const elsewhereMade: FacetReading = { unresolved: 'another stack makes it' };

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
    clientsIn: () => declaredClients(stack),
    clock: () => readAt,
    // No answer takes time.
    isEachAlone: true,
  });
  const readOne = async (facet: string): Promise<readonly [string, FacetReading]> => {
    try {
      const reading = await reader.read(type, ref, [facet], settings);
      return [
        facet,
        reading.gone ? elsewhereMade : (reading.facets[facet] ?? { value: undefined }),
      ];
    } catch (error) {
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
): FacetsInWorlds => {
  const all = new Map<string, Findings<FacetReading>>();
  // Of most facets that is all of them.
  const fixed: Record<string, FacetReading> = {};
  const areFixed = new Set<string>();
  const isFixed = (facet: string): boolean => areFixed.has(facet);
  const reader = readerOf(stack);
  const readOne = (name: string): Promise<FacetReading> =>
    facetReading(reader, type, refIn(), { name }, elsewhereMade);
  return {
    known(facets) {
      if (facets.every(isFixed)) return fixed;
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
        const findings = findingsOf(all, facet);
        const known = stack.world.again(findings);
        if (known) readings[facet] = valueIn(known);
        else {
          const begun = stack.world.begin();
          try {
            const found = await readOne(facet);
            stack.world.found(findings, begun, found);
            readings[facet] = found;
          } catch (error) {
            stack.world.givenUp(begun);
            throw error;
          }
        }
        const always = fixedIn(findings);
        if (!always) continue;
        areFixed.add(facet);
        fixed[facet] = always.value;
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
