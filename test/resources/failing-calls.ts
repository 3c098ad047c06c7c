import { sortError } from '../../lib/aws/errors.ts';
import { borrowedFacet } from '../../lib/aws/reader.ts';
import type { AnyResourceType, Facet, Reader } from '../../lib/model/resource-type.ts';

type Read = Facet['read'];
/** What a call was answered: pages of a listing, or one answer. */
type Answer = { readonly answers: readonly unknown[] } | { readonly failure: unknown };
type Fault = (key: string) => Error | undefined;

const keyOf = (where: string, service: string, operation: string, input: unknown) =>
  `${where} ${service} ${operation} ${JSON.stringify(input)}`;

/** A reader that notes what each call was answered. */
const noting = (reader: Reader, answers: Map<string, Answer>, where = 'here'): Reader => {
  const own: Reader = {
    account: reader.account,
    region: reader.region,
    members: reader.members,
    call: async (service, operation, input) => {
      const key = keyOf(where, service, operation, input);
      try {
        const answer = await reader.call(service, operation, input);
        answers.set(key, { answers: [answer] });
        return answer;
      } catch (failure) {
        answers.set(key, { failure });
        throw failure;
      }
    },
    async *pages(service, operation, input) {
      const key = keyOf(where, service, `${operation} (pages)`, input);
      const pages: unknown[] = [];
      try {
        for await (const page of reader.pages(service, operation, input)) {
          pages.push(page);
          answers.set(key, { answers: pages });
          yield page;
        }
      } catch (failure) {
        answers.set(key, { failure });
        throw failure;
      }
    },
    elsewhere: (region) => noting(reader.elsewhere(region), answers, region),
    within:
      reader.within &&
      ((at) => noting(reader.within?.(at) ?? reader, answers, `${at.account} ${at.region}`)),
    facet: (type, ref, name) => borrowedFacet(own, type, ref, name),
  };
  return own;
};

const secondOf = (key: string): string => `${key} second page`;
const isListing = (key: string, answer: Answer): boolean =>
  key.includes('(pages)') && 'answers' in answer;

class Unasked extends Error {}

/** The same calls, answered as they were but for those that fail; of a listing an empty page comes first. */
const replaying = (
  reader: Reader,
  answers: ReadonlyMap<string, Answer>,
  fault: Fault,
  where = 'here',
): Reader => {
  const answered = (key: string): readonly unknown[] => {
    const error = fault(key);
    if (error) throw error;
    const known = answers.get(key);
    if (!known) throw new Unasked(key);
    if ('failure' in known) throw known.failure;
    return known.answers;
  };
  const own: Reader = {
    account: reader.account,
    region: reader.region,
    members: reader.members,
    call: async (service, operation, input) =>
      answered(keyOf(where, service, operation, input))[0] as never,
    async *pages(service, operation, input) {
      const key = keyOf(where, service, `${operation} (pages)`, input);
      const pages = answered(key);
      yield emptied(pages[0]) as never;
      const second = fault(secondOf(key));
      if (second) throw second;
      for (const page of pages) yield page as never;
    },
    elsewhere: (region) => replaying(reader.elsewhere(region), answers, fault, region),
    within:
      reader.within && ((at) => replaying(reader, answers, fault, `${at.account} ${at.region}`)),
    facet: (type, ref, name) => borrowedFacet(own, type, ref, name),
  };
  return own;
};

/** A page without its items: AWS may answer with one though more follow. */
const emptied = (page: unknown): unknown =>
  Object.fromEntries(
    Object.entries(Object(page)).map(([name, value]) => [name, Array.isArray(value) ? [] : value]),
  );

const named = (name: string): Error =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode: 400 } });
const denied = named('AccessDeniedException');
const throttled = named('ThrottlingException');

interface Asked {
  readonly type: Pick<AnyResourceType, 'live'>;
  readonly name: string;
  readonly facet: Facet;
  readonly read: Read;
  readonly asked: Parameters<Read>;
}

/**
 * Reads a facet as it was read, and again with each of its calls denied, and throttled, in turn, and with an empty page before
 * each listing. Answers what was read nevertheless, and what an empty page changes.
 */
export const readWithFaults = async ({ type, name, facet, read, asked }: Asked) => {
  const [reader, ...rest] = asked;
  const answers = new Map<string, Answer>();
  const value = await read.call(facet, noting(reader, answers), ...rest);
  const faults: string[] = [];
  const outcome = async (fault: Fault): Promise<string> => {
    try {
      const again = await read.call(facet, replaying(reader, answers, fault), ...rest);
      return JSON.stringify(again) === JSON.stringify(value) ? 'the same' : 'another value';
    } catch (error) {
      if (error instanceof Unasked) return 'the same';
      const { kind } = sortError(error, { absent: facet.absent ?? [], gone: type.live.gone });
      return kind;
    }
  };
  const say = (key: string, what: string) =>
    faults.push(`${name}: ${key.replace(/ \{.*\}/, '')}: ${what}`);
  const paged = await outcome(() => undefined);
  if (paged !== 'the same') say('an empty page', paged);
  for (const [key, answer] of answers)
    for (const one of isListing(key, answer) ? [key, secondOf(key)] : [key]) {
      const refused = await outcome((asks) => (asks === one ? denied : undefined));
      if (refused !== 'denied') say(one, `denied is ${refused}`);
      const slowed = await outcome((asks) => (asks === one ? throttled : undefined));
      if (slowed !== 'transient') say(one, `throttled is ${slowed}`);
    }
  return { value, faults };
};
