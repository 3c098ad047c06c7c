import { plural } from '../../support/plural.ts';
import type { Recorded } from './record.ts';
import { type Tag, tagText } from './scope.ts';

/** Resources of which nobody knows whether they have the tags that are asked for. */
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
/** What is said of them: they count neither as what is asked for nor as what is not. */
export const untoldIn = ({ types, controls }: Untold, wanted: readonly Tag[]): Unseen => {
  const count = [...types.values()].reduce((sum, each) => sum + each, 0);
  if (count === 0) return { gaps: [], notLookedAt: [] };
  const list = [...types]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, each]) => `${type} ${each}`);
  const what = `whether ${plural(count, 'resource has', 'resources have')} the tag ${wanted.map(tagText).join(', ')}`;
  return {
    gaps: [
      `Nobody knows ${what}: their tags were not read, or could not be. No figure counts them: ${list.join(', ')}.`,
    ],
    notLookedAt: [{ why: `nobody knows ${what}`, controls: [...controls].sort() }],
  };
};
