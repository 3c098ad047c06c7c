import type { Control } from '../controls/control.ts';
import type { Baseline } from '../engine/baseline.ts';
import { canBePlanned } from '../engine/planning.ts';

/** The controls whose failures are planned, and put right where the baseline or a person says so. */
export const planned = (
  controls: readonly Control[],
  baseline: Pick<Baseline, 'controls'>,
): readonly Control[] =>
  controls.filter((control) => {
    const mode = baseline.controls[control.id]?.mode;
    return (mode === 'plan' || mode === 'remediate') && canBePlanned(control);
  });
