import { plannedActions } from '../../engine/remediation/planning.ts';
import type { Control } from '../../model/control.ts';
import type { AnyResourceType } from '../../model/resource-type.ts';
import { probeActions } from '../../resources/account/probes.ts';
import { services } from '../../services/every.ts';
import { securityhub } from '../../services/securityhub.ts';
import type { AnyService } from '../../services/service.ts';
import type { Watched } from '../events/watched.ts';
import { writeConditions } from './scope-exceptions.ts';
import { arnsFor, type GovernedPlace } from './scopes.ts';

/** Actions that are granted on the same resources. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

const grantsFor = (actions: Iterable<string>, place: GovernedPlace): readonly Grant[] => {
  const groups = new Map<string, { actions: string[]; resources: readonly string[] }>();
  for (const action of [...new Set(actions)].sort()) {
    const resources = arnsFor(action, place);
    if (resources.length === 0) continue;
    const group = groups.get(resources.join(' ')) ?? { actions: [], resources };
    group.actions.push(action);
    groups.set(resources.join(' '), group);
  }
  return [...groups.values()];
};

/** What is done with resources of a type: where these are decides where it is allowed. */
interface Needed {
  readonly scope: AnyResourceType['scope'];
  readonly actions: readonly string[];
}

/**
 * In each governed region. An ARN for each region would pass the size of a policy: a condition says which.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
const inRegions = (grants: readonly Grant[], regions: readonly string[]): readonly Grant[] =>
  grants.map(({ conditions = {}, ...grant }) => ({
    ...grant,
    conditions: {
      ...conditions,
      StringEquals: { ...conditions['StringEquals'], 'aws:RequestedRegion': regions },
    },
  }));

const all: readonly AnyService[] = Object.values(services);
/** Whether an action is made in one region for all, whichever are governed. */
export const isOfOneRegion = (action: string): boolean =>
  all.some(({ iam, ofOneRegion }) => ofOneRegion?.test(action) && action.startsWith(`${iam}:`));

/**
 * Grants where the resources are: in every governed region, or in that of the stack. That it is in no other one is said once,
 * on the role (`denyOutside`): a condition in each statement is half of what a role has room for.
 */
const wherever = (
  needed: readonly Needed[],
  place: GovernedPlace,
  granting: (actions: readonly string[], place: GovernedPlace) => readonly Grant[],
): readonly Grant[] => {
  const { regions = [] } = place;
  const actionsOf = (some: readonly Needed[]) => some.flatMap(({ actions }) => actions);
  if (regions.length < 2) return granting(actionsOf(needed), place);
  const regional = needed.filter(({ scope }) => scope === 'regional');
  const atHome = needed.filter(({ scope }) => scope !== 'regional');
  return [
    ...granting(actionsOf(atHome), place),
    ...granting(actionsOf(regional), { ...place, region: '*' }),
  ];
};

/** What reading takes: the facets that enabled controls need, those that they borrow, and ARN and tags. */
export const readGrants = (all: readonly Watched[], place: GovernedPlace): readonly Grant[] =>
  wherever(
    all.map(({ type, facets, isEvaluated }) => ({
      scope: type.scope,
      actions: [
        ...[...facets].flatMap((facet) => type.facets[facet]?.actions ?? []),
        ...(isEvaluated
          ? [type.about, type.live.held, type.reachable].flatMap((one) => one?.actions ?? [])
          : []),
      ],
    })),
    place,
    grantsFor,
  );

/** What listing takes: the resources of the types that are evaluated. */
export const listGrants = (all: readonly Watched[], place: GovernedPlace): readonly Grant[] =>
  wherever(
    all.map(({ type, isEvaluated }) => ({
      scope: type.scope,
      actions: isEvaluated ? type.live.list.actions : [],
    })),
    place,
    grantsFor,
  );

/** What asking takes whether a region answers at all, whatever else is read there. */
export const probeGrants = ({ regions = [], members = [] }: GovernedPlace): readonly Grant[] => {
  if (regions.length < 2 && members.length === 0) return [];
  return [{ actions: probeActions, resources: ['*'] }];
};

const writing = (all: readonly string[], place: GovernedPlace): readonly Grant[] => {
  const actions: ReadonlySet<string> = new Set(all);
  const restricted = Object.entries(writeConditions).filter(([action]) => actions.has(action));
  return [
    ...grantsFor(
      [...actions].filter((action) => !Object.hasOwn(writeConditions, action)),
      place,
    ),
    ...restricted.map(([action, conditions]) => ({
      actions: [action],
      resources: arnsFor(action, place),
      conditions,
    })),
  ];
};

/** What the calls and undos of plans take, on every resource that they may be about. */
export const writeGrants = (planned: readonly Control[], place: GovernedPlace): readonly Grant[] =>
  wherever(
    planned.flatMap((control) =>
      control.resources.map(({ scope }) => ({ scope, actions: plannedActions(control) })),
    ),
    place,
    writing,
  );

/** Findings stand in the region of their resource. */
const onFindings = (
  place: GovernedPlace,
  grants: (place: GovernedPlace) => readonly Grant[],
): readonly Grant[] => {
  const { regions = [] } = place;
  return regions.length < 2 ? grants(place) : inRegions(grants({ ...place, region: '*' }), regions);
};

const updating = (place: GovernedPlace): readonly Grant[] => [
  {
    actions: [
      'securityhub:BatchUpdateFindings',
      'securityhub:GetFindingHistory',
      'securityhub:GetFindings',
    ],
    resources: [securityhub.arn('hub', place)],
  },
];

/** What reading findings of ours, their notes and their workflow takes, and changing the latter two. */
export const updateGrants = (place: GovernedPlace): readonly Grant[] => onFindings(place, updating);

/** What publishing takes; the product of an account that publishes for itself is called "default". */
export const publishGrants = (place: GovernedPlace): readonly Grant[] =>
  onFindings(place, (at) => [
    {
      actions: ['securityhub:BatchImportFindings'],
      resources: [securityhub.arn('product', at)],
    },
    // A finding that a person suppressed is looked for, so as to leave it alone.
    ...updating(at),
  ]);
