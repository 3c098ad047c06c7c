import { allControls } from '../../lib/controls/index.ts';
import { plannedActions } from '../../lib/engine/remediation/planning.ts';
import { extent, sampled } from '../extent.ts';
import type { Drift } from './drift.ts';
import { drifts } from './drifts/index.ts';

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

/** Drifts that are put right while the connection breaks at every call. */
export const interrupted = sampled(shapesAmong(drifts), { usual: 8 });

/** Those that are not put right there, where they end as they do here; all of them where everything is tried. */
export const notInterrupted = (some: readonly Drift[]): readonly Drift[] =>
  extent === 'exhaustive' ? some : some.filter((drift) => !interrupted.includes(drift));
