import { identifiersOf } from '../../../lib/engine/findings/finding-id.ts';
import type { Action } from '../../../lib/engine/remediation/action.ts';
import type { Plumbline, TestStack } from '../../remediation/stack.ts';
import { refOf } from '../../resources/aws.ts';
import { control } from './buckets.ts';

// What is left of an action, for those who look.

export const actionIn = async ({ remediation }: Plumbline, id: string): Promise<Action> => {
  const entry = await remediation.ledger.get(id);
  if (!entry) throw new Error(`there is no ${id}`);
  return entry.action;
};

/** A finding as Security Hub has it. */
export const findingIn = async (
  { clients }: TestStack,
  id: string,
  controlId = control,
  arn = `arn:aws:s3:::${id}`,
) => {
  const [finding] = identifiersOf({ ref: refOf(id), arn }, [controlId]);
  const { Findings } = await (await clients('securityhub')).getFindings({
    Filters: { Id: [{ Comparison: 'EQUALS', Value: finding?.Id ?? '' }] },
  });
  return Findings?.[0];
};
