import type { NormalizedSchema } from '@smithy/core/schema';
import type { Clients } from '../../lib/aws/clients.ts';
import { modelOf } from '../../lib/local/endpoint/model.ts';
import type { Service } from '../../lib/model/control.ts';
import { services } from '../../lib/services/every.ts';
import type { AnyService } from '../../lib/services/service.ts';

/** A text of an answer: where it stands in the answer, as `ecs.DescribeTaskDefinition.taskDefinition.containerDefinitions.command`. */
export interface Place {
  readonly path: string;
  /** Whether AWS's own model says that it is not to be shown. */
  readonly isSensitive: boolean;
}
/** What stands for a text at a place; `undefined` for what is marked by its path. */
type Known = (member: string, place: Place, input: object) => unknown;

interface At extends Place {
  readonly member: string;
  readonly inside: readonly unknown[];
}

/** A text that says where it stood. */
const marked = (path: string): string => `«${path}»`;
/** Where the texts of answers stood that are in this one, each once; some are shown in lower case. */
export const marksIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/«(.*?)»/g)].map(([, path = '']) => path)),
];

/** An answer in which every member that the SDK's schema has is there, and each text says where it stood. */
const answerOf = (
  schema: NormalizedSchema,
  at: At,
  input: object,
  known: Known,
  told: (place: Place) => void,
): unknown => {
  const isSensitive = at.isSensitive || Boolean(schema.getMergedTraits().sensitive);
  const here = { ...at, isSensitive };
  const below = (member: string, one: NormalizedSchema, path = `${at.path}.${member}`) =>
    answerOf(
      one,
      { ...here, member, path, inside: [...at.inside, schema.getSchema()] },
      input,
      known,
      told,
    );
  if (schema.isStructSchema()) {
    // A structure within itself ends at once.
    if (at.inside.includes(schema.getSchema())) return undefined;
    return Object.fromEntries(
      [...schema.structIterator()].map(([name, member]) => [name, below(name, member)]),
    );
  }
  const set = known(at.member, here, input);
  if (set !== undefined) return set === null ? undefined : set;
  if (schema.isListSchema()) return [below(at.member, schema.getValueSchema(), at.path)];
  if (schema.isMapSchema())
    return {
      [marked(`${at.path}.key`)]: below(at.member, schema.getValueSchema(), `${at.path}.value`),
    };
  if (schema.isTimestampSchema()) return new Date('2026-06-01T00:00:00Z');
  if (schema.isBooleanSchema()) return true;
  if (schema.isNumericSchema()) return 1;
  told(here);
  if (schema.isBlobSchema()) return new TextEncoder().encode(marked(at.path));
  return marked(at.path);
};

const pascal = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Clients that answer each call with all that AWS can say to it, and on one page. */
export const answering = (known: Known, told: (place: Place) => void): Clients => {
  const client = async (service: Service) => {
    const { operations } = await modelOf(service);
    const all: AnyService = services[service];
    const tokens = new Set(all.pages.map((one) => one.tokens[0]));
    return new Proxy(
      {},
      {
        get: (_, name) => {
          if (typeof name !== 'string' || name === 'then') return undefined;
          const operation = operations.get(pascal(name));
          if (!operation) throw new Error(`${service} has no ${name}`);
          return async (input: object = {}) => {
            const path = `${service}.${operation.name}`;
            const at = { path, member: '', isSensitive: false, inside: [] };
            const ending: Known = (member, place, asked) =>
              tokens.has(member) && place.path === `${path}.${member}`
                ? null
                : known(member, place, asked);
            return answerOf(operation.output, at, input, ending, told);
          };
        },
      },
    );
  };
  return client as unknown as Clients;
};
