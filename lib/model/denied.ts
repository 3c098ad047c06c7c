/** A read that AWS denies our own role, by another policy than the resource's own. */
export interface Denied {
  readonly facet: string;
  /** `s3:GetBucketPolicy`; absent where AWS does not name it. */
  readonly action?: string;
  /** The kind of policy that denies it, in AWS's words; absent where AWS does not say. */
  readonly by?: string;
}

/** A denied read of a row: its action or facet, the kind of policy that denies it, and how many verdicts lack it. */
export type HeldUp = readonly [what: string, by: string, verdicts: number];

/** The sort key of an index takes 1,024 bytes. */
const mostBytes = 1000;

/** The text for the index of the posture table: those that lack in most verdicts first, as many as fit. */
export const heldUpText = (all: readonly HeldUp[]): string | undefined => {
  const sorted = all.toSorted(([a, , m], [b, , n]) => n - m || (a < b ? -1 : 1));
  for (let kept = sorted.length; kept > 0; kept -= 1) {
    const text = JSON.stringify(sorted.slice(0, kept));
    if (new TextEncoder().encode(text).length <= mostBytes) return text;
  }
  return undefined;
};

/** Reads such a text; empty where it is not one. */
export const heldUpIn = (text: string): readonly HeldUp[] => {
  try {
    const all: unknown = JSON.parse(text);
    if (!Array.isArray(all)) return [];
    return all.flatMap((one): HeldUp[] => {
      const [what, by, verdicts] = Array.isArray(one) ? one : [];
      const isOne = typeof what === 'string' && typeof by === 'string';
      return isOne && Number.isInteger(verdicts) ? [[what, by, Number(verdicts)]] : [];
    });
  } catch {
    return [];
  }
};

/** The index and its partitions. There are several, so that not every write goes to one. */
export const deniedIndex = 'denied';
export const deniedShards = 8;
export const deniedShard = (shard: number): string => `denied#${shard}`;
