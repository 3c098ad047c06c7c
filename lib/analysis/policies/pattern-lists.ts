import { type PatternSet, patternSet } from '../../support/pattern-sets.ts';

/** Where lists stand, in groups of which each rises. */
export type Groups = readonly (readonly number[])[];

/** Lists of patterns, one a statement, of which the first is sought that covers what another statement asks for. */
export interface PatternLists {
  /** The lists that may cover all of these patterns; every other one does not. */
  candidates(asked: readonly string[]): Groups;
  /** Whether one list covers each of these patterns. */
  covers(list: number, asked: readonly string[]): boolean;
}

const sizeOfGroups = (groups: Groups): number =>
  groups.reduce((size, { length }) => size + length, 0);

/** The least number of the groups that meets a condition; of many groups no more is looked at than that takes. */
export const firstIn = (groups: Groups, meets: (number: number) => boolean): number | undefined => {
  const places = groups.map(() => 0);
  for (;;) {
    const heads = groups.map(
      (group, index) => group[places[index] ?? 0] ?? Number.POSITIVE_INFINITY,
    );
    const least = heads.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    if (least === Number.POSITIVE_INFINITY) return undefined;
    if (meets(least)) return least;
    for (const [index, head] of heads.entries())
      if (head === least) places[index] = (places[index] ?? 0) + 1;
  }
};

/** The same of whichever of two choices of groups is smaller, where either holds each number that meets the condition. */
export const firstInFewer = (
  one: Groups,
  other: Groups,
  meets: (number: number) => boolean,
): number | undefined => firstIn(sizeOfGroups(one) < sizeOfGroups(other) ? one : other, meets);

export const patternLists = (lists: readonly (readonly string[])[]): PatternLists => {
  const owners = lists.flatMap((patterns, list) => patterns.map(() => list));
  const all = patternSet(lists.flat());
  const sets = new Map<number, PatternSet>();
  const setOf = (list: number): PatternSet => {
    const set = sets.get(list) ?? patternSet(lists[list] ?? []);
    sets.set(list, set);
    return set;
  };
  const owning = new WeakMap<readonly number[], readonly number[]>();
  const ownersOf = (group: readonly number[]): readonly number[] => {
    const known = owning.get(group) ?? [...new Set(group.map((index) => owners[index] ?? 0))];
    owning.set(group, known);
    return known;
  };
  const every = [[...lists.keys()]];
  return {
    candidates: ([first]) => (first === undefined ? every : all.candidates(first).map(ownersOf)),
    covers: (list, asked) => asked.every((narrow) => setOf(list).covers(narrow)),
  };
};
