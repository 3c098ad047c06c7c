import { type HeldUp, heldUpText } from '../../model/denied.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { ControlRow, ResourceRow } from './row.ts';

/** The control that says once what our own role may not read. */
export const deniedControl = 'PL.BLIND.6';

/** What of a row our own role may not read, as the table's index keeps it; `undefined` where it may read all. */
export const deniedOn = ({
  type,
  controls,
  goneAt,
}: Pick<ResourceRow, 'type' | 'controls' | 'goneAt'>): string | undefined => {
  if (goneAt !== undefined) return undefined;
  const counts = new Map<string, HeldUp>();
  for (const { denied } of Object.values(controls)) {
    if (!denied) continue;
    const { action = `${type} ${denied.facet}`, by = '' } = denied;
    const [, , verdicts] = counts.get(`${by} ${action}`) ?? [action, by, 0];
    counts.set(`${by} ${action}`, [action, by, verdicts + 1]);
  }
  return heldUpText([...counts.values()]);
};

/**
 * Whether Security Hub is told of a verdict by that one finding alone: as long as it holds no PASS of it, which would be
 * wrong, what it holds stays as it was.
 */
export const isSaidOnce = (
  { verdict: { status }, denied, published }: ControlRow,
  { controls }: Pick<Baseline, 'controls'>,
): boolean =>
  status === 'UNKNOWN' &&
  denied !== undefined &&
  controls[deniedControl] !== undefined &&
  published?.status !== 'PASSED';
