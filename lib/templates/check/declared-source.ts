import type { Clients } from '../../aws/clients.ts';
import { createReader, type Reading } from '../../aws/reader.ts';
import type { FacetReading } from '../../engine/evaluation/evaluate.ts';
import { Unresolved } from '../../model/unresolved.ts';
import type { Resource, Source } from '../../pipeline/evaluate/assess.ts';
import { answers } from '../declared/index.ts';
import type { Stack } from '../stack.ts';

/** Clients that answer what AWS would once the stack is deployed. */
const declaredClients = (stack: Stack): Clients => {
  const clientOf = (service: string) =>
    new Proxy(
      {},
      {
        get: (_, operation) =>
          // A client is awaited, and is no promise.
          operation === 'then'
            ? undefined
            : async (input: Readonly<Record<string, unknown>>) => {
                const known = Object.entries(answers).find(([name]) => name === service)?.[1];
                const answer = known?.[String(operation)];
                if (answer) return answer(stack, input);
                throw new Unresolved(`${service}:${String(operation)}, which no template answers`);
              },
      },
    );
  return async (service) => clientOf(service) as never;
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
