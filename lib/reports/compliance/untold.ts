import { plural } from '../../support/plural.ts';
import type { Recorded } from './record.ts';
import { type Tag, tagText } from './scope.ts';

/** Resources of which nobody knows something, such as whether they have the tags that are asked for. */
export const createUntold = () => ({
  types: new Map<string, number>(),
  /** What is evaluated on them. */
  controls: new Set<string>(),
});
export type Untold = ReturnType<typeof createUntold>;

export const addUntold = (
  { types, controls }: Untold,
  type: string,
  evaluated: Iterable<string>,
  count = 1,
): void => {
  types.set(type, (types.get(type) ?? 0) + count);
  for (const id of evaluated) controls.add(id);
};

/** What a record says of what it does not know, in sentences and for a program. */
export interface Unseen {
  readonly gaps: readonly string[];
  readonly notLookedAt: NonNullable<Recorded['notLookedAt']>;
}
const countOf = ({ types }: Untold): number =>
  [...types.values()].reduce((sum, each) => sum + each, 0);
const nothing: Unseen = { gaps: [], notLookedAt: [] };
const said = ({ types, controls }: Untold, sentence: string, why: string): Unseen => {
  const list = [...types]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, each]) => `${type} ${each}`);
  return {
    gaps: [`${sentence} No figure counts them: ${list.join(', ')}.`],
    notLookedAt: controls.size > 0 ? [{ why, controls: [...controls].sort() }] : [],
  };
};

/** What is said of them: they count neither as what is asked for nor as what is not. */
export const untoldIn = (untold: Untold, wanted: readonly Tag[]): Unseen => {
  const count = countOf(untold);
  if (count === 0) return nothing;
  const what = `whether ${plural(count, 'resource has', 'resources have')} the tag ${wanted.map(tagText).join(', ')}`;
  return said(
    untold,
    `Nobody knows ${what}: their tags were not read, or could not be.`,
    `nobody knows ${what}`,
  );
};

/** The same of resources of which something is kept that is no row. */
export const unreadableIn = (untold: Untold): Unseen => {
  const count = countOf(untold);
  if (count === 0) return nothing;
  const what = `what is kept of ${plural(count, 'resource')} is no row of the table of verdicts`;
  return said(
    untold,
    `Nobody knows how ${plural(count, 'resource stands', 'resources stand')}: ${what}. The next sweep reads them anew.`,
    what,
  );
};
