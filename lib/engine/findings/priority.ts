import type { Control, Verdict } from '../../model/control.ts';
import type { Reachability } from '../../model/ways-in.ts';

export interface SensitivityTag {
  readonly key: string;
  readonly values: readonly string[];
}
export interface Priority {
  readonly level: 'critical' | 'high' | 'standard';
  /** The internet reaches it: of what has the same level it comes first. */
  readonly isReached?: true;
  /** Why, in one sentence part. */
  readonly why: string;
}

/** As much of a posture row as priority asks for. */
export interface Standing {
  readonly tags: Readonly<Record<string, string>>;
  readonly controls: Readonly<Record<string, { readonly lastKnown?: Verdict['status'] }>>;
  /** Absent where it was not read. */
  readonly reachability?: Pick<Reachability, 'from' | 'why'>;
}

/** The first control that says that outsiders reach the resource. */
const exposure = (row: Standing, controls: readonly Control[]): Control | undefined =>
  controls.find(({ id, exposes }) => exposes && row.controls[id]?.lastKnown === 'FAIL');

const reached: Readonly<Record<Reachability['from'], string>> = {
  internet: 'the internet reaches it',
  named: 'only some addresses of the internet reach it',
  nowhere: 'the internet does not reach it now',
  unknown: 'whether the internet reaches it is not known',
};

/**
 * Exposure (the internet reaches it, or a failing control that exposes) and sensitivity (the baseline's tag): both critical,
 * one high. That nobody comes at present takes nothing from what a control says: a route is quickly made.
 */
export const priorityOf = (
  row: Standing,
  controls: readonly Control[],
  sensitivityTag: SensitivityTag | undefined,
): Priority => {
  const exposed = exposure(row, controls);
  const value = sensitivityTag && row.tags[sensitivityTag.key];
  const isSensitive = value !== undefined && (sensitivityTag?.values.includes(value) ?? false);
  const { reachability } = row;
  const isReached = reachability?.from === 'internet';
  const why = [
    ...(isReached || (reachability && exposed)
      ? [`${reached[reachability.from]}: ${reachability.why}`]
      : []),
    ...(exposed ? [`exposed to outsiders (${exposed.id})`] : []),
    ...(isSensitive ? [`tagged ${sensitivityTag?.key}=${value}`] : []),
  ].join(', ');
  const isOutside = isReached || exposed !== undefined;
  const first = isReached ? { isReached } : {};
  if (isOutside && isSensitive) return { level: 'critical', ...first, why };
  if (isOutside || isSensitive) return { level: 'high', ...first, why };
  return { level: 'standard', why: 'neither exposed nor tagged as sensitive' };
};
