import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { Clients } from '../../aws/clients.ts';
import { isFuture } from '../../engine/changes/bounds.ts';
import { list, text } from '../../support/untyped.ts';

/** What a heartbeat works with. */
export interface Heart {
  readonly clients: Clients;
  readonly dynamoDb: DynamoDBDocument;
  readonly table: string;
  readonly clock: () => Date;
}
/** A write whose event had not come back when the next was due. */
export interface Lost {
  readonly key: string;
  readonly beatAt: string;
}

/** The trust policy of the role that the stack has for this; whoever assumes it may do nothing. */
export const trustPolicy = {
  Version: '2012-10-17',
  Statement: [
    {
      Action: 'sts:AssumeRole',
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
    },
  ],
};

/**
 * Harmless writes on resources of our own, which must come back as events. Each puts what is there already: AWS Config
 * sees no change, so that only a trail can bring the event.
 */
type Put = (clients: Clients, id: string, account: string) => Promise<unknown>;
const writes: Readonly<Record<string, Put>> = {
  'AWS::S3::Bucket': async (clients, Bucket, ExpectedBucketOwner) =>
    (await clients('s3')).putPublicAccessBlock({
      Bucket,
      ExpectedBucketOwner,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  'AWS::IAM::Role': async (clients, RoleName) =>
    (await clients('iam')).updateAssumeRolePolicy({
      RoleName,
      PolicyDocument: JSON.stringify(trustPolicy),
    }),
};

const write = async (clients: Clients, key: string): Promise<void> => {
  const [account = '', , type = '', id = ''] = key.split('#');
  const put = writes[type];
  if (!put) throw new Error(`nothing beats on ${key}; allowed: ${Object.keys(writes).join(', ')}`);
  await put(clients, id, account);
};

const field = async ({ dynamoDb, table }: Heart, pk: string, sk: string, name: string) => {
  const { Item } = await dynamoDb.get({
    TableName: table,
    Key: { pk, sk },
    ProjectionExpression: name,
    ConsistentRead: true,
  });
  const value: unknown = Item?.[name];
  return typeof value === 'string' ? value : undefined;
};

const partition = 'heartbeat';
// CloudTrail gives a call's time in whole seconds, by a clock that is not ours.
const slackSeconds = 60;

/** An event that is still to come says nothing of a beat that was. */
const isBack = (beatAt: string, eventAt: string | undefined, now: Date): boolean =>
  eventAt !== undefined &&
  !isFuture(eventAt, now) &&
  Date.parse(eventAt) >= Date.parse(beatAt) - slackSeconds * 1000;

/** Beats come every quarter of an hour: one that is so late did not come. */
const lateMs = 45 * 60_000;
const mostSilences = 50;

/** Times in which nothing was heard: no event came back, or nothing beat. */
const silencesAfter = (
  known: Readonly<Record<string, unknown>>,
  isLost: boolean,
  now: Date,
): Readonly<Record<string, unknown>> => {
  const [beatAt, silentSince] = [text(known['beatAt']), text(known['silentSince'])];
  const before = list(known['silences']);
  if (isLost) return { silentSince: silentSince ?? beatAt, silences: before };
  const isLate = beatAt !== undefined && now.getTime() - Date.parse(beatAt) > lateMs;
  const from = silentSince ?? (isLate ? beatAt : undefined);
  if (from === undefined) return before.length > 0 ? { silences: before } : {};
  return { silences: [...before, { from, to: now.toISOString() }].slice(-mostSilences) };
};

const beat = async (heart: Heart, key: string): Promise<readonly Lost[]> => {
  const { clients, dynamoDb, table } = heart;
  const { Item: known = {} } = await dynamoDb.get({
    TableName: table,
    Key: { pk: partition, sk: key },
    ConsistentRead: true,
  });
  const beatAt = text(known['beatAt']);
  const eventAt = await field(heart, key, 'resource', 'lastEventAt');
  const now = heart.clock();
  await write(clients, key);
  const isLost = beatAt !== undefined && !isBack(beatAt, eventAt, now);
  const Item = {
    pk: partition,
    sk: key,
    beatAt: now.toISOString(),
    ...silencesAfter(known, isLost, now),
  };
  await dynamoDb.put({ TableName: table, Item });
  return isLost ? [{ key, beatAt }] : [];
};

/**
 * Looks whether the last writes came back, then writes again; the first time there is nothing to look for.
 * @param keys the posture rows' keys of the resources
 */
export const beatAll = async (heart: Heart, keys: readonly string[]): Promise<readonly Lost[]> =>
  (await Promise.all(keys.map((key) => beat(heart, key)))).flat();

/** @throws where a write did not come back: the function's errors are what the alarm watches */
export const throwIfLost = (lost: readonly Lost[]): void => {
  if (lost.length === 0) return;
  const which = lost.map(({ key, beatAt }) => `${key} (written at ${beatAt})`).join(', ');
  throw new Error(
    `no event came back of ${which}: see the trail, the rules and the queue of changes`,
  );
};
