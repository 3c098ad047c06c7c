import type { SSM } from '@aws-sdk/client-ssm';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { RemediationLimits } from '../../engine/baseline/baseline.ts';
import {
  limitsFor,
  principalOf,
  type Refusal,
  type Reservation,
  slotFor,
  type Taker,
  takersWithin,
} from '../../engine/remediation/slots.ts';
import { list, record, text } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';
import { codeOf } from '../errors.ts';
import { putIf } from './conditional.ts';
import { conflict, retryOnConflict } from './retry-on-conflict.ts';
import { createTrips, type Trip } from './trips.ts';
import { createTurns } from './turns.ts';

/** An open breaker, as the SSM parameter of its control and the ledger hold it. */
export type Open = Trip;
/** An open breaker as people see it: `until` is absent where its parameter says no time, which stops it all the same. */
export type Tripped = Omit<Open, 'until'> & { readonly until?: string };
/** The limit of actions per control and hour. Throws what its look-ups throw. */
export interface Breaker {
  /** The breaker of a control, where it is open at this time for drift of these actors. */
  open(control: string, actors: readonly string[], now: Date): Promise<Open | undefined>;
  /** Takes one of the hour's slots for an action, once however often it asks; why there is none. */
  reserve(reservation: Reservation, now: Date): Promise<Refusal | undefined>;
  /** Opens the breaker; answers it to the one caller that opened it. */
  trip(control: string, refusal: Refusal, now: Date): Promise<Open | undefined>;
  /** Those that tripped, and have not been closed since. */
  all(): Promise<readonly Tripped[]>;
  /** Closes it before its time, and frees its slots; false where it was not open. Only who writes to the ledger can. */
  close(control: string): Promise<boolean>;
}
export interface BreakerOptions {
  readonly documents: DynamoDBDocument;
  /** Where slots are kept. */
  readonly table: string;
  /** Where sweeps keep how many resources there are. */
  readonly posture: string;
  readonly ssm: () => Promise<SSM>;
  /** Ends with a slash. */
  readonly path: () => string;
  readonly limits: RemediationLimits['breaker'];
}

const actorsIn = (said: unknown): Pick<Open, 'actors'> => {
  const actors = list(record(said)['actors']).flatMap((actor) => text(actor) ?? []);
  return actors.length > 0 ? { actors } : {};
};
const isTime = (said: unknown): said is string =>
  typeof said === 'string' && !Number.isNaN(Date.parse(said));

/** What a parameter says; a text that is none of ours counts as open for ever: whoever wrote it meant to stop. */
const openOf = (control: string, value: string): Open => {
  const said: unknown = JSON.parse(value);
  const { until, actions } = Object(said);
  if (!isTime(until)) {
    throw new Error(
      `the parameter of the breaker of ${control} says no time: ${value.slice(0, 60)}`,
    );
  }
  return { control, until, actions: Number(actions), ...actorsIn(said) };
};

const trippedOf = (control: string, value: string): Tripped => {
  const said = decode(value);
  const { until, actions } = record(said);
  return {
    control,
    actions: Number(actions),
    ...actorsIn(said),
    ...(isTime(until) ? { until } : {}),
  };
};

/** How many resources of a type the last sweep saw: pk `population`, sk the type. */
export const populationKey = (type: string) => ({ pk: 'population', sk: type });

const slotsKey = (control: string) => ({ pk: `breaker#${control}`, sk: 'breaker' });
const mostNamed = 20;

/** The slots of a control: who took them in the last hour. */
interface Slots {
  readonly takers: readonly Taker[];
  readonly version: number;
}

const createSlots = ({ documents, table }: BreakerOptions) => ({
  async read(control: string): Promise<Slots> {
    const Key = slotsKey(control);
    const { Item } = await documents.get({ TableName: table, Key, ConsistentRead: true });
    const { takers = [], version = 0 } = Item ?? {};
    return { takers, version };
  },
  write: (control: string, { version, ...slots }: Slots, now: Date): Promise<boolean> =>
    putIf(() =>
      documents.put({
        TableName: table,
        Item: {
          ...slotsKey(control),
          ...slots,
          version: version + 1,
          expiresAt: Math.floor(now.getTime() / 1000) + 86_400,
        },
        ConditionExpression: 'attribute_not_exists(pk) OR version = :version',
        ExpressionAttributeValues: { ':version': version },
      }),
    ),
  async free(control: string): Promise<void> {
    await documents.delete({ TableName: table, Key: slotsKey(control) });
  },
});

