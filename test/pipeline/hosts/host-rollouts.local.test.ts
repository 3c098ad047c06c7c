import { createRollouts, type Rollouts, rolloutsKey } from '../../../lib/aws/stores/rollouts.ts';
import type { Rollout } from '../../../lib/engine/rollouts/rollout.ts';
import { givenTables } from '../../fakes/fresh-table.ts';
import { memoryRollouts } from '../../fakes/memory-rollouts.ts';

const now = new Date('2026-06-15T12:00:00.000Z');
const rollout: Rollout = {
  control: 'PL.SSH.4',
  document: 'Plumbline-HardenHost-ssh',
  system: 'debian 12',
  slots: 2,
  canaries: [{ action: 'pl-1', host: 'i-1', at: now.toISOString() }],
  rest: [],
  failed: 0,
};
const stop = { at: now.toISOString(), action: 'pl-1', host: 'i-1', why: 'it broke' };

const freshTable = givenTables();
const ledgerTables = async () => {
  const { table: earlier } = await freshTable();
  return { ...(await freshTable()), earlier };
};
const onTable = async (): Promise<Rollouts> => {
  return createRollouts(await ledgerTables());
};

describe.each([
  ['in DynamoDB', onTable],
  ['in memory', async () => memoryRollouts()],
])('rollouts %s', (_, create) => {
  it('are begun by one of those who begin them at once', async () => {
    const rollouts = await create();
    const begin = () => rollouts.put('a', undefined, rollout, now);
    const begun = await Promise.all([begin(), begin()]);
    expect(begun.filter((isOurs) => isOurs)).toHaveLength(1);
    expect(await rollouts.get('a')).toMatchObject({ key: 'a', rollout });
    expect(await rollouts.get('b')).toBeUndefined();
  });

  it('are written by nobody who has not read the latest of them', async () => {
    const rollouts = await create();
    await rollouts.put('a', undefined, rollout, now);
    const before = await rollouts.get('a');
    expect(await rollouts.put('a', before, { ...rollout, failed: 1 }, now)).toBe(true);
    expect(await rollouts.put('a', before, { ...rollout, failed: 7 }, now)).toBe(false);
    expect((await rollouts.get('a'))?.rollout.failed).toBe(1);
  });

  it('are not written as they were before they were begun anew', async () => {
    const rollouts = await create();
    await rollouts.put('a', undefined, { ...rollout, stopped: stop }, now);
    const [before] = await rollouts.all();
    if (!before) throw new Error('it is not there');
    expect(await rollouts.forget(before)).toBe(true);
    expect(await rollouts.forget(before)).toBe(false);
    await rollouts.put('a', undefined, rollout, now);
    expect(await rollouts.put('a', before, before.rollout, now)).toBe(false);
    expect((await rollouts.get('a'))?.rollout).not.toHaveProperty('stopped');
  });

  it('are all found', async () => {
    const rollouts = await create();
    for (const key of ['a', 'b']) await rollouts.put(key, undefined, rollout, now);
    expect((await rollouts.all()).map(({ key }) => key).sort()).toEqual(['a', 'b']);
  });
});

it('a rollout that stopped stays until a person has it begin again, others end by themselves', async () => {
  const tables = await ledgerTables();
  const { dynamoDb, table } = tables;
  const rollouts = createRollouts(tables);
  const ends = async () =>
    (await dynamoDb.get({ TableName: table, Key: { pk: rolloutsKey, sk: 'a' } })).Item?.[
      'expiresAt'
    ];
  await rollouts.put('a', undefined, rollout, now);
  expect(await ends()).toBe(now.getTime() / 1000 + 30 * 86_400);
  await rollouts.put('a', await rollouts.get('a'), { ...rollout, stopped: stop }, now);
  expect(await ends()).toBeUndefined();
});

describe('a rollout of an earlier release, in the posture table', () => {
  const left = async () => {
    const tables = await ledgerTables();
    const { dynamoDb, earlier } = tables;
    const before = createRollouts({ dynamoDb, table: earlier, earlier });
    await before.put('a', undefined, { ...rollout, stopped: stop }, now);
    return { tables, rollouts: createRollouts(tables) };
  };

  it('stays stopped until a person starts it again, and then is forgotten', async () => {
    const { rollouts } = await left();
    const kept = await rollouts.get('a');
    expect(kept?.rollout.stopped).toEqual(stop);
    const [listed, ...others] = await rollouts.all();
    expect([listed, others]).toEqual([kept, []]);
    if (!listed) throw new Error('it is not there');
    expect(await rollouts.forget(listed)).toBe(true);
    expect(await rollouts.all()).toEqual([]);
    expect(await rollouts.get('a')).toBeUndefined();
  });

  it('goes on in the table of the ledger, and is not there twice', async () => {
    const { rollouts, tables } = await left();
    const kept = await rollouts.get('a');
    expect(await rollouts.put('a', kept, { ...rollout, failed: 1 }, now)).toBe(true);
    expect(await rollouts.put('a', kept, { ...rollout, failed: 2 }, now)).toBe(false);
    const [own, ...others] = await rollouts.all();
    expect([own?.rollout.failed, own?.isEarlier, others]).toEqual([1, undefined, []]);
    if (!own) throw new Error('it is not there');
    expect(await rollouts.forget(own)).toBe(true);
    expect(await rollouts.all()).toEqual([]);
    expect(await createRollouts({ ...tables, table: tables.earlier }).all()).toEqual([]);
  });
});
