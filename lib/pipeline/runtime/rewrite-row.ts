import { conflict, retryOnConflict } from '../../aws/stores/retry-on-conflict.ts';
import type { ControlRow, ResourceRow } from '../../engine/posture/row.ts';
import { nextVersion } from '../../engine/posture/row-version.ts';
import type { Runtime } from './runtime.ts';

/** The controls of a row, of which these are now so; `undefined` where there are none of these. */
export const withControls = (
  { controls }: ResourceRow,
  changed: readonly (readonly [string, ControlRow])[],
): Pick<ResourceRow, 'controls'> | undefined =>
  changed.length === 0 ? undefined : { controls: { ...controls, ...Object.fromEntries(changed) } };

/**
 * Writes a row anew from what it says now; tried again where somebody else wrote it meanwhile.
 * @param change what of the row is another; `undefined` where nothing is. Asked again with each try
 * @param dueOf when the row is to be looked at
 * @returns the row as it was written; `undefined` where it is not there, nothing was to be changed, or what is there is no
 * row: only an evaluation replaces that
 */
export const rewriteRow = (
  key: string,
  { posture }: Pick<Runtime, 'posture'>,
  change: (before: ResourceRow) => Partial<ResourceRow> | undefined,
  dueOf: (row: ResourceRow) => string | Promise<string>,
): Promise<ResourceRow | undefined> =>
  retryOnConflict(key, posture.turns, async () => {
    const before = (await posture.read([key])).get(key);
    const changed = before && !before.isUnreadable && change(before);
    if (!before || !changed) return undefined;
    const row = { ...before, ...changed, version: nextVersion(before.version) };
    return (await posture.write(key, before, row, await dueOf(row))) ? row : conflict;
  });
