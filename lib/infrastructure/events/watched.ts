import type { Baseline } from '../../engine/baseline/baseline.ts';
import { planNeeds } from '../../engine/remediation/planning.ts';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType, Facet, ReportedFacet } from '../../model/resource-type.ts';
import { planned } from './planned.ts';

/** What an enabled catalogue listens to and reads of one resource type. */
export interface Watched {
  readonly type: AnyResourceType;
  /** Facets that enabled controls need of it, or borrow from it. */
  readonly facets: ReadonlySet<string>;
  /** Evaluated itself; else it only lends facets. */
  readonly isEvaluated: boolean;
}
export interface Catalogue {
  readonly types: readonly AnyResourceType[];
  readonly controls: readonly Control[];
}
/** What is evaluated in another account than Plumbline's own: nothing of Plumbline stands there. */
export const awayCatalogue = ({ types, controls }: Catalogue): Catalogue => ({
  types,
  controls: controls.filter(({ resources }) => resources.every(({ scope }) => scope !== 'home')),
});

type Needs = Map<string, Set<string>>;

const knownType = (types: readonly AnyResourceType[], name: string): AnyResourceType => {
  const type = types.find((each) => each.type === name);
  if (!type) throw new Error(`a facet is borrowed from ${name}, which is no resource type`);
  return type;
};
const knownFacet = (type: AnyResourceType, name: string): Facet | ReportedFacet => {
  const facet = type.facets[name];
  if (!facet) throw new Error(`${type.type} has no facet ${name}`);
  return facet;
};

/** Notes that a facet is needed, and whatever it is borrowed from. */
const need = (
  types: readonly AnyResourceType[],
  needs: Needs,
  type: AnyResourceType,
  name: string,
) => {
  const facets = needs.get(type.type) ?? new Set<string>();
  if (facets.has(name)) return;
  needs.set(type.type, facets.add(name));
  for (const lender of knownFacet(type, name).borrowedFrom ?? []) {
    need(types, needs, knownType(types, lender.type), lender.facet);
  }
};

type WatchedBaseline = Pick<Baseline, 'controls' | 'homeRegion'>;
type NeedsOf = (control: Control, type: AnyResourceType) => readonly string[];

const collected = (
  { types, controls }: Catalogue,
  baseline: WatchedBaseline,
  region: string,
  needsOf: NeedsOf,
): readonly Watched[] => {
  const needs: Needs = new Map();
  const evaluated = new Set<string>();
  for (const control of controls.filter(({ id }) => Object.hasOwn(baseline.controls, id))) {
    for (const type of control.resources) {
      // Global and account scope are evaluated in the home region alone.
      if (type.scope !== 'regional' && region !== baseline.homeRegion) continue;
      evaluated.add(type.type);
      const state = type.live.unsettled ? [type.live.unsettled.facet] : [];
      for (const name of [...needsOf(control, type), ...state]) need(types, needs, type, name);
    }
  }
  return types.flatMap((type) => {
    const facets = needs.get(type.type);
    return facets ? [{ type, facets, isEvaluated: evaluated.has(type.type) }] : [];
  });
};

/** The resource types that the baseline's controls evaluate in a region, and those that lend to them. */
export const watched = (
  catalogue: Catalogue,
  baseline: WatchedBaseline,
  region: string = baseline.homeRegion,
): readonly Watched[] => collected(catalogue, baseline, region, ({ needs }) => needs);

/** What is watched, and what plans need beside it: all that evaluating reads. Nothing listens to the latter. */
export const readable = (catalogue: Catalogue, baseline: WatchedBaseline): readonly Watched[] => {
  const plans = new Set(planned(catalogue.controls, baseline));
  return collected(catalogue, baseline, baseline.homeRegion, (control, type) =>
    plans.has(control) ? [...control.needs, ...planNeeds(control, type)] : control.needs,
  );
};
