import { type AuditRequests, createAuditRequests } from '../../../lib/aws/stores/audit-requests.ts';
import {
  createHostInventory,
  type HostInventory,
  type KnownHost,
} from '../../../lib/aws/stores/host-inventory.ts';
import type { Where } from '../../../lib/model/resource-type.ts';
import { givenTables } from '../../fakes/fresh-table.ts';
import { memoryAuditRequests } from '../../fakes/memory-audit-requests.ts';
import { memoryInventory } from '../../fakes/memory-inventory.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 5, 15, hour));
const command = {
  id: 'c-1',
  document: 'Plumbline-AuditHost-ssh',
  version: '3',
  hash: 'a'.repeat(64),
  areas: ['ssh'],
  hosts: ['i-1', 'i-2'],
};
const hostsOf = async (inventory: HostInventory): Promise<KnownHost[]> => {
  const found: KnownHost[] = [];
  for await (const one of inventory.hosts()) found.push(one);
  return found.sort((a, b) => a.id.localeCompare(b.id));
};

const freshTable = givenTables();
const onTable = async (): Promise<HostInventory> => {
  const { dynamoDb, table } = await freshTable();
  return createHostInventory(dynamoDb, table);
};

describe.each([
  ['in DynamoDB', onTable],
  ['in memory', async () => memoryInventory()],
])('an inventory %s', (_, create) => {
  it('knows the commands that were sent, and no others', async () => {
    const inventory = await create();
    await inventory.noteCommand(command, at(1));
    expect(await inventory.command('c-1')).toEqual(command);
    expect(await inventory.command('c-2')).toBeUndefined();
  });

  it('counts a host as heard of when it is first asked, and never earlier', async () => {
    const inventory = await create();
    await inventory.noteCommand(command, at(1));
    await inventory.noteCommand({ ...command, id: 'c-2' }, at(5));
    expect(await hostsOf(inventory)).toEqual([
      { id: 'i-1', answeredAt: at(1).toISOString() },
      { id: 'i-2', answeredAt: at(1).toISOString() },
    ]);
  });

  it('keeps the latest answer, in whichever order answers come', async () => {
    const inventory = await create();
    await inventory.noteCommand(command, at(1));
    await inventory.noteAnswer({ host: 'i-1' }, at(7).toISOString());
    await inventory.noteAnswer({ host: 'i-1' }, at(4).toISOString());
    await inventory.noteAnswer({ host: 'i-3' }, at(2).toISOString());
    expect(await hostsOf(inventory)).toEqual([
      { id: 'i-1', answeredAt: at(7).toISOString() },
      { id: 'i-2', answeredAt: at(1).toISOString() },
      { id: 'i-3', answeredAt: at(2).toISOString() },
    ]);
  });

  it('gives the next audit of all to one who asks', async () => {
    const inventory = await create();
    expect(await inventory.begunAt()).toBeUndefined();
    const claim = (hour: number) =>
      inventory.claimAudit(at(hour).toISOString(), at(hour - 2).toISOString());
    const claims = await Promise.all([claim(4), claim(4)]);
    expect(claims.filter((isOurs) => isOurs)).toHaveLength(1);
    expect(await claim(5)).toBe(false);
    expect(await claim(6)).toBe(true);
    expect(await inventory.begunAt()).toBe(at(6).toISOString());
  });

  it('knows of each place how asking there went last', async () => {
    const inventory = await create();
    const [ireland, home] = ['eu-west-1', 'us-east-1'].map((region) => ({
      account: '444455556666',
      region,
    })) as [Where, Where];
    expect(await inventory.places()).toEqual([]);
    await inventory.claimAudit(at(1).toISOString(), at(0).toISOString());
    await inventory.notePlace({ ...ireland, askedAt: at(1).toISOString(), refused: 'no' });
    await inventory.notePlace({ ...home, askedAt: at(1).toISOString(), refused: 'no' });
    await inventory.notePlace({ ...home, askedAt: at(2).toISOString() });
    expect(await inventory.places()).toEqual([
      { ...ireland, askedAt: at(1).toISOString(), refused: 'no' },
      { ...home, askedAt: at(2).toISOString() },
    ]);
  });

  it('knows a host of another place apart from one of the same id here', async () => {
    const inventory = await create();
    const where = { account: '444455556666', region: 'eu-west-1' };
    await inventory.noteCommand(command, at(1));
    await inventory.noteCommand({ ...command, id: 'c-2', hosts: ['i-1'], where }, at(2));
    await inventory.noteAnswer({ host: 'i-1', where }, at(3).toISOString());
    await inventory.forget({ host: 'i-1' });
    expect(await hostsOf(inventory)).toEqual([
      { id: 'i-1', where, answeredAt: at(3).toISOString() },
      { id: 'i-2', answeredAt: at(1).toISOString() },
    ]);
  });

  it('forgets a host that is gone', async () => {
    const inventory = await create();
    await inventory.noteCommand(command, at(1));
    await inventory.forget({ host: 'i-1' });
    expect((await hostsOf(inventory)).map(({ id }) => id)).toEqual(['i-2']);
  });
});

describe.each([
  [
    'in DynamoDB',
    async (): Promise<AuditRequests> => {
      const { dynamoDb, table } = await freshTable();
      return createAuditRequests(dynamoDb, table);
    },
  ],
  ['in memory', async () => memoryAuditRequests()],
])('what people asked for of hosts, %s', (_, create) => {
  const takenAt = at(1).toISOString();

  it('is known by its id, as it was said first', async () => {
    const asks = await create();
    expect(await asks.became('a')).toBeUndefined();
    await asks.note('a', { takenAt }, at(1));
    await asks.note('a', { isTooSoon: true }, at(2));
    await asks.note('b', { isTooSoon: true }, at(2));
    expect([await asks.became('a'), await asks.became('b')]).toEqual([
      { takenAt },
      { isTooSoon: true },
    ]);
  });

  it('begins once in a time', async () => {
    const asks = await create();
    const claim = (hour: number) => asks.claim(at(hour).toISOString(), at(hour - 2).toISOString());
    expect((await Promise.all([claim(4), claim(4)])).sort()).toEqual([false, true]);
    expect([await claim(5), await claim(6)]).toEqual([false, true]);
  });
});
