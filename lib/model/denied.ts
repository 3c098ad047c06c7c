/** What AWS does not let our own role read, by nothing that the resource itself holds. */
export interface Denied {
  readonly facet: string;
  /** `s3:GetBucketPolicy`; absent where AWS does not name it. */
  readonly action?: string;
  /** What kind of policy refuses it, as AWS calls it; absent where AWS does not say it. */
  readonly by?: string;
}

/** What a row's verdicts lack: the action or the facet, what kind of policy refuses it, and how many verdicts it holds up. */
export type HeldUp = readonly [what: string, by: string, verdicts: number];

/** The sort key of an index takes 1,024 bytes. */
const mostBytes = 1000;

/** As the index of the posture table keeps it: the gravest first, as many as fit. */
export const heldUpText = (all: readonly HeldUp[]): string | undefined => {
  const sorted = all.toSorted(([a, , m], [b, , n]) => n - m || (a < b ? -1 : 1));
  for (let kept = sorted.length; kept > 0; kept -= 1) {
    const text = JSON.stringify(sorted.slice(0, kept));
    if (new TextEncoder().encode(text).length <= mostBytes) return text;
  }
  return undefined;
};

/** What such a text says; nothing where it is none of ours. */
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

/** Where the index keeps them: few partitions, so that no one takes every write. */
export const deniedIndex = 'denied';
export const deniedShards = 8;
export const deniedShard = (shard: number): string => `denied#${shard}`;
