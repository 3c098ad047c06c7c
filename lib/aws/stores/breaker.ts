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
import { attempted, codeOf } from '../errors.ts';
import { putIf } from './conditional.ts';
import { conflict, retryOnConflict } from './retry-on-conflict.ts';

/** An open breaker, as the SSM parameter of its control holds it. */
export interface Open {
  readonly control: string;
  readonly until: string;
  /** The number of actions in an hour that was reached. */
  readonly actions: number;
  /** Whose drift is left alone; everybody's where it is nobody's in particular. */
  readonly actors?: readonly string[];
}
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
  /** Closes it by hand, and frees its slots; false where it was not open. */
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

/** The slots of a control: who took them in the last hour, and until when its breaker was opened. */
interface Slots {
  readonly takers: readonly Taker[];
  readonly trippedUntil?: string;
  readonly version: number;
}

const createSlots = ({ documents, table }: BreakerOptions) => ({
  async read(control: string): Promise<Slots> {
    const Key = slotsKey(control);
    const { Item } = await documents.get({ TableName: table, Key, ConsistentRead: true });
    const { takers = [], version = 0, trippedUntil } = Item ?? {};
    return { takers, version, ...(trippedUntil === undefined ? {} : { trippedUntil }) };
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
  const isOpenNow = async (control: string, now: Date): Promise<Open | undefined> => {
    const found = await parameter(control);
    return found && Date.parse(found.until) > now.getTime() ? found : undefined;
  };
  /** What was taken before somebody closed the breaker counts no more, whoever deleted its parameter. */
  const wasClosed = async (control: string, { trippedUntil }: Slots, now: Date): Promise<boolean> =>
    trippedUntil !== undefined &&
    trippedUntil > now.toISOString() &&
    (await parameter(control)) === undefined;

  return {
    async open(control, actors, now) {
      const found = await isOpenNow(control, now);
      return found && isOpenFor(found, actors.map(principalOf)) ? found : undefined;
    },
    async reserve(reservation, now) {
      const { control, type } = reservation;
      const most = await inForce(type);
      return retryOnConflict(control, async () => {
        const before = await slots.read(control);
        const within = takersWithin(before.takers, now);
        const first = slotFor(within, reservation, most, now);
        const isFreed = 'limit' in first && (await wasClosed(control, before, now));
        const takers = isFreed ? [] : within;
        const slot = isFreed ? slotFor(takers, reservation, most, now) : first;
        if ('limit' in slot) return slot;
        if (takers.includes(slot)) return undefined;
        const { version } = before;
        const after = { takers: [...takers, slot], version };
        return (await slots.write(control, after, now)) ? undefined : conflict;
      });
    },
    async trip(control, { limit, actors }, now) {
      const until = new Date(now.getTime() + limits.closesAfterMinutes * 60_000).toISOString();
      const before = await parameter(control);
      const open = before && Date.parse(before.until) > now.getTime() ? before : undefined;
      if (open && isOpenFor(open, actors ?? [])) return undefined;
      const named = [...new Set([...(open?.actors ?? []), ...(actors ?? [])])].slice(-mostNamed);
      const tripped = { until, actions: limit, ...(actors ? { actors: named } : {}) };
      try {
        await (await ssm()).putParameter({
          Name: `${path()}${control}`,
          Value: JSON.stringify(tripped),
          Type: 'String',
          Overwrite: before !== undefined,
        });
      } catch (error) {
        if (codeOf(error) === 'ParameterAlreadyExists') return undefined;
        throw error;
      }
      await retryOnConflict(control, async () => {
        const found = await slots.read(control);
        return (await slots.write(control, { ...found, trippedUntil: until }, now)) || conflict;
      });
      return { control, ...tripped };
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
      try {
        await (await ssm()).deleteParameter({ Name: `${path()}${control}` });
      } catch (error) {
        if (codeOf(error) === 'ParameterNotFound') return false;
        throw error;
      }
      // Whoever may not write there has closed it all the same: the next reservation sees that it is.
      await attempted(() => slots.free(control));
      return true;
    },
  };
};
