import {
  type Context,
  type Control,
  leftOpen,
  notApplicable,
  type Parameters,
  unknown,
  type Verdict,
} from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import { Unresolved } from '../../model/unresolved.ts';
import { deniedIn } from './denied.ts';
import { withheldIn } from './withheld.ts';

/** A facet as it was read, or why it could not be. */
export type FacetReading =
  | { readonly value: unknown }
  /** `byItself`: the resource itself says that it did not tell it, and AWS refused nothing. */
  | { readonly denied: string; readonly byItself?: true }
  | { readonly notOffered: string }
  /** The source leaves it open, such as a template a value that only a deployment knows; says what is missing. */
  | { readonly unresolved: string; readonly isOfOthers?: boolean };
export type FacetReadings = Readonly<Record<string, FacetReading>>;

const obstacle = (facet: string, reading: FacetReading | undefined): Verdict | undefined => {
  if (!reading) return unknown(`${facet} was not read`);
  if ('denied' in reading) {
    const reason = `${facet} could not be read: ${reading.denied}`;
    const withheld = withheldIn(facet, reading.denied);
    if (withheld || reading.byItself) return unknown(reason, withheld);
    return { status: 'UNKNOWN', reason, denied: deniedIn(facet, reading.denied) };
  }
  if ('notOffered' in reading) return notApplicable(`not offered here: ${reading.notOffered}`);
  return undefined;
};

/**
 * What cannot be seen outweighs what is not offered: NOT_APPLICABLE would archive the finding. What somebody keeps from
 * us outweighs both.
 */
const gravest = (obstacles: readonly Verdict[]): Verdict | undefined =>
  obstacles.find((one) => 'withheld' in one) ??
  obstacles.find(({ status }) => status === 'UNKNOWN') ??
  obstacles[0];

/** Evaluates one control on facets of one time; a facet that could not be read is never evaluated. */
export const evaluate = (
  control: Control,
  facets: FacetReadings,
  context: {
    readonly ref: Ref;
    readonly parameters: Readonly<Record<string, unknown>>;
    readonly at: Date;
    readonly regions?: readonly string[];
  },
): Verdict => {
  const snapshot: Record<string, unknown> = {};
  const obstacles: Verdict[] = [];
  let open: Verdict | undefined;
  for (const need of control.needs) {
    const reading = facets[need];
    if (reading && 'value' in reading) snapshot[need] = reading.value;
    else if (reading && 'unresolved' in reading) {
      const { unresolved, isOfOthers } = reading;
      // It is met where the control looks at it: what decides without it is decided.
      Object.defineProperty(snapshot, need, {
        enumerable: true,
        get() {
          open = leftOpen(`${need} is not known: ${unresolved}`, isOfOthers);
          throw new Unresolved(unresolved, isOfOthers);
        },
      });
    } else {
      const found = obstacle(need, reading);
      if (found) obstacles.push(found);
    }
  }
  const full: Context<Parameters> = context;
  try {
    return gravest(obstacles) ?? control.evaluate(snapshot, full);
  } catch (error) {
    // A part of a facet can be open too, though the facet was read.
    if (error instanceof Unresolved)
      return open ?? leftOpen(`it depends on ${error.message}`, error.isOfOthers);
    throw error;
  }
};

/** The controls that a change of these facets can turn. */
export const affectedBy = (
  controls: readonly Control[],
  facets: readonly string[] | 'all',
): readonly Control[] =>
  facets === 'all'
    ? controls
    : controls.filter(({ needs }) => needs.some((need) => facets.includes(need)));

/** The facets that these controls need, each once. */
export const needsOf = (controls: readonly Control[]): readonly string[] => [
  ...new Set(controls.flatMap(({ needs }) => needs)),
];
