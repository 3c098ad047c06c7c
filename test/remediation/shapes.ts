import { allControls } from '../../lib/controls/index.ts';
import { plannedActions } from '../../lib/engine/remediation/planning.ts';
import { extent } from '../extent.ts';
import type { Drift } from './drift.ts';

const controls = await allControls();
/** The type and the calls of the plan: what a crash leaves does not depend on more. */
const shapeOf = ({ control, type }: Drift): string => {
  const found = controls.find(({ id }) => id === control);
  return [type, ...(found ? plannedActions(found) : [])].join(' ');
};
const oneOfEach = (drifts: readonly Drift[], keyOf: (drift: Drift) => string): readonly Drift[] => [
  ...new Map(drifts.toReversed().map((drift) => [keyOf(drift), drift])).values(),
];

/** A drift of each shape of plan; of each control where everything is tried. */
export const shapesAmong = (drifts: readonly Drift[]): readonly Drift[] =>
  oneOfEach(drifts, extent === 'exhaustive' ? ({ control }) => control : shapeOf);
