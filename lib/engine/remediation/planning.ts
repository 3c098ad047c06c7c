import type { CombinedRemediation, Control, Grant, Plan } from '../../model/control.ts';
import type { AnyResourceType, Ref } from '../../model/resource-type.ts';
import type { FacetReading, FacetReadings } from '../evaluation/evaluate.ts';
import type { SessionGrant } from './session-policy.ts';

/** A control that failed, with its settings. */
export interface Failing {
  readonly control: Control;
  readonly parameters: Readonly<Record<string, unknown>>;
}
export interface PlanPlace {
  readonly ref: Ref;
  readonly arn: string;
  /** When the snapshot was read. */
  readonly at: Date;
}
export interface Planned {
  /** The controls that the plan makes pass. */
  readonly controls: readonly string[];
  readonly plan: Plan;
  readonly grants: readonly SessionGrant[];
}
type State = Readonly<Record<string, unknown>>;

const granted = (
  grants: readonly Grant<State>[],
  place: PlanPlace & { readonly parameters?: Failing['parameters'] },
  state: State,
): readonly SessionGrant[] =>
  grants.flatMap(({ actions, on }) => {
    const resources = on(place, state);
    return resources.length === 0 ? [] : [{ actions, resources }];
  });

const single = ({ control, parameters }: Failing, state: State, place: PlanPlace) => {
  const { plan, grants = [] } = control.remediation;
  if (!plan) return undefined;
  return {
    controls: [control.id],
    plan: plan(state, { ...place, parameters }),
    grants: granted(grants, { ...place, parameters }, state),
  };
};

const together = (
  combined: CombinedRemediation<State, unknown>,
  failing: readonly Failing[],
  state: State,
  place: PlanPlace,
): Planned => {
  const members = failing.filter(({ control }) => control.remediation.combined === combined);
  const parts = members.map(({ control: { remediation }, parameters }) =>
    remediation.part?.(state, { ...place, parameters }),
  );
  const made = combined.plan(state, parts, place);
  const { plan, left } = 'plan' in made ? made : { plan: made, left: [] };
  const planned = members.filter((_, index) => !left.includes(parts[index]));
  return {
    controls: planned.map(({ control }) => control.id),
    plan,
    grants: granted(combined.grants, place, state),
  };
};

/**
 * What makes the first of these controls pass, together with those of the others that share its combined plan.
 * `undefined` where it is a person's work.
 */
export const planOf = (
  failing: readonly Failing[],
  state: State,
  place: PlanPlace,
): Planned | undefined => {
  const [first] = failing;
  const combined = first?.control.remediation.combined;
  if (first && combined) return together(combined, failing, state, place);
  return first && single(first, state, place);
};

const obstacleIn = (reading: Exclude<FacetReading, { readonly value: unknown }>): string => {
  if ('denied' in reading) return reading.denied;
  return 'notOffered' in reading ? reading.notOffered : reading.unresolved;
};

/** What plans of these controls are made from; why there can be none, where one of their facets has no value. */
export const planStateOf = (
  controls: readonly Control[],
  type: AnyResourceType,
  facets: FacetReadings,
): { readonly state: Readonly<Record<string, unknown>> } | { readonly why: string } => {
  const state: Record<string, unknown> = {};
  const needs = controls.flatMap((control) => [...control.needs, ...planNeeds(control, type)]);
  for (const name of needs) {
    const reading = facets[name];
    if (!reading) return { why: `${name} was not read` };
    if (!('value' in reading)) return { why: `${name} could not be read: ${obstacleIn(reading)}` };
    state[name] = reading.value;
  }
  return { state };
};

/** The parameters of controls, for the facets that ask for one. */
export const settingsOf = (failing: readonly Failing[]): Failing['parameters'] =>
  Object.assign({}, ...failing.map(({ parameters }) => parameters));

/** The facets of a type that a control's plan needs beside those of its verdict. */
export const planNeeds = (
  { remediation: { needs = [], combined } }: Control,
  { facets }: AnyResourceType,
): readonly string[] =>
  [...needs, ...(combined?.needs ?? [])].filter((name) => Object.hasOwn(facets, name));

export const canBePlanned = ({ remediation: { plan, combined } }: Control): boolean =>
  plan !== undefined || combined !== undefined;

/** The IAM actions that the calls of a control's plans, and their undo, take. */
export const plannedActions = ({
  remediation: { grants, combined },
}: Control): readonly string[] => [
  ...new Set((combined?.grants ?? grants ?? []).flatMap(({ actions }) => actions)),
];
