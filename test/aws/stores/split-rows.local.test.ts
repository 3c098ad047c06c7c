import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { createPosture, type Posture } from '../../../lib/aws/stores/posture.ts';
import { createPostureListing } from '../../../lib/aws/stores/posture-listing.ts';
import { allControls } from '../../../lib/controls/index.ts';
import { subjectOf } from '../../../lib/engine/findings/finding-id.ts';
import { successors, takenOver } from '../../../lib/engine/posture/former-types.ts';
import { packed } from '../../../lib/engine/posture/packed-row.ts';
import type { ControlRow, ResourceRow } from '../../../lib/engine/posture/row.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';

// What a table holds that the release before the split wrote.

const account = '123456789012';
const region = 'us-east-1';
const at = '2026-06-15T12:00:00.000Z';
const arn = `arn:aws:iam::${account}:root`;
const ref = { account, region, id: region };
const keyOf = (type: string) => `${account}#${region}#${type}#${region}`;
const formerKey = keyOf('Plumbline::AccountRegion');
const trails = keyOf('Plumbline::CloudTrail::Region');
const breakers = keyOf('Plumbline::Breakers');
const analyzers = keyOf('Plumbline::AccessAnalyzer::Region');

const failing = (more: Partial<ControlRow> = {}): ControlRow => ({
  verdict: { status: 'FAIL', reason: 'as it was', evidence: [] },
  lastKnown: 'FAIL',
  since: at,
  firstSeenAt: at,
  readAt: at,
  episodes: 3,
  causes: [],
  hash: 'abc',
  published: { hash: 'abc', updatedAt: at, status: 'FAILED' },
  ...more,
});
const former: ResourceRow = {
  type: 'Plumbline::AccountRegion',
  ref,
  version: 41,
  readAt: at,
  stampedAt: at,
  arn,
  tags: {},
  controls: {
    'PL.BLIND.1': failing(),
    'PL.BREAKER.1': failing({ verdict: { status: 'PASS' }, lastKnown: 'PASS' }),
    'IAM.28': failing({ lastAction: 'pl-1', plan: { text: 'x', hash: 'h', isCalls: true } }),
  },
  awaits: [{ action: 'pl-1', since: at }],
  exemptions: { 'PL.BLIND.1': { owner: 'web', reason: 'for now', expires: at } },
  unrecorded: [{ controlId: 'IAM.28', to: 'FAIL', at, causes: [] }],
  settle: { arrivesAt: at, wantedAt: at, facets: 'all', attempt: 1 },
};

const indexes = { due: ['dueShard', 'dueAt'], subjects: ['subject', 'pk'] } as const;
const hashAndRange = ([hash, range]: readonly [string, string]) => [
  { AttributeName: hash, KeyType: 'HASH' as const },
  { AttributeName: range, KeyType: 'RANGE' as const },
];
let tables = 0;
/** An empty table with the indexes by which rows are found. */
const freshTable = async (): Promise<string> => {
  tables += 1;
  const TableName = `posture${tables}`;
  await dynamoDb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'dueShard', 'dueAt', 'subject'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: hashAndRange(['pk', 'sk']),
      GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, keys]) => ({
        IndexName,
        KeySchema: hashAndRange(keys),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  );
  return TableName;
};

