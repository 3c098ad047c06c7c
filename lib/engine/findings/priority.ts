import type { Control, Verdict } from '../../model/control.ts';

export interface SensitivityTag {
  readonly key: string;
  readonly values: readonly string[];
}
export interface Priority {
  readonly level: 'critical' | 'high' | 'standard';
  /** Why, in one sentence part. */
  readonly why: string;
}

/** As much of a posture row as priority asks for. */
export interface Standing {
  readonly tags: Readonly<Record<string, string>>;
  readonly controls: Readonly<Record<string, { readonly lastKnown?: Verdict['status'] }>>;
}

/** The first control that says that outsiders reach the resource. */
const exposure = (row: Standing, controls: readonly Control[]): Control | undefined =>
  controls.find(({ id, exposes }) => exposes && row.controls[id]?.lastKnown === 'FAIL');

/** Exposure (a failing control that exposes) and sensitivity (the baseline's tag): both critical, one high. */
export const priorityOf = (
  row: Standing,
  controls: readonly Control[],
  sensitivityTag: SensitivityTag | undefined,
): Priority => {
  const exposed = exposure(row, controls);
  const value = sensitivityTag && row.tags[sensitivityTag.key];
  const isSensitive = value !== undefined && (sensitivityTag?.values.includes(value) ?? false);
  const why = [
    ...(exposed ? [`exposed to outsiders (${exposed.id})`] : []),
    ...(isSensitive ? [`tagged ${sensitivityTag?.key}=${value}`] : []),
  ].join(', ');
  if (exposed && isSensitive) return { level: 'critical', why };
  if (exposed || isSensitive) return { level: 'high', why };
  return { level: 'standard', why: 'neither exposed nor tagged as sensitive' };
};
