import type { Severity } from '../../model/control.ts';
import { compareNaturally, compareText } from '../../support/compare.ts';
import { nist80053r5 } from './data/nist-800-53.ts';
import type { FrameworkData, Kind, Row } from './framework.ts';

/** What a framework has to know of a control, on AWS or on a host. */
export interface KnownControl {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Requirements that it answers, by framework. */
  readonly standards: Readonly<Partial<Record<string, readonly string[]>>>;
}
/** A requirement with whatever answers it. */
export interface Requirement {
  readonly id: string;
  readonly section: string;
  readonly kind: Kind;
  readonly level?: string;
  readonly title?: string;
  /** Ids of controls of the catalogue. */
  readonly controls: readonly string[];
  /** Ids of controls on manifests that answer it as those do. */
  readonly manifests?: readonly string[];
  /** Ids of controls on manifests that answer it where files were checked. */
  readonly declared?: readonly string[];
  /** Ids of Security Hub's controls that answer it as well, and that the catalogue does not have. */
  readonly missing: readonly string[];
}
export interface Framework
  extends Omit<
    FrameworkData,
    'requirements' | 'as' | 'through' | 'controls' | 'manifests' | 'declared' | 'parts'
  > {
  readonly requirements: readonly Requirement[];
}
/** The controls of the catalogue that answer a framework. */
export const controlsOf = ({ requirements }: Framework): ReadonlySet<string> =>
  new Set(requirements.flatMap(({ controls }) => controls));
/** The controls on manifests that answer one. */
export const manifestControlsOf = ({ requirements }: Framework): ReadonlySet<string> =>
  new Set(requirements.flatMap(({ manifests = [], declared = [] }) => [...manifests, ...declared]));
/** Requirements that Security Hub's other controls answer, by control and framework; ids are parted by blanks. */
export type Missing = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const inOrder = (a: string, b: string): number =>
  compareNaturally(a, b) || compareText(a, b);

/** `1` does not begin `10.2`, and `P` does not begin `PI1.1`. */
const isParted = (before: string, after: string): boolean =>
  /^\d/.test(after) ? !/\d$/.test(before) : !/^[A-Za-z]/.test(after);

/** The longest of the sections whose id begins this one. */
export const sectionOf = (id: string, sections: Readonly<Record<string, string>>): string =>
  Object.keys(sections)
    .filter((section) => id.startsWith(section) && isParted(section, id.slice(section.length)))
    .reduce((longest, each) => (each.length > longest.length ? each : longest), '');

const partsOf: Readonly<Partial<Record<string, Readonly<Record<string, string>>>>> = {
  [nist80053r5.id]: nist80053r5.parts ?? {},
};

type Answers = ReadonlyMap<string, readonly string[]>;
const inverse = (
  pairs: Iterable<readonly [control: string, requirements: readonly string[]]>,
): Answers => {
  const answers = new Map<string, string[]>();
  for (const [control, requirements] of pairs)
    for (const requirement of requirements) {
      const before = answers.get(requirement) ?? [];
      if (!before.includes(control)) answers.set(requirement, [...before, control]);
    }
  return answers;
};

/** Ids as the publisher of a framework has them. */
const published = (ids: readonly string[], framework: string): readonly string[] => {
  const parts = partsOf[framework];
  return parts ? ids.map((id) => parts[id] ?? id).filter((id) => id !== '') : ids;
};
const ofCatalogue = (framework: string, controls: readonly KnownControl[]): Answers =>
  inverse(
    controls.map(({ id, standards }) => [id, published(standards[framework] ?? [], framework)]),
  );
const ofSecurityHub = (framework: string, missing: Missing): Answers =>
  inverse(
    Object.entries(missing).map(([id, standards]) => [
      id,
      published(standards[framework]?.split(' ') ?? [], framework),
    ]),
  );

/** Those of the requirement itself, of the one that it is in another framework, and of those that a crosswalk names. */
const answering = ({ id, as, through }: FrameworkData, read: (framework: string) => Answers) => {
  const own = read(id);
  const other = as ? read(as.framework) : undefined;
  const crossed = through ? read(through.framework) : undefined;
  return (requirement: string): readonly string[] => {
    const there = as?.ids[requirement];
    const borrowed = there === undefined ? [] : (other?.get(there) ?? []);
    const named = through?.ids ? (through.ids[requirement] ?? []) : [requirement];
    const walked = crossed ? named.flatMap((one) => crossed.get(one) ?? []) : [];
    return [...new Set([...(own.get(requirement) ?? []), ...borrowed, ...walked])].sort(inOrder);
  };
};

const rowsOf = (
  { id, isOpen, requirements }: FrameworkData,
  controls: readonly KnownControl[],
  missing: Missing,
): readonly Row[] => {
  if (!isOpen) return requirements;
  const listed = new Set(requirements.map((row) => row.id));
  const named = new Set([
    ...ofCatalogue(id, controls).keys(),
    ...ofSecurityHub(id, missing).keys(),
  ]);
  return [
    ...requirements,
    ...[...named]
      .filter((one) => !listed.has(one))
      .map((one) => ({ id: one, kind: 'automated' as const })),
  ];
};

/** A framework with the controls of the catalogue that answer its requirements, in the order of their ids. */
export const resolveFramework = (
  data: FrameworkData,
  controls: readonly KnownControl[],
  missing: Missing,
): Framework => {
  const {
    requirements: _,
    as: __,
    through: ___,
    parts: ____,
    controls: given = {},
    manifests = {},
    declared = {},
    ...about
  } = data;
  const ours = answering(data, (framework) => ofCatalogue(framework, controls));
  const theirs = answering(data, (framework) => ofSecurityHub(framework, missing));
  const known = new Set(controls.map(({ id }) => id));
  const sections = data.isOpen ? withServices(data, controls, missing) : data.sections;
  return {
    ...about,
    sections,
    requirements: rowsOf(data, controls, missing)
      .toSorted((a, b) => inOrder(a.id, b.id))
      .map((row) => {
        const own = given[row.id] ?? [];
        const present = [...ours(row.id), ...own.filter((id) => known.has(id))];
        const absent = [...theirs(row.id), ...own.filter((id) => !known.has(id))];
        // What its publisher leaves to people, and a control can answer, the control answers.
        const isAnswered = row.kind === 'manual' && present.length + absent.length > 0;
        return {
          ...row,
          ...(isAnswered ? { kind: 'automated' as const } : {}),
          section: sectionOf(row.id, sections),
          controls: [...new Set(present)].sort(inOrder),
          missing: [...new Set(absent)].sort(inOrder),
          ...(manifests[row.id]?.length ? { manifests: manifests[row.id] } : {}),
          ...(declared[row.id] ? { declared: declared[row.id] } : {}),
        };
      }),
  };
};

/** An open framework without sections has those of its ids: `S3` of `S3.8`. */
const withServices = (
  data: FrameworkData,
  controls: readonly KnownControl[],
  missing: Missing,
): Readonly<Record<string, string>> =>
  Object.keys(data.sections).length > 0
    ? data.sections
    : Object.fromEntries(
        rowsOf(data, controls, missing).map(({ id }) => {
          const service = id.slice(0, id.lastIndexOf('.'));
          return [service, service];
        }),
      );
