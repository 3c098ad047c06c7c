import type { Entrant, Rollout, Seen, Sight, Terms } from './rollout.ts';

/** SSM says to the second when an audit was requested. */
const blurMs = 2_000;

/** When the last canary was concluded; undefined while one is not, or a slot is free. */
const provenAt = ({ canaries, slots }: Rollout, seen: Sight): string | undefined => {
  const times = canaries.flatMap((one) => {
    const { action } = seen(one);
    return action?.state === 'VERIFIED' ? (action.concludedAt ?? []) : [];
  });
  return times.length < canaries.length || times.length < slots ? undefined : times.sort().at(-1);
};

/** Whether every control of a host was evaluated since; what it could tell before, it must have told again. */
const isAuditedSince = ({ row }: Seen, since: number, controls: readonly string[]): boolean =>
  controls.every((id) => {
    const { readAt, lastKnown, knownAt } = row?.controls[id] ?? {};
    const at = lastKnown === undefined ? readAt : knownAt;
    return at !== undefined && Date.parse(at) >= since - blurMs;
  });

/** The end of the time for which canaries are left alone; undefined where it has not begun. */
export const soakedAt = (
  rollout: Rollout,
  seen: Sight,
  { canaryMinutes }: Terms,
): number | undefined => {
  const proven = provenAt(rollout, seen);
  return proven === undefined ? undefined : Date.parse(proven) + canaryMinutes * 60_000;
};

/** Canaries that were not audited since the time for which they are left alone was over. */
export const unseenIn = (rollout: Rollout, seen: Sight, terms: Terms): readonly Entrant[] => {
  const since = soakedAt(rollout, seen, terms);
  if (since === undefined || since > terms.now.getTime()) return [];
  return rollout.canaries.filter((one) => !isAuditedSince(seen(one), since, terms.controls));
};
