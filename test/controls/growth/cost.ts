/** Prepares a round, which is not timed; rounds differ, so that nothing is remembered from one to the next. */
export type Prepare = (size: number, round: number) => () => unknown;

/**
 * Milliseconds of the processor that this process takes to do these, whatever else the machine does. What they answer is
 * held until all are done, so that one large and many small ones fill the memory alike.
 */
const taken = (runs: readonly (() => unknown)[]): number => {
  const answers: unknown[] = [];
  const begun = process.cpuUsage();
  for (const run of runs) answers.push(run());
  const { user, system } = process.cpuUsage(begun);
  return answers.length > 0 ? (user + system) / 1000 : 0;
};

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

/** The least of several rounds: the one that the garbage collector and the compiler disturbed least. */
export const costOf = (prepare: Prepare, size: number, rounds: number): number =>
  Math.min(...numbers(rounds).map((round) => taken([prepare(size, round)])));

/** How many times as long twice as many may take. */
export const mostPerDoubling = 2.3;
/** What is shorter is not measured well, in milliseconds: a small one that takes less counts as this. */
const leastCounted = 0.5;
/** What looks too steep is measured for at least so long, in milliseconds: other work disturbs all rounds of a shorter time. */
const leastMs = 10_000;

/**
 * How many times as long twice as many take, from `small` to `large`, a multiple of it: as many small ones as make up a
 * large one are timed beside it. A busy machine makes some rounds longer and none shorter, so it is measured again, for at
 * least `rounds` times and `least` milliseconds, as long as it is more than `mostPerDoubling`.
 */
export const growthOf = (
  prepare: Prepare,
  small: number,
  large: number,
  rounds: number,
  least = leastMs,
): number => {
  const count = large / small;
  const begun = performance.now();
  let [ofSmall, ofLarge] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; ; round++) {
    const first = round * (count + 1);
    // The large one first: what is compiled meanwhile makes it longer, and not the small ones.
    ofLarge = Math.min(ofLarge, taken([prepare(large, first)]));
    const smalls = numbers(count).map((n) => prepare(small, first + 1 + n));
    ofSmall = Math.min(ofSmall, taken(smalls) / count);
    const growth = (ofLarge / Math.max(ofSmall, leastCounted)) ** (1 / Math.log2(count));
    if (growth <= mostPerDoubling) return growth;
    if (round + 1 >= rounds && performance.now() - begun >= least) return growth;
  }
};
