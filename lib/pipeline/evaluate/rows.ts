import { plausibleRow } from '../../engine/posture/plausible-row.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';
import type { Runtime } from '../runtime/runtime.ts';

/** Rows by key, with nothing in them that a live read could not overtake. */
export const readRows = async (
  keys: readonly string[],
  { posture, clock }: Pick<Runtime, 'posture' | 'clock'>,
): Promise<ReadonlyMap<string, ResourceRow>> => {
  const rows = await posture.read(keys);
  const now = clock();
  return new Map([...rows].map(([key, row]) => [key, plausibleRow(row, now)]));
};
