import { plannedActions } from '../../engine/remediation/planning.ts';
import type { Control } from '../../model/control.ts';
import { securityhub } from '../../services/securityhub.ts';
import type { Watched } from '../events/watched.ts';
import { writeConditions } from './scope-exceptions.ts';
import { arnsFor, governedBy, type Place } from './scopes.ts';

/** Actions that are granted on the same resources. */
export interface Grant {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const grantsFor = (actions: Iterable<string>, place: Place): readonly Grant[] => {
  const groups = new Map<string, { actions: string[]; resources: readonly string[] }>();
  for (const action of [...new Set(actions)].sort()) {
    const resources = arnsFor(action, governedBy(place));
    const group = groups.get(resources.join(' ')) ?? { actions: [], resources };
    group.actions.push(action);
    groups.set(resources.join(' '), group);
  }
  return [...groups.values()];
};

/** What reading takes: the facets that enabled controls need, those that they borrow, and ARN and tags. */
export const readGrants = (all: readonly Watched[], place: Place): readonly Grant[] =>
  grantsFor(
    all.flatMap(({ type, facets, isEvaluated }) => [
      ...[...facets].flatMap((facet) => type.facets[facet]?.actions ?? []),
      ...(isEvaluated ? type.about.actions : []),
    ]),
    place,
  );

/** What listing takes: the resources of the types that are evaluated. */
export const listGrants = (all: readonly Watched[], place: Place): readonly Grant[] =>
  grantsFor(
    all.flatMap(({ type, isEvaluated }) => (isEvaluated ? type.live.list.actions : [])),
    place,
  );

/** What the calls and undos of plans take, on every resource that they may be about. */
export const writeGrants = (planned: readonly Control[], place: Place): readonly Grant[] => {
  const actions: ReadonlySet<string> = new Set(planned.flatMap(plannedActions));
  const restricted = Object.entries(writeConditions).filter(([action]) => actions.has(action));
  return [
    ...grantsFor(
      [...actions].filter((action) => !Object.hasOwn(writeConditions, action)),
      place,
    ),
    ...restricted.map(([action, conditions]) => ({
      actions: [action],
      resources: arnsFor(action, governedBy(place)),
      conditions,
    })),
  ];
};

/** What reading findings of ours, their notes and their workflow takes, and changing the latter two. */
export const updateGrants = (place: Place): readonly Grant[] => [
  {
    actions: [
      'securityhub:BatchUpdateFindings',
      'securityhub:GetFindingHistory',
      'securityhub:GetFindings',
    ],
    resources: [securityhub.arn('hub', governedBy(place))],
  },
];

/** What publishing takes; the product of an account that publishes for itself is called "default". */
export const publishGrants = (place: Place): readonly Grant[] => [
  {
    actions: ['securityhub:BatchImportFindings'],
    resources: [securityhub.arn('product', governedBy(place))],
  },
  // A finding that a person suppressed is looked for, so as to leave it alone.
  ...updateGrants(place),
];
