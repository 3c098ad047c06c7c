import { createHash } from 'node:crypto';
import type { Control, Verdict } from '../../model/control.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import type { EventCause } from '../changes/change.ts';
import type { PlanSummary } from '../posture/row.ts';
import type { Action } from '../remediation/action.ts';

/** One verdict on one resource, with what is known of how it came about. */
export interface ControlEvaluation {
  readonly control: Control;
  readonly verdict: Verdict;
  readonly readAt: Date;
  /** When the reading was done, at which the state was no newer; `readAt` where that is not known. */
  readonly readBy?: Date;
  /** Hashes of the facets that it was evaluated on. */
  readonly seen?: Readonly<Record<string, string>>;
  /** The events on the facets that it needs, ours marked. */
  readonly causes: readonly EventCause[];
  /** An event says that the resource was just created. */
  readonly isCreated: boolean;
  /** Of what it was evaluated with: the parameters, and what a host was asked with. */
  readonly settings: string;
  /** The resource tells its state by itself, so often: what turned is drift, though no event names anybody. */
  readonly tellsEveryHours?: number;
  readonly plan?: PlanSummary;
  /** The latest deployment of what it compares with. */
  readonly deployedBy?: EventCause;
  /** The action during which somebody broke it again. */
  readonly renewedBy?: Pick<Action, 'id' | 'startedAt'>;
}

/**
 * Tells one setting of a control from another.
 * @param document the hash of what a host was asked with: a later one may find what was there before
 */
export const settingsHash = (
  parameters: Readonly<Record<string, unknown>>,
  document?: string,
): string => {
  const evaluatedWith = document === undefined ? parameters : { parameters, document };
  return createHash('sha256').update(canonicalJson(evaluatedWith)).digest('hex').slice(0, 8);
};
