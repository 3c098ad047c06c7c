import { at } from '../ids.ts';

interface Sharing {
  /** Who may copy or restore it: account numbers, or `all`. */
  readonly restore: readonly string[];
}

/** An automated snapshot: it cannot be shared, so that no call need ask. A person's identifier holds no colon. */
export const isAutomated = (id = ''): boolean => id.startsWith('rds:');
export const unshared: Sharing = { restore: [] };

/** Who may restore a snapshot, from its attributes. */
export const restorableBy = (
  attributes: readonly {
    AttributeName?: string | undefined;
    AttributeValues?: readonly string[] | undefined;
  }[] = [],
): Sharing => ({
  restore: attributes.flatMap(({ AttributeName, AttributeValues = [] }) =>
    AttributeName === 'restore' ? AttributeValues : [],
  ),
});

/** Whether a snapshot is still being made. */
export const isBeingTaken = (snapshot: unknown): boolean =>
  ['creating', 'copying'].some((status) => at(Object(snapshot), ['Status']) === status);
