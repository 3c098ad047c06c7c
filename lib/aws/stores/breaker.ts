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
import { breakerName, breakerNamed, type InAccount } from '../../support/breaker-name.ts';
import { asRecord, list, text } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';
import { codeOf } from '../errors.ts';
import { putIf } from './conditional.ts';
import { populationKey } from './population.ts';
import { conflict, retryOnConflict } from './retry-on-conflict.ts';
import { createTrips, type Trip } from './trips.ts';
import { createTurns } from './turns.ts';

/** An open breaker, as the SSM parameter of its control and the ledger hold it. */
export type Open = Trip;
/** An open breaker as people see it: `until` is absent where its parameter says no time, which stops it all the same. */
export type Tripped = Omit<Open, 'until'> & { readonly until?: string };
/** Drift of a control in an account, by these actors. */
export interface Drift {
  readonly control: string;
  readonly account: string;
  readonly actors: readonly string[];
}
/** The limit of actions per control, account and hour: no account takes from another. Throws what its look-ups throw. */
export interface Breaker {
  /** The breaker of a control, where it is open at this time for this drift. */
  open(drift: Drift, now: Date): Promise<Open | undefined>;
  /** Takes one of the hour's slots for an action, once however often it asks; why there is none. */
  reserve(reservation: Reservation, now: Date): Promise<Refusal | undefined>;
  /** Opens the breaker; answers it to the one caller that opened it. */
  trip(of: Required<InAccount>, refusal: Refusal, now: Date): Promise<Open | undefined>;
  /** Those that tripped, and have not been closed since. */
  all(): Promise<readonly Tripped[]>;
  /**
   * Closes it before its time in each account, and frees the slots; false where it was not open. Only who writes to the
   * ledger can.
   */
  close(control: string): Promise<boolean>;
}
export interface BreakerOptions {
  readonly dynamoDb: DynamoDBDocument;
  /** Where Plumbline stands. */
  readonly account: string;
  /** Where slots are kept. */
  readonly table: string;
  /** Where sweeps keep how many resources there are. */
  readonly posture: string;
  readonly ssm: () => Promise<SSM>;
  /** Ends with a slash. */
  readonly path: () => string;
  readonly limits: RemediationLimits['breaker'];
  /** Fewer actions in an hour in an account. @default - each account has the same limits */
  readonly perHourIn?: (account: string) => number | undefined;
}

/** For whom it is open: for everybody, in every account, as far as it says nobody in particular. */
const forWhom = (said: unknown): Pick<Open, 'account' | 'actors'> => {
  const actors = list(asRecord(said)['actors']).flatMap((actor) => text(actor) ?? []);
  const account = text(asRecord(said)['account']);
  return {
    ...(account === undefined ? {} : { account }),
    ...(actors.length > 0 ? { actors } : {}),
  };
};
const isTime = (said: unknown): said is string =>
  typeof said === 'string' && !Number.isNaN(Date.parse(said));

/** The breaker that a parameter holds. A text that is not ours counts as open without an end: who wrote it meant to stop. */
const openOf = (name: string, value: string): Open => {
  const said: unknown = JSON.parse(value);
  const { until, actions } = Object(said);
  if (!isTime(until)) {
    throw new Error(`the parameter of the breaker of ${name} says no time: ${value.slice(0, 60)}`);
  }
  return { until, actions: Number(actions), ...forWhom(said), ...breakerNamed(name) };
};

const trippedOf = (name: string, value: string): Tripped => {
  const said = decode(value);
  const { until, actions } = asRecord(said);
  return {
    actions: Number(actions),
    ...forWhom(said),
    ...breakerNamed(name),
    ...(isTime(until) ? { until } : {}),
  };
};

const slotsKey = (name: string) => ({ pk: `breaker#${name}`, sk: 'breaker' });
const mostNamed = 20;

/** The slots of a control in an account: who took them in the last hour. */
interface Slots {
  readonly takers: readonly Taker[];
  readonly version: number;
}

const createSlots = ({ dynamoDb, table }: BreakerOptions) => ({
  async read(name: string): Promise<Slots> {
    const Key = slotsKey(name);
    const { Item } = await dynamoDb.get({ TableName: table, Key, ConsistentRead: true });
    const { takers = [], version = 0 } = Item ?? {};
    return { takers, version };
  },
  write: (name: string, { version, ...slots }: Slots, now: Date): Promise<boolean> =>
    putIf(() =>
      dynamoDb.put({
        TableName: table,
        Item: {
          ...slotsKey(name),
          ...slots,
          version: version + 1,
          expiresAt: Math.floor(now.getTime() / 1000) + 86_400,
        },
        ConditionExpression: 'attribute_not_exists(pk) OR version = :version',
        ExpressionAttributeValues: { ':version': version },
      }),
    ),
  async free(name: string): Promise<void> {
    await dynamoDb.delete({ TableName: table, Key: slotsKey(name) });
  },
});

/** One that says no account is a person's, or of an earlier release: it stops in every account, which is the safe side. */
const isOf = (one: Open, account: string): boolean =>
  one.account === undefined || one.account === account;
