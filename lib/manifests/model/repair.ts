import type { NotWritten, PlannedEdits } from '../../templates/edit/planned-edits.ts';
import type { Field } from './field.ts';

/** What puts a failure right in the file that shows it. */
export type Written = PlannedEdits;
/** It, or what only a person knows, and what it takes. */
export type Repair = Written | NotWritten;

const choice = 'somebody set it, and it may be needed';

/** Sets values. What is missing is written; what somebody set otherwise is for a person to say. */
export const setting = (fields: readonly Field[], value: unknown, summary: string): Written => ({
  edits: fields.map(({ at }) => ({ path: at, value })),
  summary,
  ...(fields.some(({ isSet }) => isSet) ? { proposal: choice } : {}),
});

/** Adds to a list, or makes one; what stands in it stays. */
export const adding = ({ at, value }: Field, item: unknown, summary: string): Written => ({
  edits: [Array.isArray(value) ? { path: at, append: item } : { path: at, value: [item] }],
  summary,
});

/** Takes out what somebody wrote: a person has to say that it is not needed. */
export const removing = (fields: readonly Field[], summary: string): Written => ({
  // From behind, so that indexes stay what they are.
  edits: fields.toReversed().map(({ at }) => ({ path: at, remove: true })),
  summary,
  proposal: choice,
});
/** Takes out all that fails. */
export const removingFaults =
  (summary: string) =>
  (_: unknown, faults: readonly { readonly said: Field }[]): Written =>
    removing(
      faults.map(({ said }) => said),
      summary,
    );
