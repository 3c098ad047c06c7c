import { everyControl } from '../../../lib/controls/every.ts';
import { securityHubNumbers } from '../../../lib/controls/security-hub-ids.generated.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { standards } from '../../../lib/model/standards.ts';
import { frameworks, resolved } from '../../../lib/reports/frameworks/index.ts';
import { missingControls } from '../../../lib/reports/frameworks/missing.generated.ts';
import { type KnownControl, sectionOf } from '../../../lib/reports/frameworks/resolve.ts';

const onHosts: readonly KnownControl[] = hostControls.map(({ references, ...control }) => ({
  ...control,
  standards: references,
}));
const catalogue: readonly KnownControl[] = [...everyControl, ...onHosts];
const byId = new Map(frameworks.map((framework) => [framework.id, framework]));
const each = frameworks.map((framework) => [framework.id, framework] as const);
const isSecurityHubs = (id: string): boolean => {
  const [service = '', number = ''] = id.split('.');
  return securityHubNumbers[service]?.split(' ').includes(number) ?? false;
};

describe('the frameworks', () => {
  it('have every standard of the catalogue, once', () => {
    expect(byId.size).toBe(frameworks.length);
    for (const [id, title] of Object.entries(standards)) expect(byId.get(id)?.title).toBe(title);
  });

  it('hold as many requirements as their publishers number', () => {
    expect(
      Object.fromEntries(each.map(([id, { requirements }]) => [id, requirements.length])),
    ).toEqual({
      // Its other requirements are the controls that name it.
      'fsbp-1.0.0': 4,
      'cis-aws-1.4.0': 58,
      'cis-aws-3.0.0': 62,
      'cis-aws-5.0.0': 63,
      'cis-aws-6.0.0': 63,
      'cis-aws-7.0.0': 70,
      'nist-800-53-r5': 423,
      'pci-dss-4.0.1': 280,
      'soc2-2017': 61,
      'nist-csf-2.0': 106,
      'nist-800-171-r3': 97,
      'fedramp-r5-low': 156,
      'fedramp-r5-moderate': 323,
      'fedramp-r5-high': 410,
      'hipaa-security-rule': 22,
      'cis-debian-12-1.1.0': 310,
      'cis-ubuntu-22.04-2.0.0': 300,
      'cis-ubuntu-24.04-1.0.0': 312,
    });
  });

  it.each(each)('%s: no requirement twice, each in a section, source and date given', (_, data) => {
    const ids = data.requirements.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(resolved(data, catalogue).requirements.filter(({ section }) => section === '')).toEqual(
      [],
    );
    expect(data.source).not.toBe('');
    expect(data.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(data.url).toMatch(/^https:/);
  });

  it.each<[id: string, counts: Record<string, number>]>([
    ['cis-aws-3.0.0', { evaluated: 57, elsewhere: 0, manual: 5 }],
    ['cis-aws-5.0.0', { evaluated: 59, elsewhere: 0, manual: 4 }],
    ['cis-aws-6.0.0', { evaluated: 59, elsewhere: 0, manual: 4 }],
  ])('%s: each requirement is evaluated, evaluated elsewhere or manual', (id, counts) => {
    const data = byId.get(id);
    const all = data ? resolved(data, catalogue).requirements : [];
    const standing = ({ controls, missing, kind }: (typeof all)[number]): string => {
      if (controls.length > 0) return 'evaluated';
      if (missing.length > 0) return 'elsewhere';
      return kind === 'automated' ? 'open' : 'manual';
    };
    const of = (wanted: string) => all.filter((one) => standing(one) === wanted);
    expect(Object.fromEntries(Object.keys(counts).map((name) => [name, of(name).length]))).toEqual(
      counts,
    );
    expect(of('open').map((one) => one.id)).toEqual([]);
  });

  it.each(each)('%s: no section without a requirement', (_, data) => {
    const used = resolved(data, catalogue).requirements.map(({ id }) => id);
    const idle = Object.keys(data.sections).filter(
      (section) => !used.some((id) => id.startsWith(section)),
    );
    expect(idle).toEqual([]);
  });

  it.each(each.filter(([, data]) => !data.isOpen))(
    '%s: no control names a requirement that it does not have',
    (id, { requirements }) => {
      const known = new Set(requirements.map((row) => row.id));
      const named = [
        ...catalogue.flatMap(({ standards }) => standards[id] ?? []),
        ...Object.values(missingControls).flatMap((all) => all[id]?.split(' ') ?? []),
      ];
      expect(named.filter((one) => !known.has(one))).toEqual([]);
    },
  );

  it('of NIST has ids of its form alone, also where a control adds them', () => {
    const nist = byId.get('nist-800-53-r5');
    const ids = nist ? resolved(nist, catalogue).requirements.map(({ id }) => id) : [];
    expect(ids.length).toBeGreaterThan(423);
    expect(ids.filter((id) => !/^[A-Z]{2}-\d+(\(\d+\))?(\([a-z]\))?$/.test(id))).toEqual([]);
  });

  it.each(each.filter(([, { as }]) => as))(
    '%s: what it takes over is in both frameworks',
    (_, data) => {
      const there = new Set(byId.get(data.as?.framework ?? '')?.requirements.map(({ id }) => id));
      const here = new Set(data.requirements.map(({ id }) => id));
      const pairs = Object.entries(data.as?.ids ?? {});
      expect(pairs.length).toBeGreaterThan(50);
      expect(pairs.filter(([id, other]) => !here.has(id) || !there.has(other))).toEqual([]);
      expect(new Set(pairs.map(([, other]) => other)).size).toBe(pairs.length);
    },
  );

  it.each(each.filter(([, { through }]) => through))(
    '%s: its crosswalk is of its own requirements, to ids of the form of the other framework, with a source and a day',
    (_, data) => {
      const here = data.requirements.map(({ id }) => id);
      const { framework, ids = Object.fromEntries(here.map((id) => [id, [id]])) } =
        data.through ?? { framework: '' };
      expect(framework).toBe('nist-800-53-r5');
      expect(Object.keys(ids).toSorted()).toEqual(here.toSorted());
      for (const there of Object.values(ids)) {
        expect(there.length).toBeGreaterThan(0);
        expect(new Set(there).size).toBe(there.length);
        expect(there.filter((id) => !/^[A-Z]{2}-\d+(\(\d+\))?$/.test(id))).toEqual([]);
      }
      expect(data.source).toMatch(/github\.com\/\S+ at [0-9a-f]{10}/);
    },
  );

  it('names no control that neither the catalogue nor Security Hub has', () => {
    const known = new Set(catalogue.map(({ id }) => id));
    const named = frameworks.flatMap((data) =>
      resolved(data, catalogue).requirements.flatMap(({ controls, missing }) => [
        ...controls.filter((id) => !known.has(id)),
        ...missing.filter((id) => known.has(id) || !isSecurityHubs(id)),
      ]),
    );
    expect(named).toEqual([]);
  });

  it('leave no control out that says it answers one', () => {
    const requirementsOf = new Map(
      frameworks.map((data) => [data, resolved(data, catalogue).requirements]),
    );
    const orphans = catalogue.flatMap(({ id, standards }) =>
      Object.entries(standards).flatMap(([standard, requirements]) => {
        const data = byId.get(standard);
        if (!data) return [];
        const found = (requirementsOf.get(data) ?? []).filter(({ controls }) =>
          controls.includes(id),
        );
        // What Security Hub writes of a part, or by a slip.
        const own = (requirements ?? []).map((one) => data.parts?.[one] ?? one);
        const missed = own.filter((one) => one !== '' && !found.some((row) => row.id === one));
        return missed.map((one) => `${id} ${standard} ${one}`);
      }),
    );
    expect(orphans).toEqual([]);
  });

  it('of CIS renumber what Security Hub maps to 5.0.0', () => {
    const answer = (id: string, requirement: string) => {
      const data = byId.get(id);
      return (
        data &&
        resolved(data, catalogue).requirements.find((row) => row.id === requirement)?.controls
      );
    };
    // S3.5, HTTPS only: 2.1.1 of 5.0.0.
    expect(answer('cis-aws-5.0.0', '2.1.1')).toContain('S3.5');
    expect(answer('cis-aws-6.0.0', '3.1.1')).toContain('S3.5');
    expect(answer('cis-aws-7.0.0', '3.1.1')).toContain('S3.5');
    // Credentials unused for 45 days: 1.11 of 5.0.0, 2.11 of 6.0.0 and 7.0.0.
    expect(answer('cis-aws-7.0.0', '2.11')).toEqual(answer('cis-aws-5.0.0', '1.11'));
    // New in 7.0.0: organizations.
    expect(answer('cis-aws-7.0.0', '2.1.1')).toEqual([]);
  });
});

describe('who answers a requirement', () => {
  const of = (id: string, requirement: string) => {
    const data = byId.get(id);
    return data && resolved(data, catalogue).requirements.find((row) => row.id === requirement);
  };
  it('is a control where there is one, whatever its publisher says', () => {
    // Hardware MFA for the root user: manual in 5.0.0, and Security Hub's IAM.6 evaluates it.
    expect(of('cis-aws-5.0.0', '1.5')).toMatchObject({ kind: 'automated', controls: ['IAM.6'] });
  });
  it('is a person where no control does', () => {
    expect(of('cis-aws-5.0.0', '1.1')).toMatchObject({ kind: 'manual', controls: [], missing: [] });
  });
  it('is both where a crosswalk answers a part, with what answers the requirements that it names', () => {
    // Data at rest: SC-28 and others of SP 800-53.
    const atRest = of('nist-csf-2.0', 'PR.DS-01');
    expect(atRest?.kind).toBe('shared');
    expect(atRest?.controls).toEqual(
      expect.arrayContaining(of('nist-800-53-r5', 'SC-28')?.controls.slice() ?? []),
    );
    expect(of('nist-800-171-r3', '03.13.08')?.controls.length).toBeGreaterThan(3);
    expect(of('fedramp-r5-moderate', 'AC-3')?.controls).toEqual(
      of('nist-800-53-r5', 'AC-3')?.controls,
    );
    expect(of('hipaa-security-rule', '164.312(b)')?.controls.length).toBeGreaterThan(3);
    // Roles of people: nothing of an account says it.
    expect(of('nist-csf-2.0', 'GV.RR-01')).toMatchObject({ controls: [], missing: [] });
  });
  it('is both in SOC 2, where a control answers a part', () => {
    expect(of('soc2-2017', 'CC6.1')).toMatchObject({ kind: 'shared' });
  });
});

describe('the section of a requirement', () => {
  it.each([
    ['10.2.1', { '1': '', '10': '' }, '10'],
    ['1.10', { '1': '', '1.1': '' }, '1'],
    ['2.1.1', { '2': '', '2.1': '' }, '2.1'],
    ['AC-2(1)', { AC: '', AU: '' }, 'AC'],
    ['PI1.1', { P: '', PI1: '' }, 'PI1'],
    ['P1.1', { P: '', PI1: '' }, 'P'],
    ['A1.2', { A1: '', A: '' }, 'A1'],
    ['X1', { A: '' }, ''],
  ])('%s', (id, sections: Record<string, string>, expected) => {
    expect(sectionOf(id, sections)).toBe(expected);
  });
});
