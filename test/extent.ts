const extents = ['quick', 'usual', 'exhaustive'] as const;
const asked = process.env['PLUMBLINE_EXTENT'];

/** How much is tried: a sample (`npm run check`), what must hold of a change (`npm test`), or all (`npm run test:exhaustive`). */
export const extent = extents.find((each) => each === asked) ?? 'usual';

interface Every {
  readonly quick?: number;
  readonly usual?: number;
}
/** Of a table every nth row, the first one always. */
export const sampled = <T>(rows: readonly T[], every: Every): readonly T[] => {
  const step = { quick: every.quick ?? every.usual ?? 1, usual: every.usual ?? 1, exhaustive: 1 };
  return rows.filter((_, index) => index % step[extent] === 0);
};

/** Of rows of which something comes out every nth, and the first of each outcome. */
export const sampledByOutcome = <T>(
  rows: readonly T[],
  every: Every,
  outcomeOf: (row: T) => unknown,
): readonly T[] => {
  const firsts = new Map(rows.toReversed().map((row) => [outcomeOf(row), row]));
  const kept = new Set([...sampled(rows, every), ...firsts.values()]);
  return rows.filter((row) => kept.has(row));
};

const partOf = { quick: 0.1, usual: 0.15, exhaustive: 1 } as const;

/** Examples of a property: all of them every night, three of twenty for a change, one of ten in a sample. */
export const runs = (count = 100): { readonly numRuns: number } => ({
  numRuns: Math.ceil(count * partOf[extent]),
});

/** A test whose claim another makes as well, and that takes long: every night. */
export const nightTest = extent === 'exhaustive' ? it : it.skip;

/** A test that takes seconds: left out of a sample. */
export const longTest = extent === 'quick' ? it.skip : it;
