import { planOf } from '../../../lib/engine/remediation/planning.ts';
import type { Control, Verdict } from '../../../lib/model/control.ts';
import { firstBy } from '../../../lib/support/groups.ts';
import { isRecord } from '../../../lib/support/untyped.ts';
import type { Evaluated } from '../harness.ts';
import { emptyListsIn, inflated, listsIn } from './inflate.ts';
import { type Facets, kept, type Make } from './made.ts';
import { policyShapes } from './policy-shapes.ts';
import { ruleShapes } from './rule-shapes.ts';
import { rowsOfTables } from './tables.ts';

/** Something that grows, as one control sees it. */
export interface Sight {
  readonly control: Control;
  /** The evaluation, and the plan of a FAIL, on so many, ready to be made. */
  prepared(size: number, salt: number): { evaluate(): Verdict; plan(): unknown };
}
/** Something that grows, and the controls that look at it. */
export interface Shape {
  readonly title: string;
  readonly sights: readonly Sight[];
}

const sightOf = (row: Evaluated, make: Make): Sight => {
  const { control, context } = row;
  const arn = `arn:aws:iam::123456789012:role/${context.ref.id}`;
  return {
    control,
    prepared(size, salt) {
      const state = { ...row.snapshot, ...make(size, salt) };
      const failing = { control, parameters: context.parameters };
      return {
        evaluate: () => control.evaluate(state, context),
        plan: () => planOf([failing], state, { ref: context.ref, arn, at: context.at }),
      };
    },
  };
};

/** Two types can have facets of one name, as the group of a security group and of instances that scale. */
const isOfKind = (known: unknown, made: unknown): boolean => {
  if (known === undefined) return true;
  if (typeof known !== typeof made) return false;
  if (!isRecord(known) || !isRecord(made)) return true;
  return Object.keys(Object(made)).some((name) => Object.hasOwn(Object(known), name));
};
const isAbout = ({ control, snapshot }: Evaluated, facets: Facets): boolean =>
  control.needs.some(
    (need) => Object.hasOwn(facets, need) && isOfKind(Reflect.get(snapshot, need), facets[need]),
  );

/** What was written to take longest. */
const written = (rows: readonly Evaluated[]): readonly Shape[] => {
  const first = [...firstBy(rows, ({ control }) => control).values()];
  return Object.entries({ ...ruleShapes, ...policyShapes }).map(([title, make]) => {
    const [facets, once] = [make(2, 0), kept(make)];
    const about = first.filter((row) => isAbout(row, facets));
    return { title, sights: about.map((row) => sightOf(row, once)) };
  });
};

/** Of each list in a control's table a row, one that fails if there is one, with more and more in that list. */
const listed = (rows: readonly Evaluated[]): readonly Shape[] => {
  const found = new Map<string, Shape>();
  const order = ['FAIL', 'PASS', 'UNKNOWN', 'NOT_APPLICABLE'];
  const rank = ({ control, snapshot, context }: Evaluated) =>
    order.indexOf(control.evaluate(snapshot, context).status);
  for (const row of rows.toSorted((a, b) => rank(a) - rank(b))) {
    for (const list of listsIn(row.snapshot)) {
      const title = `${row.control.id}: ${list.slice(1)}`;
      const make: Make = (size, salt) =>
        inflated(row.snapshot, list, { size, salt: `x${salt}x` }) as Facets;
      if (!found.has(title)) found.set(title, { title, sights: [sightOf(row, make)] });
    }
  }
  return [...found.values()];
};

export interface Growing {
  readonly shapes: readonly Shape[];
  /** Every control that has a table. */
  readonly controls: readonly Control[];
  /** What is missing to grow it: lists of controls that look at no other, which are empty in all rows of all controls. */
  readonly missing: readonly string[];
}

/** All that can grow in what the controls of the catalogue look at. */
export const growing = async (): Promise<Growing> => {
  const rows = await rowsOfTables();
  const shapes = [...written(rows), ...listed(rows)];
  const seen = new Set(shapes.flatMap(({ sights }) => sights.map(({ control }) => control)));
  const controls = [...new Set(rows.map(({ control }) => control))];
  const filled = new Set(rows.flatMap(({ snapshot }) => listsIn(snapshot)));
  const missing = rows.flatMap(({ control, snapshot }) =>
    (seen.has(control) ? [] : emptyListsIn(snapshot))
      .filter((list) => !filled.has(list))
      .map((list) => `${control.id}: write a row in which ${list.slice(1)} holds something`),
  );
  return { shapes, controls, missing: [...new Set(missing)] };
};
