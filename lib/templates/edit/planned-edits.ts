import type { Edit } from './tree-edits.ts';

/** What a failure asks of the source that shows it. */
export interface PlannedEdits {
  readonly edits: readonly Edit[];
  /** What it does, as the plan says it. */
  readonly summary: string;
  /** Why the plan leaves it to a person; absent where it does not. */
  readonly proposal?: string;
}
/** Why a failure cannot be put right in the source. */
export interface NotWritten {
  readonly why: string;
}
