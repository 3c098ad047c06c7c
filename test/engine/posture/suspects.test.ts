import fc from 'fast-check';
import type { EventCause } from '../../../lib/engine/changes/change.ts';
import { isKnownTo, suspectsOf } from '../../../lib/engine/posture/suspects.ts';
import { runs } from '../../extent.ts';
import { event, life, start } from '../../fakes/row-life.ts';

const user = (name: string) => `arn:aws:iam::123456789012:user/${name}`;
const by = (name: string, seconds: number, more: Partial<EventCause> = {}): EventCause =>
  event(seconds, { id: `${name}-${seconds}`, by: user(name), ...more });
const session = (role: string, name: string, seconds: number): EventCause =>
  by(name, seconds, {
    by: `arn:aws:sts::123456789012:assumed-role/${role}/${name}`,
    issuer: `arn:aws:iam::123456789012:role/${role}`,
  });
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();
const ids = (events: readonly EventCause[] = []) => events.map(({ id }) => id);
const many = (length: number, of: (index: number) => EventCause) =>
  Array.from({ length }, (_, i) => of(i));
const open = { from: start, until: at(100) };

describe('who brought a FAIL about', () => {
  it('is who acted first, however many harmless calls another one makes after', () => {
    const harmless = many(6, (index) => by('bob', 2 + index));
    const { causes } = suspectsOf(undefined, [by('mallory', 1), ...harmless], open);
    expect(ids(causes)).toContain('mallory-1');
    expect(new Set(causes.map((one) => one.by))).toEqual(new Set([user('mallory'), user('bob')]));
  });

  it('is found behind however many harmless calls another one makes before', () => {
    const harmless = many(60, (index) => by('bob', index, { call: `resource:Touch${index % 9}` }));
    const { causes } = suspectsOf(undefined, [...harmless, by('mallory', 90)], open);
    expect(ids(causes)).toContain('mallory-90');
  });

  it('is found behind however many sessions another role opens', () => {
    const sessions = many(60, (index) => session('robot', `s${index}`, index));
    const { causes, furtherCauses } = suspectsOf(undefined, [...sessions, by('mallory', 90)], open);
    expect(ids(causes)).toContain('mallory-90');
    expect(causes.length).toBeLessThanOrEqual(11);
    expect(furtherCauses).toHaveLength(50);
  });

  it('is counted where more can have done it than are kept', () => {
    const crowd = many(9, (index) => by(`user${index}`, index));
    const { causes, furtherCauses } = suspectsOf(undefined, crowd, open);
    expect(ids(causes)).toEqual(many(6, (index) => by(`user${index}`, index)).map(({ id }) => id));
    expect(furtherCauses).toHaveLength(3);
  });

  it('is nobody who acted before the last PASS or after the FAIL', () => {
    const events = [by('early', -1), by('mallory', 50), by('late', 101)];
    const { causes, changedSince } = suspectsOf(undefined, events, open);
    expect(ids(causes)).toEqual(['mallory-50']);
    expect(ids(changedSince)).toEqual(['late-101']);
  });

  it('keeps of each who acted after the FAIL the latest call, however often another one does', () => {
    const crowd = many(20, (index) => by('bob', 110 + index));
    const kept = suspectsOf(undefined, [by('mallory', 105), ...crowd], open);
    expect(ids(kept.changedSince)).toEqual(['mallory-105', 'bob-129']);
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(60, { status: 'FAIL', events: [by('mallory', 59)] });
    resource.read(90, { status: 'FAIL', events: [by('bob', 89), by('bob', 80)] });
    const row = resource.control();
    if (!row) throw new Error('there is no row');
    expect([80, 89, 90, 59].map((seconds) => isKnownTo(row, by('bob', seconds)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('is nobody of whom only AWS Config or a service tells', () => {
    const { by: _, ...nameless } = event(1, { via: 'config' });
    expect(suspectsOf(undefined, [nameless], open).causes).toEqual([]);
  });

  it('is somebody without a name where CloudTrail says no more', () => {
    const { by: _, ...nameless } = event(1, { identity: 'Unknown', from: '198.51.100.24' });
    expect(suspectsOf(undefined, [nameless], open).causes).toEqual([nameless]);
  });

  it.each([
    ['is shown in what turned', ['light'], ['light'], true],
    ['cannot have changed what turned', ['door'], ['light'], false],
    ['can have changed anything, and nothing turned', 'all', [], false],
    ['is of what was never seen passing', 'all', undefined, false],
    ['changes nothing that was there', [], ['light'], false],
  ] as const)('is who reached it with others where that %s', (_, reach, turnedOn, isSuspect) => {
    const passing = by('terraform', 1, { reach });
    const { causes } = suspectsOf(undefined, [passing], { ...open, turnedOn });
    expect(causes.length > 0).toBe(isSuspect);
  });

  it('is known by its name once the event names the resource too', () => {
    const told = by('mallory', 1);
    const passing = { ...told, reach: ['door'] };
    for (const events of [
      [told, passing],
      [passing, told],
    ])
      expect(suspectsOf(undefined, events, open).causes).toEqual([told]);
  });

  const some = fc.array(
    fc.record({
      who: fc.constantFrom(...'abcdefghij'),
      call: fc.constantFrom('resource:Blow', 'resource:Turn', 'resource:Move'),
      seconds: fc.integer({ min: -20, max: 130 }),
      reach: fc.constantFrom(undefined, undefined, ['light'], ['door']),
    }),
    { maxLength: 40 },
  );
  it('does not depend on the order in which the events came, nor on how often', () => {
    fc.assert(
      fc.property(some, fc.infiniteStream(fc.nat()), (made, order) => {
        const events = made.map(({ who, call, seconds, reach }, index) =>
          by(who, seconds, { id: `e${index}`, call, ...(reach ? { reach } : {}) }),
        );
        const window = { ...open, turnedOn: ['light'] };
        const whole = suspectsOf(undefined, events, window);
        const shuffled = [...events, ...events]
          .map((one) => [order.next().value ?? 0, one] as const)
          .sort(([a], [b]) => a - b);
        let one = suspectsOf(undefined, [], window);
        for (const [, each] of shuffled) one = suspectsOf(one, [each], window);
        expect(one).toEqual(whole);
      }),
      runs(300),
    );
  });
});

describe('a row', () => {
  it('names the culprit whose event comes last of all', () => {
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(60, { status: 'FAIL', events: [by('bob', 58)] });
    resource.read(400, { status: 'FAIL', events: [by('mallory', 57)] });
    expect(ids(resource.control()?.causes)).toEqual(['mallory-57', 'bob-58']);
  });

  it('lists apart who changed it since', () => {
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', events: [by('mallory', 9)] });
    resource.read(60, { status: 'FAIL', events: [by('bob', 59)] });
    expect(ids(resource.control()?.causes)).toEqual(['mallory-9']);
    expect(ids(resource.control()?.changedSince)).toEqual(['bob-59']);
    resource.read(90, { status: 'PASS' });
    expect(resource.control()).not.toHaveProperty('changedSince');
  });

  it('names who acted while it was being read', () => {
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', readBy: 14 });
    resource.read(60, { status: 'FAIL', events: [by('mallory', 12)] });
    expect(ids(resource.control()?.causes)).toEqual(['mallory-12']);
    expect(resource.asked).toHaveLength(1);
  });

  /** A neighbour's event or a sweep reads it between what a call did and when it was completed. */
  const readAhead = (...seen: readonly [before: string, after: string]) => {
    const resource = life();
    resource.read(0, { status: 'PASS', seen: { light: seen[0] } });
    resource.read(10, { status: 'FAIL', seen: { light: seen[1] } });
    return resource;
  };

  it('names who was completed just after somebody else had read what it did', () => {
    const resource = readAhead('a', 'b');
    const row = resource.control();
    expect(row && isKnownTo(row, by('mallory', 11))).toBe(false);
    resource.read(12, { status: 'FAIL', events: [by('mallory', 11)], seen: { light: 'b' } });
    expect(ids(resource.control()?.causes)).toEqual(['mallory-11']);
    expect(resource.control()).not.toHaveProperty('changedSince');
    expect(resource.asked).toHaveLength(1);
  });

  it('names nobody who was completed after in place of who acted before, in whatever order they are told of', () => {
    const events = [by('mallory', 9), by('bob', 11), by('bob', 40)];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const resource = readAhead('a', 'b');
      for (const [nth, one] of order.entries())
        resource.read(50 + nth, {
          status: 'FAIL',
          events: events.slice(one, one + 1),
          seen: { light: 'b' },
        });
      expect(ids(resource.control()?.causes)).toEqual(['mallory-9']);
      expect(ids(resource.control()?.changedSince)).toEqual(['bob-40']);
    }
  });

  it('names nobody who was completed long after, or touched what had not turned', () => {
    for (const [resource, seconds] of [
      [readAhead('a', 'b'), 16],
      [readAhead('a', 'a'), 11],
    ] as const) {
      resource.read(20, { status: 'FAIL', events: [by('bob', seconds)] });
      expect(resource.control()?.causes).toEqual([]);
      expect(ids(resource.control()?.changedSince)).toEqual([`bob-${seconds}`]);
      expect(resource.asked).toHaveLength(0);
    }
  });

  it('names nobody who touched what had been failing all along when it was first seen', () => {
    const resource = life();
    resource.read(10, { status: 'FAIL', seen: { light: 'b' } });
    resource.read(12, { status: 'FAIL', events: [by('bob', 11)], seen: { light: 'b' } });
    expect(resource.control()?.causes).toEqual([]);
  });

  it('names who made it, though it was found before that was completed', () => {
    const resource = life();
    resource.read(10, { status: 'FAIL', seen: { light: 'b' } });
    const made = { events: [by('mallory', 11)], isCreated: true } as const;
    resource.read(12, { status: 'FAIL', ...made, seen: { light: 'b' } });
    expect(ids(resource.control()?.causes)).toEqual(['mallory-11']);
  });

  it('names who is told of before the read, whatever their clock says', () => {
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', events: [by('mallory', 12)] });
    expect(ids(resource.control()?.causes)).toEqual(['mallory-12']);
  });

  it('keeps suspects through a flood of calls that change nothing, until the change can be seen', () => {
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(31, { status: 'PASS', events: [by('mallory', 30)], settle: 20 });
    for (let second = 32; second < 45; second += 1) {
      const flood = many(5, (index) => by('bob', second, { id: `bob-${second}-${index}` }));
      resource.read(second, { status: 'PASS', events: flood, settle: 20 });
    }
    resource.read(51, { status: 'FAIL' });
    expect(ids(resource.control()?.causes)).toContain('mallory-30');
  });

  it('waits with who did not name it until it is seen whether they had an effect', () => {
    const passing = by('terraform', 9, { reach: ['light'] });
    const stories = { effect: { light: 'b' }, none: { light: 'a' } };
    for (const [story, seen] of Object.entries(stories)) {
      const resource = life();
      resource.read(0, { status: 'PASS', seen: { light: 'a' } });
      resource.read(10, { status: 'PASS', events: [passing], seen: { light: 'a' }, settle: 20 });
      expect(resource.control()?.causes).toEqual([]);
      resource.read(30, { status: 'FAIL', seen });
      expect(ids(resource.control()?.causes)).toEqual(story === 'effect' ? [passing.id] : []);
      expect(resource.asked).toHaveLength(story === 'effect' ? 1 : 0);
    }
  });

  it('names who broke it again, and not who broke it first, once it was put right in between', () => {
    const resource = life();
    const renewedBy = { id: 'pl-1', startedAt: at(15) };
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', events: [by('mallory', 9)] });
    resource.read(20, { status: 'FAIL', events: [by('bob', 19)], renewedBy });
    expect(ids(resource.control()?.causes)).toEqual(['bob-19']);
  });

  it('of a release before is read as it is', () => {
    const resource = life();
    resource.read(0, { status: 'PASS' });
    resource.read(10, { status: 'FAIL', events: [by('mallory', 9)] });
    const row = resource.control();
    if (!row) throw new Error('there is no row');
    const { failedBy: _, turnedOn: __, seen: ___, ...old } = row;
    expect(isKnownTo(old, by('mallory', 9))).toBe(true);
    expect(isKnownTo(old, by('bob', 8))).toBe(false);
    // A release before kept what came later among the candidates.
    resource.put({ ...old, causes: [...old.causes, by('bob', 50)] });
    resource.read(60, { status: 'FAIL' });
    expect(ids(resource.control()?.causes)).toEqual(['mallory-9']);
    expect(ids(resource.control()?.changedSince)).toEqual(['bob-50']);
  });
});
