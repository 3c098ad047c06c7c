import { createRegions, type Regions } from '../../../lib/aws/stores/regions.ts';
import { givenTables } from '../../fakes/fresh-table.ts';
import { memoryRegions } from '../../fakes/memory-regions.ts';

const freshTable = givenTables();
const west = { account: '444455556666', region: 'eu-west-1' };
const north = { account: '444455556666', region: 'eu-north-1' };
const [first, then] = ['2026-06-15T12:00:00.000Z', '2026-06-16T12:00:00.000Z'];

describe.each([
  [
    'the table',
    async (): Promise<Regions> => {
      const { dynamoDb, table } = await freshTable();
      return createRegions(dynamoDb, table);
    },
  ],
  ['its double', async (): Promise<Regions> => memoryRegions()],
])('notes of regions in %s', (_, create) => {
  it('say nothing of a region that nobody has noted', async () => {
    const regions = await create();
    expect(await regions.read(west)).toEqual(west);
    expect(await regions.all()).toEqual([]);
  });

  it('keep what was noted before', async () => {
    const regions = await create();
    await regions.note(west, { sweptAt: first });
    await regions.note(west, { heldAt: first, closedSince: first });
    await regions.note(west, { heldAt: then, heardAt: then });
    await regions.note(north, { sweptAt: then });
    expect(await regions.read(west)).toEqual({
      ...west,
      sweptAt: first,
      heldAt: then,
      heardAt: then,
      closedSince: first,
    });
    expect(await regions.all()).toHaveLength(2);
  });

  it('end that a region is closed, and nothing else', async () => {
    const regions = await create();
    await regions.note(west, { heldAt: first, closedSince: first });
    await regions.opened(west);
    await regions.opened(west);
    expect(await regions.read(west)).toEqual({ ...west, heldAt: first });
  });
});