let moto: Moto;
let dynamoDb: DynamoDBDocument;
let table: string;
let posture: Posture;
beforeAll(async () => {
  moto = await startMoto();
  const client = new DynamoDBClient({
    region,
    endpoint: moto.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  dynamoDb = DynamoDBDocument.from(client, { marshallOptions: { removeUndefinedValues: true } });
}, 60_000);
afterAll(async () => {
  dynamoDb.destroy();
  await moto.stop();
});
beforeEach(async () => {
  table = await freshTable();
  posture = createPosture(dynamoDb, table);
  await dynamoDb.put({
    TableName: table,
    Item: {
      pk: formerKey,
      sk: 'resource',
      version: former.version,
      dueShard: 'due#0',
      dueAt: at,
      subject: subjectOf(arn),
      row: JSON.stringify(packed(former)),
    },
  });
});
const read = async (key: string) => {
  const row = (await posture.read([key])).get(key);
  if (!row) throw new Error(`there is no ${key}`);
  return row;
};
const next = (row: ResourceRow): ResourceRow => ({ ...row, version: row.version + 1 });
const formerItem = async () =>
  (await dynamoDb.get({ TableName: table, Key: { pk: formerKey, sk: 'resource' } })).Item;

describe('a row of a type that became several', () => {
  it('is read as its parts: verdicts, episodes, what was published, exemptions and last action', async () => {
    expect(await read(trails)).toMatchObject({
      type: 'Plumbline::CloudTrail::Region',
      ref,
      arn,
      controls: { 'PL.BLIND.1': failing() },
      exemptions: former.exemptions,
    });
    expect(Object.keys((await read(trails)).controls)).toEqual(['PL.BLIND.1']);
    expect(await read(analyzers)).toMatchObject({
      controls: { 'IAM.28': { lastAction: 'pl-1', episodes: 3 } },
      awaits: former.awaits,
      unrecorded: former.unrecorded,
    });
    expect(await read(breakers)).not.toHaveProperty('awaits');
    // A plan is kept beside its row, and made again.
    expect((await read(analyzers)).controls['IAM.28']).not.toHaveProperty('plan');
  });

  it('is no part of a type that it says nothing of', async () => {
    const config = keyOf('Plumbline::Config::Region');
    expect((await posture.read([config])).size).toBe(0);
    expect(await posture.write(config, undefined, next(former), at)).toBe(true);
  });

  it('is split once, with all of its parts, and not asked for again', async () => {
    const [one, other] = [await read(trails), await read(breakers)];
    expect(await posture.write(trails, one, next(one), at)).toBe(true);
    expect(await formerItem()).toMatchObject({ retired: true, expiresAt: expect.any(Number) });
    expect(await formerItem()).not.toHaveProperty('dueShard');
    expect(await formerItem()).not.toHaveProperty('subject');
    // Who read it before the split has lost, and reads what the first wrote.
    expect(await posture.write(breakers, other, next(other), at)).toBe(false);
    const again = await read(breakers);
    expect(again).not.toHaveProperty('splitFrom');
    expect(await posture.write(breakers, again, next(again), at)).toBe(true);
    expect(await read(trails)).toMatchObject({
      version: 42,
      controls: { 'PL.BLIND.1': failing() },
    });
  });

  it('is split once by two at the same time', async () => {
    const rows = await Promise.all([trails, breakers, analyzers, trails].map(read));
    const keys = [trails, breakers, analyzers, trails];
    const written = await Promise.all(
      rows.map((row, index) => posture.write(keys[index] ?? '', row, next(row), at)),
    );
    expect(written.filter(Boolean)).toHaveLength(1);
    expect((await posture.read([trails, breakers, analyzers])).size).toBe(3);
  });

  it('is due, and found by its finding, as its parts, before and after', async () => {
    const keys = expect.arrayContaining([trails, breakers, analyzers]);
    expect(await posture.due(at, 10)).toEqual(keys);
    expect(await posture.keysOf(subjectOf(arn))).toEqual(keys);
    const row = await read(trails);
    await posture.write(trails, row, next(row), at);
    for (const found of [await posture.due(at, 10), await posture.keysOf(subjectOf(arn))]) {
      expect(found).toEqual(keys);
      expect(found).toHaveLength(3);
    }
  });

  it('keeps its exemptions once, before and after', async () => {
    const exempted = async () => {
      const types: string[] = [];
      for await (const row of createPostureListing(dynamoDb, table).exempted()) {
        types.push(...Object.keys(row.exemptions ?? {}).map((id) => `${id} ${row.type}`));
      }
      return types;
    };
    expect(await exempted()).toEqual(['PL.BLIND.1 Plumbline::CloudTrail::Region']);
    const row = await read(trails);
    await posture.write(trails, row, next(row), at);
    expect(await exempted()).toEqual(['PL.BLIND.1 Plumbline::CloudTrail::Region']);
  });
});

describe('the types that took over from others', () => {
  it.each(successors)('%s evaluates what it took over', async (type) => {
    const evaluated = (await allControls())
      .filter(({ resources }) => resources.some((one) => one.type === type))
      .map(({ id }) => id);
    expect(evaluated).toEqual(expect.arrayContaining([...takenOver(type)]));
  });
});
