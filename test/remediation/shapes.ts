import { allControls } from '../../lib/controls/index.ts';
import { plannedActions } from '../../lib/engine/remediation/planning.ts';
import { extent } from '../extent.ts';
import type { Drift } from './drift.ts';

const controls = await allControls();
/** The type and the calls of the plan: neither what a crash leaves nor the way there depends on more. */
const shapeOf = ({ control, type }: Drift): string => {
  const found = controls.find(({ id }) => id === control);
  return [type, ...(found ? plannedActions(found) : [])].join(' ');
};

/** A drift of each shape of plan; all of them where everything is tried. */
export const shapesAmong = (drifts: readonly Drift[]): readonly Drift[] =>
  extent === 'exhaustive'
    ? drifts
    : [...new Map(drifts.toReversed().map((drift) => [shapeOf(drift), drift])).values()];
