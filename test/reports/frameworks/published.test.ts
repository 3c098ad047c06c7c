import { createHash } from 'node:crypto';
import { catalogue } from '../../../lib/reporting/catalogue.ts';
import { frameworks, resolved } from '../../../lib/reports/frameworks/index.ts';
import {
  baselines,
  crosswalks,
  later,
  published,
  requirements,
  requirementsWithdrawn,
  withdrawn,
} from './nist-published.ts';

const { controls } = await catalogue();
const known = new Set(published);
const gone = new Set(withdrawn);
const named = (id: string) => {
  const data = frameworks.find((each) => each.id === id);
  if (!data) throw new Error(`there is no framework ${id}`);
  return data;
};

describe('what NIST publishes', () => {
  it('has 1,189 ids, each once', () => {
    expect(new Set([...published, ...withdrawn]).size).toBe(1189);
    expect([published.length, withdrawn.length]).toEqual([1010, 179]);
  });

  it('has each requirement of SP 800-53 that a report names, none of them withdrawn', () => {
    const ids = resolved(named('nist-800-53-r5'), controls).requirements.map(({ id }) => id);
    expect(ids.filter((id) => gone.has(id))).toEqual([]);
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });

  it.each(['low', 'moderate', 'high', 'privacy'] as const)(
    'has the %s baseline as we have it, and no other',
    (level) => {
      const own = named('nist-800-53-r5').requirements.filter((row) => row.level === level);
      expect(own.map(({ id }) => id).sort()).toEqual([...baselines[level]].sort());
    },
  );

  it.each(frameworks.flatMap((data) => (data.through ? [[data.id, data] as const] : [])))(
    'has every control that the crosswalk of %s names',
    (_, { through, requirements }) => {
      const ids = through?.ids
        ? Object.values(through.ids).flat()
        : requirements.map(({ id }) => id);
      expect(ids.length).toBeGreaterThan(requirements.length - 1);
      // NIST's own crosswalk of CSF 2.0 names RA-4, which is withdrawn: nothing answers it.
      expect([...new Set(ids)].filter((id) => gone.has(id) && id !== 'RA-4')).toEqual([]);
      const unknown = [...new Set(ids)].filter((id) => !known.has(id));
      expect(unknown.filter((id) => !gone.has(id) && !later.includes(id))).toEqual([]);
    },
  );

  it.each(['nist-csf-2.0', 'nist-800-171-r3'] as const)(
    'has every requirement of %s as we have it, and no other',
    (id) => {
      const own = named(id).requirements.map((row) => row.id);
      expect(own.toSorted()).toEqual(requirements[id].toSorted());
      expect(own.filter((one) => requirementsWithdrawn[id].includes(one))).toEqual([]);
    },
  );

  it.each(['nist-csf-2.0', 'nist-800-171-r3'] as const)(
    'has every pair of the crosswalk of %s as we have it, and no other',
    (id) => {
      const pairs = Object.entries(named(id).through?.ids ?? {});
      const lines = pairs.map(([one, there]) => `${one}: ${there.toSorted().join(' ')}\n`);
      const sha256 = createHash('sha256').update(lines.toSorted().join('')).digest('hex');
      expect({ pairs: pairs.flatMap(([, there]) => there).length, sha256 }).toEqual(crosswalks[id]);
    },
  );
});