const isOpenFor = (one: Open, { account, actors }: Omit<Drift, 'control'>): boolean =>
  isOf(one, account) &&
  (one.actors === undefined ||
    (actors.length > 0 && actors.every((actor) => one.actors?.includes(actor))));

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a store is one object of short methods.
export const createBreaker = (options: BreakerOptions): Breaker => {
  const { dynamoDb, posture, ssm, path, limits } = options;
  const slots = createSlots(options);
  const turns = createTurns(dynamoDb, options.table);

  const nameOf = ({ control, account = options.account }: InAccount): string =>
    breakerName(account === options.account ? { control } : { control, account });
  const inForce = async (type: string, account: string) => {
    const { Item } = await dynamoDb.get({ TableName: posture, Key: populationKey(type) });
    const perHour = Math.min(limits.perHour, options.perHourIn?.(account) ?? limits.perHour);
    return limitsFor({ ...limits, perHour }, Number(Item?.['count'] ?? 0));
  };
  const parameter = async (name: string): Promise<Open | undefined> => {
    try {
      const { Parameter } = await (await ssm()).getParameter({ Name: `${path()}${name}` });
      return openOf(name, Parameter?.Value ?? '');
    } catch (error) {
      if (codeOf(error) === 'ParameterNotFound') return undefined;
      throw error;
    }
  };
  const trips = createTrips(dynamoDb, options.table);
  const isOpen = (one: Open | undefined, now: Date): one is Open =>
    one !== undefined && Date.parse(one.until) > now.getTime();
  const write = async (
    name: string,
    { control, ...said }: Open,
    Overwrite: boolean,
  ): Promise<void> => {
    const Value = JSON.stringify(said);
    const put = { Name: `${path()}${name}`, Value, Type: 'String', Overwrite } as const;
    await (await ssm()).putParameter(put);
  };
  /**
   * A parameter opens, whoever wrote it. One that is deleted, or says another time, closes nothing that the ledger keeps
   * open, and says again what is so.
   */
  const opensNow = async (name: string, now: Date): Promise<readonly Open[]> => {
    const [said, kept] = await Promise.all([parameter(name), trips.get(name)]);
    if (isOpen(kept, now) && !isOpen(said, now)) await write(name, kept, true);
    return [kept, said].filter((one) => isOpen(one, now));
  };
  /** What the control alone names can stop in every account. */
  const opensFor = async (name: string, control: string, now: Date): Promise<readonly Open[]> => {
    const names = [...new Set([name, control])];
    return (await Promise.all(names.map((each) => opensNow(each, now)))).flat();
  };
  const all = async (): Promise<readonly Tripped[]> => {
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
  };
  /** Whether it was open. */
  const closed = async (name: string): Promise<boolean> => {
    const wasKept = await trips.end(name);
    await slots.free(name);
    try {
      await (await ssm()).deleteParameter({ Name: `${path()}${name}` });
      return true;
    } catch (error) {
      if (codeOf(error) === 'ParameterNotFound') return wasKept;
      throw error;
    }
  };

  return {
    async open({ control, account, actors }, now) {
      const open = await opensFor(nameOf({ control, account }), control, now);
      return open.find((one) => isOpenFor(one, { account, actors: actors.map(principalOf) }));
    },
    async reserve(reservation, now) {
      const name = nameOf(reservation);
      const most = await inForce(reservation.type, reservation.account ?? options.account);
      return retryOnConflict(name, turns, async () => {
        const before = await slots.read(name);
        const within = takersWithin(before.takers, now);
        const slot = slotFor(within, reservation, most, now);
        if ('limit' in slot) return slot;
        if (within.includes(slot)) return undefined;
        const after = { takers: [...within, slot], version: before.version };
        return (await slots.write(name, after, now)) ? undefined : conflict;
      });
    },
    async trip({ control, account }, { limit, actors }, now) {
      const name = nameOf({ control, account });
      const until = new Date(now.getTime() + limits.closesAfterMinutes * 60_000).toISOString();
      const open = await opensFor(name, control, now);
      if (open.some((one) => isOpenFor(one, { account, actors: actors ?? [] }))) return undefined;
      const isThere = (await parameter(name)) !== undefined;
      // What is open for some in every account stays so for them, and is open for more with it.
      const isEverywhere = open.some((one) => name === control && one.account === undefined);
      const before = open.filter((one) => isOf(one, account)).flatMap((one) => one.actors ?? []);
      const named = [...new Set([...before, ...(actors ?? [])])].slice(-mostNamed);
      const tripped = {
        control,
        until,
        actions: limit,
        ...(isEverywhere ? {} : { account }),
        ...(actors ? { actors: named } : {}),
      };
      await trips.keep(name, tripped);
      try {
        await write(name, tripped, isThere);
      } catch (error) {
        if (codeOf(error) === 'ParameterAlreadyExists') return undefined;
        throw error;
      }
      return tripped;
    },
    all,
    async close(control) {
      const said = (await all()).filter((one) => one.control === control).map(nameOf);
      const names = new Set([...said, ...(await trips.names(control)), control]);
      let wasOpen = false;
      for (const name of names) if (await closed(name)) wasOpen = true;
      return wasOpen;
    },
  };
};
