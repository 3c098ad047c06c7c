import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { keyOf } from '../../engine/changes/change.ts';
import type { Action } from '../../engine/remediation/action.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { decode, encode } from '../../support/wire.ts';
import { actionNames, concludedNames, type Images, keepText, keptText } from './action-bodies.ts';
import { isDone } from './conditional.ts';
import { pagesOf } from './pages.ts';
import type { Seal } from './seal.ts';

const keptDays = 400;
/** Actions that a listing reads at the same time. */
const mostAtOnce = 50;
const sortKey = 'action';

/** What proves an entry, as it was read. */
interface Proof {
  /** What is sealed: the action as the function that acts wrote it. */
  readonly body: string;
  readonly version: number;
  readonly seal: string;
}
/** An action as it was read, with the version that the next write is conditional on. */
export interface Entry {
  readonly action: Action;
  readonly version: number;
  readonly proof?: Proof;
}
/** What the verdict after settle says of an action. It stands beside what is sealed. */
export type Concluded = Pick<Action, 'state' | 'why' | 'meanwhile' | 'concludedAt' | 'after'>;

/** What was done, and what was not done and why: one item an action, kept for 400 days. */
export interface Ledger {
  get(id: string): Promise<Entry | undefined>;
  /** Writes a new action; `undefined` where there is one of this id. */
  add(action: Action): Promise<Entry | undefined>;
  /** Writes the next state of an action; `undefined` where somebody wrote since. */
  put(before: Entry, action: Action): Promise<Entry | undefined>;
  /** Says the outcome of an action; false where somebody wrote since. */
  conclude(before: Entry, concluded: Concluded): Promise<boolean>;
  /** Whether the function that acts wrote an entry, for this very id and version; its outcome is not part of that. */
  isAuthentic(id: string, entry: Entry): Promise<boolean>;
  /**
   * The latest actions first, at most so many of those that are wanted.
   * @param months such as `2026-11`, the latest first
   */
  list(
    months: readonly string[],
    most: number,
    isWanted?: (action: Action) => boolean,
  ): Promise<readonly Action[]>;
}

/** Who seals what it writes, and where that stands; others read, and say outcomes. */
export interface Sealing {
  readonly seal: Seal;
  readonly account: string;
  readonly region: string;
}

const idKey = (id: string) => ({ pk: `action#${id}`, sk: sortKey });

export const createLedger = (
  documents: DynamoDBDocument,
  table: string,
  images: Images,
  sealing?: Sealing,
): Ledger => {
  /** What a seal is of: a row that is moved, or put back under another version, has another one. */
  const sealed = (id: string, version: number, body: string): string =>
    canonicalJson({
      account: sealing?.account,
      region: sealing?.region,
      table,
      ...idKey(id),
      version,
      action: body,
    });
  const sealOf = async (id: string, version: number, body: string) =>
    sealing ? { seal: await sealing.seal.of(sealed(id, version, body)) } : {};

  const write = async (action: Action, version: number): Promise<Entry | undefined> => {
    const { id, startedAt, state } = action;
    const body = encode(action);
    const seal = await sealOf(id, version, body);
    const [name, kept] = await keepText(actionNames, body, `actions/${id}/${version}.json`, images);
    const Item = {
      ...idKey(id),
      version,
      sealedVersion: version,
      month: startedAt.slice(0, 7),
      startedAt,
      state,
      resource: keyOf(action),
      expiresAt: Math.floor(Date.parse(startedAt) / 1000) + keptDays * 86_400,
      [name]: kept,
      ...seal,
    };
    const isWritten = await isDone(() =>
      documents.put({
        TableName: table,
        Item,
        ...(version === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'version = :before',
              ExpressionAttributeValues: { ':before': version - 1 },
            }),
      }),
    );
    if (!isWritten) return undefined;
    return { action, version, ...(seal.seal ? { proof: { body, version, seal: seal.seal } } : {}) };
  };
  const entryOf = async (item: Record<string, unknown>): Promise<Entry> => {
    const body = (await keptText(item, actionNames, images)) ?? '';
    const concluded = await keptText(item, concludedNames, images);
    const { seal, sealedVersion } = item;
    const action = decode(body) as Action;
    return {
      action: concluded === undefined ? action : { ...action, ...(decode(concluded) as Concluded) },
      version: Number(item['version']),
      ...(typeof seal === 'string'
        ? { proof: { body, version: Number(sealedVersion), seal } }
        : {}),
    };
  };
  const ofMonth = async function* (month: string, most: number): AsyncGenerator<Action> {
    const read = (ExclusiveStartKey?: Record<string, unknown>) =>
      documents.query({
        TableName: table,
        IndexName: 'actions',
        KeyConditionExpression: '#month = :month',
        ExpressionAttributeNames: { '#month': 'month' },
        ExpressionAttributeValues: { ':month': month },
        ScanIndexForward: false,
        Limit: Math.min(most, mostAtOnce),
        ExclusiveStartKey,
      });
    for await (const items of pagesOf(read)) {
      const entries = await Promise.all(
        items.map(async ({ pk, sk }) => {
          const { Item } = await documents.get({ TableName: table, Key: { pk, sk } });
          return Item && entryOf(Item);
        }),
      );
      for (const entry of entries) if (entry) yield entry.action;
    }
  };
  return {
    async get(id) {
      const { Item } = await documents.get({
        TableName: table,
        Key: idKey(id),
        ConsistentRead: true,
      });
      return Item && entryOf(Item);
    },
    add: (action) => write(action, 1),
    put: ({ version }, action) => write(action, version + 1),
    async conclude({ action: { id }, version }, concluded) {
      const image = `actions/${id}/${version + 1}.concluded.json`;
      const [name, value] = await keepText(concludedNames, encode(concluded), image, images);
      return isDone(() =>
        documents.update({
          TableName: table,
          Key: idKey(id),
          UpdateExpression: 'SET version = :next, #state = :state, #kept = :kept',
          ConditionExpression: 'version = :before',
          ExpressionAttributeNames: { '#state': 'state', '#kept': name },
          ExpressionAttributeValues: {
            ':before': version,
            ':next': version + 1,
            ':state': concluded.state,
            ':kept': value,
          },
        }),
      );
    },
    async isAuthentic(id, { proof }) {
      if (!proof || !sealing) return false;
      return sealing.seal.holds(sealed(id, proof.version, proof.body), proof.seal);
    },
    async list(months, most, isWanted = () => true) {
      const found: Action[] = [];
      for (const month of months) {
        if (found.length >= most) break;
        for await (const action of ofMonth(month, most)) {
          if (isWanted(action)) found.push(action);
          if (found.length >= most) break;
        }
      }
      return found;
    },
  };
};
