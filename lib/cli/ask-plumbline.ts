import { randomUUID } from 'node:crypto';
import { createQueues } from '../aws/queues.ts';
import { actionId } from '../engine/remediation/action.ts';
import type { RemediationRequest } from '../engine/remediation/request.ts';
import type { Ref } from '../model/resource-type.ts';
import type { Deployed } from './deployed.ts';

/** Sends what a person asks for. The queue of remediations is the only one that takes it from people. */
export const askPlumbline = async (
  asks: readonly RemediationRequest[],
  { clients, remediations }: Pick<Deployed, 'clients' | 'remediations'>,
): Promise<void> => {
  const noOther = { changes: '', sweeps: '', pages: '' };
  await createQueues(await clients('sqs'), { ...noOther, remediations }).ask(asks);
};

/** Has a resource judged again, since what a person has said of it counts from now on. */
export const reviewOf = (
  type: string,
  ref: Ref,
  { caller }: Pick<Deployed, 'caller'>,
): RemediationRequest => ({
  version: 1,
  ask: 'review',
  id: actionId({ type, ref, controls: [], episodes: [], attempt: randomUUID() }),
  type,
  ref,
  askedBy: { kind: 'person', who: caller },
});
