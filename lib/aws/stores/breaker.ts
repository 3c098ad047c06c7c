import type { SSM } from '@aws-sdk/client-ssm';
import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { RemediationLimits } from '../../engine/baseline/baseline.ts';
import { record } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';
import { codeOf } from '../errors.ts';
import { isDone } from './conditional.ts';

/** An open breaker, as the SSM parameter of its control holds it. */
export interface Open {
  readonly control: string;
  readonly until: string;
  readonly actions: number;
}
/** An open breaker as people see it: `until` is absent where its parameter says no time, which stops it all the same. */
export type Tripped = Omit<Open, 'until'> & { readonly until?: string };
/** The limit of actions per control and hour. Throws what its look-ups throw. */
export interface Breaker {
  /** The breaker of a control, where it is open at this time. */
  open(control: string, now: Date): Promise<Open | undefined>;
  /** Takes one of the hour's slots for an action, once however often it asks; false where none is left. */
  reserve(control: string, type: string, action: string, now: Date): Promise<boolean>;
  /** Opens the breaker; true for the one caller that opened it. */
  trip(control: string, now: Date): Promise<boolean>;
  /** Those that tripped, and have not been closed since. */
  all(): Promise<readonly Tripped[]>;
  /** Closes it by hand; false where it was not open. */
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

const isText = (value: unknown): value is string => typeof value === 'string';
/** What a parameter says; a text that is none of ours counts as open for ever: whoever wrote it meant to stop. */
const openOf = (control: string, text: string): Open => {
  const said: unknown = JSON.parse(text);
  const { until, actions } = Object(said);
  if (!isText(until) || Number.isNaN(Date.parse(until))) {
    throw new Error(
      `the parameter of the breaker of ${control} says no time: ${text.slice(0, 60)}`,
    );
  }
  return { control, until, actions: Number(actions) };
};

const trippedOf = (control: string, text: string): Tripped => {
  const { until, actions } = record(decode(text));
  const isTime = isText(until) && !Number.isNaN(Date.parse(until));
  return { control, actions: Number(actions), ...(isTime ? { until } : {}) };
};

/** How many resources of a type the last sweep saw: pk `population`, sk the type. */
export const populationKey = (type: string) => ({ pk: 'population', sk: type });

/** The actions of a control that took one of an hour's slots; a set of 25 bytes each. */
const slotsKey = (control: string, now: Date) => ({
  pk: `breaker#${control}#${now.toISOString().slice(0, 13)}`,
  sk: 'breaker',
});

export const createBreaker = (options: BreakerOptions): Breaker => {
  const { documents, table, posture, ssm, path, limits } = options;

  const most = async (type: string): Promise<number> => {
    const { Item } = await documents.get({ TableName: posture, Key: populationKey(type) });
    const population = Number(Item?.['count'] ?? 0);
    const share = Math.floor(population * limits.share);
    return Math.min(limits.perHour, Math.max(limits.atLeast, share));
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
  return {
    async open(control, now) {
      const found = await parameter(control);
      return found && Date.parse(found.until) > now.getTime() ? found : undefined;
    },
    async reserve(control, type, action, now) {
      const limit = await most(type);
      if (limit < 1) return false;
      const slots = { TableName: table, Key: slotsKey(control, now) };
      const isTaken = await isDone(() =>
        documents.update({
          ...slots,
          UpdateExpression: 'ADD used :one, takers :action SET expiresAt = :end',
          ConditionExpression:
            'attribute_not_exists(used) OR (used < :limit AND NOT contains(takers, :id))',
          ExpressionAttributeValues: {
            ':one': 1,
            ':id': action,
            ':action': new Set([action]),
            ':limit': limit,
            ':end': Math.floor(now.getTime() / 1000) + 86_400,
          },
        }),
      );
      if (isTaken) return true;
      // A delivery that crashed right after it had taken one comes back for it.
      const { Item } = await documents.get({ ...slots, ConsistentRead: true });
      const takers: unknown = Item?.['takers'];
      return takers instanceof Set && takers.has(action);
    },
    async trip(control, now) {
      const until = new Date(now.getTime() + limits.closesAfterMinutes * 60_000).toISOString();
      const Value = JSON.stringify({ until, actions: limits.perHour });
      const Name = `${path()}${control}`;
      const before = await parameter(control);
      if (before && Date.parse(before.until) > now.getTime()) return false;
      try {
        const put = { Name, Value, Type: 'String', Overwrite: before !== undefined } as const;
        await (await ssm()).putParameter(put);
        return true;
      } catch (error) {
        if (codeOf(error) === 'ParameterAlreadyExists') return false;
        throw error;
      }
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
        return true;
      } catch (error) {
        if (codeOf(error) === 'ParameterNotFound') return false;
        throw error;
      }
    },
  };
};
