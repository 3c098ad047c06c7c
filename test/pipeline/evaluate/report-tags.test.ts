import { packed } from '../../../lib/engine/posture/packed-row.ts';
import { plausibleRow } from '../../../lib/engine/posture/plausible-row.ts';
import { tagValuesOf } from '../../../lib/engine/posture/report-tags.ts';
import { createWorld, denied, rowOf, start, type World } from '../../fakes/fake-resource.ts';

const day = 86_400_000;
const iso = (at: number) => new Date(start + at).toISOString();
const sweep = (world: World) =>
  world.deliver({ ...world.event('', [], 0), facets: 'all', cause: { kind: 'sweep' } });
const keys = (...reportTags: string[]) => ({ baseline: { reportTags } });
/** What another `plumbline.yaml` says from now on. */
const setKeys = (world: World, reportTags: readonly string[] | undefined): void => {
  const { reportTags: _, ...baseline } = world.runtime.baseline;
  Object.assign(world.runtime, {
    baseline: { ...baseline, ...(reportTags ? { reportTags } : {}) },
  });
};
const shut = (options: Parameters<typeof createWorld>[0] = {}): World => {
  const world = createWorld(options);
  world.doors.set('home', { front: 'shut', back: 'shut' });
  return world;
};

describe('tags for reports', () => {
  it('are read of what passes, with a mark for keys that it has not', async () => {
    const world = shut(keys('secrecy', 'team'));
    await sweep(world);
    expect(rowOf(world)).toMatchObject({
      tags: {},
      reportTags: { since: iso(0), values: { secrecy: 'high', team: null } },
    });
  });

  it('leave a row as it was where the baseline names none', async () => {
    const [plain, named] = [shut(), shut(keys('secrecy'))];
    await sweep(plain);
    await sweep(named);
    const { reportTags, ...rest } = rowOf(named) ?? {};
    expect(reportTags).toBeDefined();
    expect(JSON.stringify(packed(rowOf(plain) as never))).toBe(
      JSON.stringify(packed(rest as never)),
    );
  });

  it('have a time since which they are so', async () => {
    const world = shut(keys('secrecy'));
    await sweep(world);
    world.at(day);
    await sweep(world);
    expect(rowOf(world)?.reportTags?.since).toBe(iso(0));
    setKeys(world, ['secrecy', 'other']);
    world.at(2 * day);
    await sweep(world);
    expect(rowOf(world)?.reportTags).toEqual({
      since: iso(2 * day),
      values: { secrecy: 'high', other: 'x' },
    });
  });

  it('are gone from a row once the baseline names none', async () => {
    const world = shut(keys('secrecy'));
    await sweep(world);
    setKeys(world, undefined);
    world.at(day);
    await sweep(world);
    expect(rowOf(world)).not.toHaveProperty('reportTags');
  });

  it('that may not be read are not known, and keep no verdict back', async () => {
    const world = shut(keys('secrecy'));
    await sweep(world);
    for (const error of [denied(), new Error('socket hang up')]) {
      world.faults.set('read about', error);
      world.at(day);
      await sweep(world);
      expect(rowOf(world)).toMatchObject({
        reportTags: { values: {} },
        controls: { 'T.1': { verdict: { status: 'PASS' }, readAt: iso(day) } },
      });
    }
  });

  it('are read in the words of AWS, whatever they say, and never cut', () => {
    const hostile = '<script>alert(1)</script>\u202e=cmd|x';
    const tags = JSON.parse(
      JSON.stringify({ team: hostile, long: 'x'.repeat(257), most: 'x'.repeat(256) }),
    );
    expect(tagValuesOf(tags, ['team', 'long', 'most', 'constructor', '__proto__'])).toEqual(
      Object.fromEntries([
        ['team', hostile],
        ['most', 'x'.repeat(256)],
        ['constructor', null],
        ['__proto__', null],
      ]),
    );
    expect(tagValuesOf(undefined, ['team'])).toEqual({});
  });

  it('of a time that is still to come are not believed', async () => {
    const world = shut(keys('secrecy'));
    await sweep(world);
    const row = rowOf(world);
    if (!row) throw new Error('there is no row');
    const later = { ...row, reportTags: { since: iso(9 * day), values: { secrecy: 'low' } } };
    expect(plausibleRow(row, new Date(start))).toHaveProperty('reportTags');
    expect(plausibleRow(later, new Date(start))).not.toHaveProperty('reportTags');
  });
});
