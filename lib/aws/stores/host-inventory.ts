import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { HostAt } from '../../engine/changes/host-message.ts';
import type { Where } from '../../model/resource-type.ts';
import { regionId } from '../../resources/account/own-names.ts';
import { text } from '../../support/untyped.ts';
import { claimJob } from './claim-job.ts';
import { putIf } from './conditional.ts';
import { pagesOf } from './pages.ts';

/** A command that was sent, and what its hosts may speak of. */
export interface SentCommand {
  readonly id: string;
  readonly document: string;
  readonly version: string;
  /** What the document calls itself. */
  readonly hash: string;
  /** None where it changes a host. */
  readonly areas: readonly string[];
  readonly hosts: readonly string[];
  /** Where they are. @default - the home region of the account of Plumbline */
  readonly where?: HostAt['where'];
  /** Of a change: the action that it belongs to, and the command that began it. */
  readonly change?: { readonly action: string; readonly transaction: string };
}
/** A host that was ever asked. */
export interface KnownHost extends Pick<HostAt, 'where'> {
  readonly id: string;
  /** When it last answered; when it was first asked where it never has. */
  readonly answeredAt: string;
}

/** How asking the hosts of another region or account went last. */
export interface PlaceAsked extends Where {
  readonly askedAt: string;
  /** Why they could not be asked. @default - they were, or there are none */
  readonly refused?: string;
}

/** Partition keys in the posture table. */
const auditsKey = 'host-audits';
export const commandsKey = 'host-commands';
export const hostsKey = 'hosts';
const daysKept = 7;

/** The commands that were sent, and the hosts that they were sent to. */
export interface HostInventory {
  noteCommand(command: SentCommand, at: Date): Promise<void>;
  command(id: string): Promise<SentCommand | undefined>;
  noteAnswer(host: HostAt, at: string): Promise<void>;
  forget(host: HostAt): Promise<void>;
  hosts(): AsyncIterable<KnownHost>;
  /** Claims the next audit of every host; false where one began after `since`. */
  claimAudit(at: string, since: string): Promise<boolean>;
  /** When the last audit of every host began. */
  begunAt(): Promise<string | undefined>;
  notePlace(asked: PlaceAsked): Promise<void>;
  places(): Promise<readonly PlaceAsked[]>;
}

/** `i-…` in the home region, `<account>/<region>/i-…` elsewhere. */
export const hostKey = ({ host, where }: HostAt): string =>
  where === undefined ? host : `${regionId(where)}/${host}`;

/** The host of such a key. */
const hostIn = (key: string): Pick<KnownHost, 'id' | 'where'> => {
  const [account = '', region = '', id] = key.split('/');
  return id === undefined ? { id: key } : { id, where: { account, region } };
};

/** Beside the places there stands when the last audit of all began. */
const askedIn = (item: Readonly<Record<string, unknown>>): readonly PlaceAsked[] => {
  const [account = '', region] = String(item['sk']).split('/');
  const [askedAt, refused] = [text(item['askedAt']), text(item['refused'])];
  if (region === undefined || askedAt === undefined) return [];
  return [{ account, region, askedAt, ...(refused === undefined ? {} : { refused }) }];
};

/** How many hosts were ever asked, and are not known to be gone; of those that are meant. */
export const countHosts = async (
  { hosts }: Pick<HostInventory, 'hosts'>,
  isMeant: (host: KnownHost) => boolean = () => true,
): Promise<number> => {
  let count = 0;
  for await (const host of hosts()) if (isMeant(host)) count += 1;
  return count;
};

/** Pages of what stands under a partition key. */
const itemsOf = (pk: string, dynamoDb: DynamoDBDocument, table: string) =>
  pagesOf((ExclusiveStartKey?: Record<string, unknown>) =>
    dynamoDb.query({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ExclusiveStartKey,
    }),
  );

export const createHostInventory = (dynamoDb: DynamoDBDocument, table: string): HostInventory => ({
  async noteCommand(command, at) {
    const expiresAt = Math.floor(at.getTime() / 1000) + daysKept * 86_400;
    await dynamoDb.put({
      TableName: table,
      Item: { pk: commandsKey, sk: command.id, expiresAt, command },
    });
    await Promise.all(
      command.hosts.map((host) =>
        dynamoDb.update({
          TableName: table,
          Key: { pk: hostsKey, sk: hostKey({ ...command, host }) },
          UpdateExpression: 'SET answeredAt = if_not_exists(answeredAt, :at)',
          ExpressionAttributeValues: { ':at': at.toISOString() },
        }),
      ),
    );
  },
  async command(id) {
    const { Item } = await dynamoDb.get({
      TableName: table,
      Key: { pk: commandsKey, sk: id },
      ConsistentRead: true,
    });
    return Item?.['command'];
  },
  async noteAnswer(host, at) {
    // Answers overtake each other; the latest counts.
    await putIf(() =>
      dynamoDb.update({
        TableName: table,
        Key: { pk: hostsKey, sk: hostKey(host) },
        UpdateExpression: 'SET answeredAt = :at',
        ConditionExpression: 'attribute_not_exists(answeredAt) OR answeredAt < :at',
        ExpressionAttributeValues: { ':at': at },
      }),
    );
  },
  async forget(host) {
    await dynamoDb.delete({ TableName: table, Key: { pk: hostsKey, sk: hostKey(host) } });
  },
  async *hosts() {
    for await (const items of itemsOf(hostsKey, dynamoDb, table))
      for (const { sk, answeredAt } of items)
        yield { ...hostIn(String(sk)), answeredAt: String(answeredAt) };
  },
  claimAudit: (at, since) => claimJob({ dynamoDb, table, key: auditsKey }, at, since),
  async begunAt() {
    const { Item } = await dynamoDb.get({
      TableName: table,
      Key: { pk: auditsKey, sk: auditsKey },
      ConsistentRead: true,
    });
    return Item?.['begunAt'];
  },
  async notePlace({ askedAt, refused, ...where }) {
    const said = refused === undefined ? {} : { refused };
    const Item = { pk: auditsKey, sk: regionId(where), askedAt, ...said };
    await dynamoDb.put({ TableName: table, Item });
  },
  async places() {
    const found: PlaceAsked[] = [];
    for await (const items of itemsOf(auditsKey, dynamoDb, table))
      found.push(...items.flatMap(askedIn));
    return found;
  },
});
