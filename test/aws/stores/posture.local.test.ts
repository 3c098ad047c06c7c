import { deflateRawSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { createPosture, type Posture } from '../../../lib/aws/stores/posture.ts';
import { createPostureListing } from '../../../lib/aws/stores/posture-listing.ts';
import { conflict, retryOnConflict } from '../../../lib/aws/stores/retry-on-conflict.ts';
import { keyOf, ofKey } from '../../../lib/engine/changes/change.ts';
import type { ControlRow, ResourceRow, Transition } from '../../../lib/engine/posture/row.ts';
import type { RowForm } from '../../../lib/engine/posture/row-form.ts';
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
const home = keyOf(row(1));
const turn: Transition = {
  controlId: 'T.1',
  to: 'FAIL',
  at: '2026-06-15T12:00:00.000Z',
  causes: [],
};
const published = { hash: 'abc', updatedAt: '2026-06-15T12:00:00.000Z', status: 'FAILED' } as const;
const due = '2026-06-18T12:00:00.000Z';

let moto: Moto;
let dynamoDb: DynamoDBDocument;
let tables = 0;

beforeAll(async () => {
  moto = await startMoto();
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: moto.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  dynamoDb = DynamoDBDocument.from(client, { marshallOptions: { removeUndefinedValues: true } });
}, 60_000);
afterAll(async () => {
  dynamoDb.destroy();
  await moto.stop();
});

const onTable = async (form?: RowForm): Promise<Posture> => {
  const { CreateTableCommand } = await import('@aws-sdk/client-dynamodb');
  tables += 1;
  const TableName = `Posture${tables}`;
  await dynamoDb.send(
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
  return createPosture(dynamoDb, TableName, form);
};

// The double that the runtime's tests interleave keeps the contract of the table.
describe.each([
  ['the table', 'json', () => onTable()],
  ['the table, compressed', 'deflated', () => onTable('deflated')],
  ["the runtime tests' double", 'json', async () => memoryPosture()],
  [
    "the runtime tests' double, compressed",
    'deflated',
    async () => memoryPosture(undefined, 'deflated'),
  ],
] as const)('%s', (_, form, create) => {
  it('gives back what was written, and nothing for what was not', async () => {
    const posture = await create();
    expect(await posture.write(home, undefined, row(1), due)).toBe(true);
    expect(await posture.read([home, 'hut'])).toEqual(new Map([[home, row(1)]]));
  });

  it('lets one of two first writers win', async () => {
    const posture = await create();
    const won = await Promise.all([
      posture.write(home, undefined, row(1), due),
      posture.write(home, undefined, row(1), due),
    ]);
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  it('is written by each of twenty writers at once, in turn', async () => {
    const posture = await create();
    await posture.write(home, undefined, row(1), due);
    const write = () =>
      retryOnConflict(home, posture.turns, async () => {
        const before = (await posture.read([home])).get(home);
        const next = row((before?.version ?? 0) + 1);
        return (await posture.write(home, before, next, due)) ? next.version : conflict;
      });
    const wrote = await Promise.all(Array.from({ length: 20 }, write));
    expect(wrote.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 2),
    );
  });

  it('gives places in line, of which none is ever taken back', async () => {
    const { turns } = await create();
    expect(await turns.through(home)).toBe(0);
    expect([await turns.take(home), await turns.take(home)]).toEqual([1, 2]);
    await turns.leave(home, 2);
    await turns.leave(home, 1);
    expect(await turns.through(home)).toBe(2);
    expect(await turns.take('hut')).toBe(1);
  });

  it('refuses a writer who read an older version', async () => {
    const posture = await create();
    await posture.write(home, undefined, row(1), due);
    expect(await posture.write(home, row(1), row(2), due)).toBe(true);
    expect(await posture.write(home, row(1), row(2), due)).toBe(false);
  });

  it('notes what was published of the version that stands, and of no other', async () => {
    const posture = await create();
    const noted = { published: { 'T.1': published } };
    await posture.write(home, undefined, row(1, { unrecorded: [turn] }), due);
    await posture.note(home, row(1, { unrecorded: [turn] }), noted);
    const [after] = [...(await posture.read([home])).values()];
    expect(after?.controls['T.1']?.published).toEqual(published);
    expect(after).not.toHaveProperty('unrecorded');
    if (!after) throw new Error('no row');
    const { version } = after;
    // As text it is the next version; compressed, whoever read it before publishes it again.
    expect(version).toBe(form === 'json' ? 2 : 1);
    expect(await posture.write(home, after, row(version + 1), due)).toBe(true);
    await posture.note(home, row(1), noted);
    const [next] = [...(await posture.read([home])).values()];
    expect(next).toEqual(row(version + 1));
  });

  it('finds what is due, and not what is gone', async () => {
    const posture = await create();
    await posture.write(home, undefined, row(1), due);
    await posture.write('hut', undefined, row(1, { goneAt: due }), due);
    expect(await posture.due('2026-06-18T11:59:59.999Z', 10)).toEqual([]);
    expect(await posture.due(due, 10)).toEqual([home]);
  });
});

describe.each([
  ['the table', () => onTable()],
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

const transitionItems = async () => {
  const { Items } = await dynamoDb.query({
    TableName: `Posture${tables}`,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :transition)',
    ExpressionAttributeValues: { ':pk': home, ':transition': 'transition#' },
  });
  return Items ?? [];
};
const turns = Array.from({ length: 30 }, (_, index) => ({ ...turn, controlId: `T.${index}` }));
const turned = row(1, { unrecorded: turns });

it('keeps transitions, more than one call takes, each once', async () => {
  const posture = await onTable();
  await posture.note(home, turned, { published: {} });
  await posture.note(home, turned, { published: {} });
  const items = await transitionItems();
  expect(items).toHaveLength(30);
  expect(items[0]).toMatchObject({ expiresAt: Date.parse(turn.at) / 1000 + 90 * 86_400 });
});

it('keeps the transitions of one delivery in one item, where rows are compressed', async () => {
  const posture = await onTable('deflated');
  await posture.note(home, turned, { published: {} });
  await posture.note(home, turned, { published: {} });
  const items = await transitionItems();
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ expiresAt: Date.parse(turn.at) / 1000 + 90 * 86_400 });
});

const waiting = row(1, {
  controls: {
    'T.1': {
      ...row(1).controls['T.1'],
      remediation: { episode: 1, action: 'a', state: 'waiting' },
    },
  } as ResourceRow['controls'],
  exemptions: { 'T.1': { owner: 'web', reason: 'public', expires: due } },
});
const forms: readonly RowForm[] = ['json', 'deflated'];

describe.each(forms)('a row that was written as %s', (form) => {
  it.each(forms)('is read, overwritten and noted by one that writes %s', async (other) => {
    const first = await onTable(form);
    const second = createPosture(dynamoDb, `Posture${tables}`, other);
    await first.write(home, undefined, turned, due);
    await first.note(home, turned, { published: { 'T.1': published } });
    const [read] = [...(await second.read([home])).values()];
    expect(read?.controls['T.1']?.published).toEqual(published);
    if (!read) throw new Error('no row');
    const next = { ...read, version: read.version + 1, unrecorded: [turn] };
    expect(await second.write(home, read, next, due)).toBe(true);
    await second.note(home, next, { published: {} });
    const [last] = [...(await first.read([home])).values()];
    expect(last).toMatchObject({ controls: { 'T.1': { published } } });
    expect(last).not.toHaveProperty('unrecorded');
    // Nothing of the other form stays beside it.
    const { Item } = await dynamoDb.get({
      TableName: `Posture${tables}`,
      Key: { pk: home, sk: 'resource' },
    });
    expect(Object.keys(Item ?? {}).filter((name) => ['row', 'packed'].includes(name))).toEqual([
      other === 'json' ? 'row' : 'packed',
    ]);
  });

  it('is found by people: exempted, pending, and how it turned', async () => {
    const posture = await onTable(form);
    const listing = createPostureListing(dynamoDb, `Posture${tables}`);
    await posture.write(home, undefined, { ...waiting, unrecorded: [turn] }, due);
    await posture.write('hut', undefined, row(1), due);
    await posture.note(home, { ...waiting, unrecorded: [turn] }, { published: {} });
    const found: ResourceRow[] = [];
    for await (const one of listing.exempted()) found.push(one);
    for await (const one of listing.pending()) found.push(one);
    expect(found.map(({ exemptions }) => exemptions?.['T.1']?.owner)).toEqual(['web', 'web']);
    expect(await listing.transition(home, turn.at, 'T.1')).toEqual(turn);
    expect(await listing.transition(home, turn.at, 'T.2')).toBeUndefined();
  });
});

describe('what is no row', () => {
  const kept = JSON.stringify(row(1));
  const control = row(1).controls['T.1'] as ControlRow;
  const with1 = (over: object) => ({
    row: JSON.stringify({ ...row(1), controls: { 'T.1': { ...control, ...over } } }),
  });
  const whole = (over: object) => ({ row: JSON.stringify({ ...row(1), ...over }) });
  const packedAs = (value: unknown) => ({ packed: deflateRawSync(JSON.stringify(value)) });
  const hostile: Readonly<Record<string, object>> = {
    nothing: {},
    'no JSON': { row: '{' },
    null: { row: 'null' },
    'a list': { row: '[]' },
    'a number': { row: 7 },
    'no bytes of deflate': { packed: new Uint8Array([1, 2, 3]) },
    'more than a row can have': {
      packed: deflateRawSync(`${kept.slice(0, -1)},"x":"${' '.repeat(2_000_000)}"}`),
    },
    'controls that are null': whole({ controls: null }),
    'controls that are a list': whole({ controls: [control] }),
    'a control that is null': whole({ controls: { 'T.1': null } }),
    'no ref': whole({ ref: undefined }),
    'another resource': whole({ ref: { ...row(1).ref, id: 'hut' } }),
    'another type': whole({ type: 'Plumbline::Hut' }),
    'tags that are numbers': whole({ tags: { env: 1 } }),
    'a time that is none': whole({ readAt: 'yesterday' }),
    'an exemption without an end': whole({ exemptions: { 'T.1': { owner: 'a', reason: 'b' } } }),
    'a reachability without a way': whole({ reachability: { from: 'internet', readAt: due } }),
    'a word for no status': with1({ verdict: { status: 'GREEN' } }),
    'no verdict': with1({ verdict: undefined }),
    'evidence that is a text': with1({ verdict: { status: 'FAIL', evidence: 'all' } }),
    'causes that are null': with1({ causes: null }),
    'a cause without an id': with1({ causes: [{ kind: 'event' }] }),
    'published as a text': with1({ published: 'FAILED' }),
    'events that are none': packedAs({
      ...row(1),
      events: 'ab',
      controls: { 'T.1': { causes: [0] } },
    }),
    'numbers of events that are none': packedAs({
      ...row(1),
      events: [],
      controls: { 'T.1': { ...control, causes: null } },
    }),
    'a mark that only we set': whole({ isUnreadable: true }),
  };
  const item = { pk: home, sk: 'resource', version: 7 };
  const put = (Item: object) =>
    dynamoDb.put({ TableName: `Posture${tables}`, Item: { ...item, ...Item } });
  const unreadable = { type: row(1).type, ref: row(1).ref, controls: {}, isUnreadable: true };

  it.each(Object.entries(hostile))('is not believed, and is replaced: %s', async (_, said) => {
    const posture = await onTable();
    await put(said);
    const hut = keyOf({ type: row(1).type, ref: { ...row(1).ref, id: 'hut' } });
    await posture.write(hut, undefined, { ...row(1), ref: { ...row(1).ref, id: 'hut' } }, due);
    const read = await posture.read([home, hut]);
    expect(read.get(home)).toMatchObject({ ...unreadable, version: 7 });
    expect(read.get(hut)).not.toHaveProperty('isUnreadable');
    const listed: ResourceRow[] = [];
    for await (const one of createPostureListing(dynamoDb, `Posture${tables}`).all())
      listed.push(one);
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual(expect.objectContaining(unreadable));
    expect(await posture.write(home, read.get(home), row(8), due)).toBe(true);
    expect((await posture.read([home])).get(home)).toEqual(row(8));
  });

  it.each([
    ['left out', undefined],
    ['a text', '1'],
    ['null', null],
    ['a number that no number of ours is', 2n ** 100n],
  ])('has its version replaced by one of two writers: %s', async (_, version) => {
    const posture = await onTable();
    await put({ row: kept, version });
    const [before] = [...(await posture.read([home])).values()];
    expect(before).toMatchObject({ controls: row(1).controls });
    const won = await Promise.all([
      posture.write(home, before, row(1), due),
      posture.write(home, before, row(1), due),
    ]);
    expect(won.toSorted()).toEqual([false, true]);
    expect((await posture.read([home])).get(home)).toEqual(row(1));
  });

  it.each([
    ['no bytes of deflate', new Uint8Array([1, 2])],
    ['null', deflateRawSync('null')],
    ['nothing published', deflateRawSync('{"transitions":7,"noted":{}}')],
    ['published as null', deflateRawSync('{"noted":{"published":{"T.1":null}}}')],
    ['turns that are none', deflateRawSync('{"transitions":[null,{"controlId":"T.1"}]}')],
  ])('says nothing as a note: %s', async (_, packed) => {
    const posture = await onTable('deflated');
    await posture.write(home, undefined, row(1), due);
    const sk = `transition#${row(1).readAt}#1`;
    await dynamoDb.put({ TableName: `Posture${tables}`, Item: { pk: home, sk, packed } });
    expect((await posture.read([home])).get(home)).toEqual(row(1));
    const listing = createPostureListing(dynamoDb, `Posture${tables}`);
    expect(await listing.transition(home, row(1).readAt, 'T.1')).toBeUndefined();
  });
});

it('reads more rows than one call takes', async () => {
  const posture = await onTable();
  const keys = Array.from({ length: 130 }, (_, index) =>
    keyOf({ ...row(1), ref: { ...row(1).ref, id: `home${index}` } }),
  );
  for (const key of keys) await posture.write(key, undefined, { ...row(1), ...ofKey(key) }, due);
  expect((await posture.read(keys)).size).toBe(130);
});
