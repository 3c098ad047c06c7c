import { deflateRawSync } from 'node:zlib';
import { itemOf, rowIn } from '../../../lib/aws/stores/row-items.ts';
import { keyOf } from '../../../lib/engine/changes/change.ts';
import { life, start } from '../../fakes/row-life.ts';

describe('a row that is kept compressed', () => {
  const { read, row: rowNow } = life();
  read(1, { status: 'PASS' });
  const row = rowNow();
  if (!row) throw new Error('no row');
  const item = itemOf(keyOf(row), row, new Date(start).toISOString(), 'deflated');
  /** The same row, with so many characters more in a member that no row has. */
  const withMore = (length: number) => ({
    ...item,
    packed: deflateRawSync(JSON.stringify({ ...row, more: 'x'.repeat(length) })),
  });

  it('is read as it was, and shows nothing of it but what people look for', () => {
    expect(rowIn(item)).toEqual(row);
    expect(item).not.toHaveProperty('row');
  });

  it('is not inflated to more than 1 MB: it is no row then', () => {
    expect(rowIn(withMore(900_000)).isUnreadable).toBeUndefined();
    const large = withMore(1_000_000);
    expect(large.packed.length).toBeLessThan(5_000);
    expect(rowIn(large).isUnreadable).toBe(true);
  });
});