const isOpenFor = ({ actors }: Open, asking: readonly string[]): boolean =>
  actors === undefined || (asking.length > 0 && asking.every((actor) => actors.includes(actor)));

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a store is one object of short methods.
export const createBreaker = (options: BreakerOptions): Breaker => {
  const { documents, posture, ssm, path, limits } = options;
  const slots = createSlots(options);
  const turns = createTurns(documents, options.table);

  const inForce = async (type: string) => {
    const { Item } = await documents.get({ TableName: posture, Key: populationKey(type) });
    return limitsFor(limits, Number(Item?.['count'] ?? 0));
  };
  const parameter = async (control: string): Promise<Open | undefined> => {
    try {
      const { Parameter } = await (await ssm()).getParameter({ Name: `${path()}${control}` });
      return openOf(control, Parameter?.Value ?? '');
    } catch (error) {
      if (codeOf(error) === 'ParameterNotFound') return undefined;
      throw error;
    }
  };
  const trips = createTrips(documents, options.table);
  const isOpen = (one: Open | undefined, now: Date): one is Open =>
    one !== undefined && Date.parse(one.until) > now.getTime();
  const write = async ({ control, ...said }: Open, Overwrite: boolean): Promise<void> => {
    const Value = JSON.stringify(said);
    const put = { Name: `${path()}${control}`, Value, Type: 'String', Overwrite } as const;
    await (await ssm()).putParameter(put);
  };
  /**
   * A parameter opens, whoever wrote it. One that is deleted, or says another time, closes nothing that the ledger keeps
   * open, and says again what is so.
   */
  const opensNow = async (control: string, now: Date): Promise<readonly Open[]> => {
    const [said, kept] = await Promise.all([parameter(control), trips.get(control)]);
    if (isOpen(kept, now) && !isOpen(said, now)) await write(kept, true);
    return [kept, said].filter((one) => isOpen(one, now));
  };

  return {
    async open(control, actors, now) {
      const all = await opensNow(control, now);
      return all.find((one) => isOpenFor(one, actors.map(principalOf)));
    },
    async reserve(reservation, now) {
      const { control, type } = reservation;
      const most = await inForce(type);
      return retryOnConflict(control, turns, async () => {
        const before = await slots.read(control);
        const within = takersWithin(before.takers, now);
        const slot = slotFor(within, reservation, most, now);
        if ('limit' in slot) return slot;
        if (within.includes(slot)) return undefined;
        const after = { takers: [...within, slot], version: before.version };
        return (await slots.write(control, after, now)) ? undefined : conflict;
      });
    },
    async trip(control, { limit, actors }, now) {
      const until = new Date(now.getTime() + limits.closesAfterMinutes * 60_000).toISOString();
      const open = await opensNow(control, now);
      const isThere = (await parameter(control)) !== undefined;
      if (open.some((one) => isOpenFor(one, actors ?? []))) return undefined;
      const before = open.flatMap((one) => one.actors ?? []);
      const named = [...new Set([...before, ...(actors ?? [])])].slice(-mostNamed);
      const tripped = { control, until, actions: limit, ...(actors ? { actors: named } : {}) };
      await trips.keep(tripped);
      try {
        await write(tripped, isThere);
      } catch (error) {
        if (codeOf(error) === 'ParameterAlreadyExists') return undefined;
        throw error;
      }
      return tripped;
    },
    async all() {
      const tripped: Tripped[] = [];
      let NextToken: string | undefined;
      do {
        const Path = path().slice(0, -1);
        const page = await (await ssm()).getParametersByPath({ Path, NextToken });
        for (const { Name = '', Value = '' } of page.Parameters ?? []) {
          tripped.push(trippedOf(Name.slice(path().length), Value));
        }
        NextToken = page.NextToken;
      } while (NextToken);
      return tripped;
    },
    async close(control) {
      const wasKept = await trips.end(control);
      await slots.free(control);
      try {
        await (await ssm()).deleteParameter({ Name: `${path()}${control}` });
        return true;
      } catch (error) {
        if (codeOf(error) === 'ParameterNotFound') return wasKept;
        throw error;
      }
    },
  };
};
