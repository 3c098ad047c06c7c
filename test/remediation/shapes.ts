import { allControls } from '../../lib/controls/index.ts';
import { plannedActions } from '../../lib/engine/remediation/planning.ts';
import { severities } from '../../lib/reports/result.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { firstBy } from '../../lib/support/groups.ts';
import { extent } from '../extent.ts';
import type { Drift } from './drift.ts';
import { drifts } from './drifts/index.ts';

/** What every type has, and names alone; how a change is heard, which a change of each service shows; and what only ranks. */
const showsNoShape = new Set([
  ...['type', 'facets', 'about', 'live', 'announcements', 'gone', 'list', 'settlesAfterSeconds'],
  ...['securityHubType', 'configurationItem', 'configTypes', 'unheard', 'reachable'],
]);
/** What a type has beside what they all have: where it is, whether it is held, unsettled at times, tells its ARN, and so on. */
export const shapeOfType = (name: string): string => {
  const found = resourceTypes.find(({ type }) => type === name);
  if (!found) throw new Error(`there is no ${name}`);
  const parts = [...Object.keys(found), ...Object.keys(found.live ?? {})];
  const own = parts.filter((part) => !showsNoShape.has(part) && part !== 'scope');
  return [found.scope, ...new Set(own)].join(' ');
};

/** How a change of it is heard: by which kinds of events, and what is looked up in them; which of its calls hide is another matter. */
export const hearingOf = (name: string): string => {
  const found = resourceTypes.find(({ type }) => type === name);
  const announcements = (found?.live?.announcements ?? []).map((one) =>
    [
      one.via,
      ...Object.keys(one).filter((part) => !/^(via|source|calls|idsIn|hides)$/.test(part)),
    ].join(' '),
  );
  const parts = ['configurationItem', 'configTypes', 'unheard'].filter(
    (part) => part in { ...found, ...found?.live },
  );
  return [found?.scope, ...parts, ...[...new Set(announcements)].toSorted()].join(', ');
};

const controls = await allControls();
/** Whether the plan makes calls of one kind or of several: neither what a crash leaves nor the way there depends on more. */
const callsOf = ({ control }: Drift): string => {
  const found = controls.find(({ id }) => id === control);
  return found && plannedActions(found).length > 1 ? 'several calls' : 'one call';
};
/** The shape of the type and of the plan. */
export const shapeOf = (drift: Drift): string => `${shapeOfType(drift.type)}: ${callsOf(drift)}`;

/** Of each shape the gravest; all of them where everything is tried. */
export const oneOfEach = <T extends { readonly control: string }>(
  of: readonly T[],
  by: (one: T) => string,
): readonly T[] => {
  if (extent === 'exhaustive') return of;
  const rank = ({ control }: T) =>
    severities.findIndex((one) => one === controls.find(({ id }) => id === control)?.severity);
  return [
    ...firstBy(
      of.toSorted((a, b) => rank(a) - rank(b)),
      by,
    ).values(),
  ];
};

/** A drift of each shape. */
export const tried = oneOfEach(drifts, shapeOf);

/** Drifts that are put right while the connection breaks at every call: one of each kind of plan. */
export const interrupted = oneOfEach(tried, callsOf);

/** Those that are not put right there, where they end as they do here; all of them where everything is tried. */
export const notInterrupted =
  extent === 'exhaustive' ? tried : tried.filter((drift) => !interrupted.includes(drift));
