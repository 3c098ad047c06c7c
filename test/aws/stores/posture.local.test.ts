import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { createPosture, type Posture } from '../../../lib/aws/stores/posture.ts';
import { conflict, retryOnConflict } from '../../../lib/aws/stores/retry-on-conflict.ts';
import type { ResourceRow, Transition } from '../../../lib/engine/posture/row.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { memoryPosture } from '../../fakes/memory-posture.ts';

const row = (version: number, more: Partial<ResourceRow> = {}): ResourceRow => ({
  type: 'Plumbline::House',
  ref: { account: '123456789012', region: 'us-east-1', id: 'home' },
  version,
  readAt: '2026-06-15T12:00:00.000Z',
  stampedAt: '2026-06-15T12:00:00.000Z',
  tags: { 'aws:cloudformation:stack-name': 'town' },
  controls: {
    'T.1': {
      verdict: {
        status: 'FAIL',
        reason: 'open',
        evidence: [{ path: 'front', actual: null, expected: { not: ['open'] } }],
      },
      lastKnown: 'FAIL',
      since: '2026-06-15T12:00:00.000Z',
      firstSeenAt: '2026-06-15T12:00:00.000Z',
      readAt: '2026-06-15T12:00:00.000Z',
      episodes: 1,
      causes: [],
      hash: 'abc',
    },
  },
  ...more,
});
const turn: Transition = {
  controlId: 'T.1',
  to: 'FAIL',
  at: '2026-06-15T12:00:00.000Z',
  causes: [],
};
const published = { hash: 'abc', updatedAt: '2026-06-15T12:00:00.000Z', status: 'FAILED' } as const;
const due = '2026-06-18T12:00:00.000Z';

let moto: Moto;
let documents: DynamoDBDocument;
let tables = 0;

beforeAll(async () => {
  moto = await startMoto();
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: moto.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  documents = DynamoDBDocument.from(client, { marshallOptions: { removeUndefinedValues: true } });
}, 60_000);
afterAll(async () => {
  documents.destroy();
  await moto.stop();
});

const onTable = async (): Promise<Posture> => {
  const { CreateTableCommand } = await import('@aws-sdk/client-dynamodb');
  tables += 1;
  const TableName = `Posture${tables}`;
  await documents.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', 'dueShard', 'dueAt'].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'dueShard', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  );
  return createPosture(documents, TableName);
};

// The double that the runtime's tests interleave keeps the contract of the table.
describe.each([
  ['the table', onTable],
  ["the runtime tests' double", async () => memoryPosture()],
])('%s', (_, create) => {
  it('gives back what was written, and nothing for what was not', async () => {
    const posture = await create();
    expect(await posture.write('home', undefined, row(1), due)).toBe(true);
    expect(await posture.read(['home', 'hut'])).toEqual(new Map([['home', row(1)]]));
  });

  it('lets one of two first writers win', async () => {
    const posture = await create();
    const won = await Promise.all([
      posture.write('home', undefined, row(1), due),
      posture.write('home', undefined, row(1), due),
    ]);
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it('is written by each of twenty writers at once, in turn', async () => {
    const posture = await create();
    await posture.write('home', undefined, row(1), due);
    const write = () =>
      retryOnConflict('home', posture.turns, async () => {
        const before = (await posture.read(['home'])).get('home');
        const next = row((before?.version ?? 0) + 1);
        return (await posture.write('home', before, next, due)) ? next.version : conflict;
      });
    const wrote = await Promise.all(Array.from({ length: 20 }, write));
    expect(wrote.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 2),
    );
  });

  it('gives places in line, of which none is ever taken back', async () => {
    const { turns } = await create();
    expect(await turns.through('home')).toBe(0);
    expect([await turns.take('home'), await turns.take('home')]).toEqual([1, 2]);
    await turns.leave('home', 2);
    await turns.leave('home', 1);
    expect(await turns.through('home')).toBe(2);
    expect(await turns.take('hut')).toBe(1);
  });

  it('refuses a writer who read an older version', async () => {
    const posture = await create();
    await posture.write('home', undefined, row(1), due);
    expect(await posture.write('home', row(1), row(2), due)).toBe(true);
    expect(await posture.write('home', row(1), row(2), due)).toBe(false);
  });

  it('notes what was published of the version that stands, and lets no older reader take it back', async () => {
    const posture = await create();
    await posture.write('home', undefined, row(1), due);
    expect(await posture.notePublished('home', row(1), { published: { 'T.1': published } })).toBe(
      true,
    );
    const [after] = [...(await posture.read(['home'])).values()];
    expect(after?.controls['T.1']?.published).toEqual(published);
    expect(await posture.write('home', row(1), row(2), due)).toBe(false);
    expect(await posture.notePublished('home', row(1), { published: { 'T.1': published } })).toBe(
      false,
    );
    if (!after) throw new Error('no row');
    expect(await posture.write('home', after, row(after.version + 1), due)).toBe(true);
  });

  it('finds what is due, and not what is gone', async () => {
    const posture = await create();
    await posture.write('home', undefined, row(1), due);
    await posture.write('hut', undefined, row(1, { goneAt: due }), due);
    expect(await posture.due('2026-06-18T11:59:59.999Z', 10)).toEqual([]);
    expect(await posture.due(due, 10)).toEqual(['home']);
  });
});

describe.each([
  ['the table', onTable],
  ["the runtime tests' double", async () => memoryPosture()],
])('%s', (_, create) => {
  it('lets a sweep of everything be claimed once a period', async () => {
    const posture = await create();
    const [monday, tuesday] = ['2026-06-15T12:00:00.000Z', '2026-06-16T12:00:00.000Z'];
    expect(await posture.claimSweep(monday, '2026-06-14T12:00:00.000Z')).toBe(true);
    expect(await posture.claimSweep(monday, '2026-06-14T12:00:00.000Z')).toBe(false);
    expect(await posture.claimSweep(tuesday, monday)).toBe(true);
  });
});

it('keeps transitions, more than one call takes, each once', async () => {
  const posture = await onTable();
  const turns = Array.from({ length: 30 }, (_, index) => ({ ...turn, controlId: `T.${index}` }));
  await posture.addTransitions('home', turns);
  await posture.addTransitions('home', turns);
  const { Items } = await documents.query({
    TableName: `Posture${tables}`,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :transition)',
    ExpressionAttributeValues: { ':pk': 'home', ':transition': 'transition#' },
  });
  expect(Items).toHaveLength(30);
  expect(Items?.[0]).toMatchObject({ expiresAt: Date.parse(turn.at) / 1000 + 90 * 86_400 });
});

it('reads more rows than one call takes', async () => {
  const posture = await onTable();
  const keys = Array.from({ length: 130 }, (_, index) => `home${index}`);
  for (const key of keys) await posture.write(key, undefined, row(1), due);
  expect((await posture.read(keys)).size).toBe(130);
});
