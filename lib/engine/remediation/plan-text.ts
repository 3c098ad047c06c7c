import type { Plan } from '../../model/control.ts';
import { clip } from '../../support/clip.ts';

/** A call as IAM and CloudTrail write it: `s3:PutBucketPolicy`. */
export const callName = ({
  service,
  operation,
}: {
  readonly service: string;
  readonly operation: string;
}): string => `${service}:${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;

const undoText = (plan: Extract<Plan, { kind: 'calls' }>): string => {
  if ('impossible' in plan.undo) return `cannot be taken back: ${plan.undo.impossible}`;
  return plan.undo.widensAccess ? 'undo opens it again' : 'can be taken back';
};

/** A plan in one line, for a finding. */
export const planText = (plan: Plan): string => {
  if (plan.kind === 'proposal') return clip(`a person's work: ${plan.why}`, 1000);
  const calls = plan.calls.map(callName).join(', ');
  return clip(`${plan.summary} (${calls}; ${plan.risk}; ${undoText(plan)})`, 1000);
};
