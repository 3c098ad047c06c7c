import type { Clients } from '../../aws/clients.ts';
import { messageOf } from '../../aws/errors.ts';
import { createReader, type Reading } from '../../aws/reader.ts';
import type { FacetReading } from '../../engine/evaluation/evaluate.ts';
import type { Service } from '../../model/calls.ts';
import { Unresolved } from '../../model/unresolved.ts';
import type { Resource, Source } from '../../pipeline/evaluate/assess.ts';
import { askedElsewhere } from '../answers/elsewhere.ts';
import { answers } from '../declared/index.ts';
import type { Stack } from '../stack.ts';

/** Clients that answer what AWS would once the stack is deployed. */
const declaredClients = (stack: Stack): Clients => {
  const clientOf = (service: Service) =>
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
                if (answer) return answer(stack, input);
                throw new Unresolved(`${service}:${String(operation)}, which no template answers`);
              },
      },
    );
  return async (service) => clientOf(service) as never;
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
