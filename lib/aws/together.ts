import type { Together } from '../services/service.ts';
import { attempted, isBusy } from './errors.ts';

type Fields = Readonly<Record<string, unknown>>;
type Send = (input: object) => Promise<unknown>;

interface Waiting {
  readonly id: string;
  readonly answer: (said: Promise<unknown>) => void;
}

/** DescribeSecurityGroups takes a thousand ids, and filters two hundred values; a batch has ten changes. */
const mostAtOnce = 100;

/** The id that a call asks for, where it asks for one and for nothing else. */
export const onlyIdIn = ({ names, filter }: Together, input: object): string | undefined => {
  const [[name, value] = [], ...others] = Object.entries(input);
  if (name !== names || others.length > 0) return undefined;
  const first: unknown = onlyOf(value);
  const only =
    filter === undefined
      ? first
      : Reflect.get(Object(first), 'Key') === filter &&
        onlyOf(Reflect.get(Object(first), 'Values'));
  return typeof only === 'string' ? only : undefined;
};
const onlyOf = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? value[0] : value;

const isIt = ({ id: name }: Together, item: unknown, id: string): boolean =>
  String(Reflect.get(Object(item), name)).toLowerCase() === id.toLowerCase();

const alone = ({ names, isList, filter }: Together, id: string): Fields => {
  if (filter !== undefined) return { [names]: [{ Key: filter, Values: [id] }] };
  return { [names]: isList ? [id] : id };
};

/**
 * Asks in one call for what several ask for by id at the same moment. What the answer leaves out is asked for alone, so
 * that everybody meets the error that is his; so are all, where the common call fails for one of them.
 */
export const askingTogether = (
  together: Together,
  send: Send,
): ((id: string) => Promise<unknown>) => {
  const { most = mostAtOnce } = together;
  let waiting: Waiting[] = [];
  const flush = async (): Promise<void> => {
    const all = waiting.slice(0, most);
    waiting = waiting.slice(most);
    if (waiting.length > 0) setImmediate(() => void flush());
    const askAlone = ({ id, answer }: Waiting) => answer(send(alone(together, id)));
    const askEachAlone = () => {
      for (const one of all) askAlone(one);
    };
    if (all.length === 1) return askEachAlone();
    const said = await attempted(() => send(together.all(all.map(({ id }) => id))));
    if ('failure' in said) {
      if (!isBusy(said.failure)) return askEachAlone();
      // Asked one by one, a service that is busy would be busier.
      for (const { answer } of all) answer(Promise.reject(said.failure));
      return;
    }
    const items: unknown = Reflect.get(Object(said.value), together.items);
    for (const one of all) {
      const own = (Array.isArray(items) ? items : []).filter((item) =>
        isIt(together, item, one.id),
      );
      if (own.length > 0 || together.leavesOut)
        one.answer(Promise.resolve({ [together.items]: own }));
      else askAlone(one);
    }
  };
  return (id) =>
    new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ id, answer: resolve });
    });
};
