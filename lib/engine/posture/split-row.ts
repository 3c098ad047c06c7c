import { keyOf } from '../changes/change.ts';
import { successorsOf, takenOver } from './former-types.ts';
import type { Awaited, ControlRow, ResourceRow } from './row.ts';

/** A part of a row whose type became several, with its own key. */
export interface Part {
  readonly key: string;
  readonly row: ResourceRow;
}

const only = <T>(
  all: Readonly<Record<string, T>> | undefined,
  ids: readonly string[],
): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(all ?? {}).filter(([id]) => ids.includes(id)));

const isOf = ({ action }: Awaited, { remediation, lastAction }: ControlRow): boolean =>
  remediation?.action === action || lastAction === action;

/** The actions that a part awaits; one that no control of the row names, every part does. */
const awaitedIn = (old: ResourceRow, controls: readonly ControlRow[]): readonly Awaited[] => {
  const all = Object.values(old.controls);
  return (old.awaits ?? []).filter(
    (one) => controls.some((row) => isOf(one, row)) || !all.some((row) => isOf(one, row)),
  );
};

const partOf = (old: ResourceRow, type: string): ResourceRow | undefined => {
  const ids = takenOver(type);
  const controls = Object.fromEntries(
    // The plan itself stands beside the former row: it is made and kept again.
    Object.entries(only(old.controls, ids)).map(([id, { plan: _, ...row }]) => [id, row]),
  );
  const exemptions = only(old.exemptions, ids);
  if (Object.keys(controls).length + Object.keys(exemptions).length === 0) return undefined;
  const unrecorded = (old.unrecorded ?? []).filter(({ controlId }) => ids.includes(controlId));
  const awaits = awaitedIn(old, Object.values(controls));
  // What was to settle is looked at anyway, since every part is due at once.
  const { settle, beingCreated, exemptions: _, unrecorded: __, awaits: ___, ...kept } = old;
  return {
    ...kept,
    type,
    controls,
    ...(Object.keys(exemptions).length > 0 ? { exemptions } : {}),
    ...(unrecorded.length > 0 ? { unrecorded } : {}),
    ...(awaits.length > 0 ? { awaits } : {}),
  };
};

/** The parts of a row of a former type, each with its controls, what is known of them, and their exemptions. */
export const partsOf = (old: ResourceRow): readonly Part[] =>
  successorsOf(old.type).flatMap((type) => {
    const row = partOf(old, type);
    return row ? [{ key: keyOf(row), row }] : [];
  });
