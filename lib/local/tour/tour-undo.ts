import { randomUUID } from 'node:crypto';
import { sdkClients } from '../../aws/clients.ts';
import { createQueues } from '../../aws/queues.ts';
import { outputsOf } from '../../aws/stack-outputs.ts';
import { actionId } from '../../engine/remediation/action.ts';
import type { Ref } from '../../model/resource-type.ts';
import type { LocalAws } from '../local-aws.ts';

/** Asks the deployed Plumbline to take an action back, as `plumbline undo` does. */
export const askUndo = async (
  { url, region, account, deployment }: LocalAws,
  undoes: string,
  { type, id }: { readonly type: string; readonly id: string },
): Promise<void> => {
  const credentials = { accessKeyId: 'alice', secretAccessKey: 'local' };
  const clients = sdkClients({ region, endpoint: url, credentials });
  const stack = { name: deployment.stackName, account, region };
  const outputs = await outputsOf(stack, await clients('cloudformation'));
  const remediations = outputs['RemediationsQueue'];
  if (remediations === undefined) throw new Error('the stack remediates nothing');
  const queues = createQueues(await clients('sqs'), {
    changes: '',
    sweeps: '',
    pages: '',
    remediations,
  });
  const ref: Ref = { account, region, id };
  await queues.ask([
    {
      version: 1,
      ask: 'undo',
      id: actionId({ type, ref, controls: [], episodes: [], attempt: randomUUID() }),
      type,
      ref,
      askedBy: { kind: 'person', who: `arn:aws:iam::${account}:user/alice` },
      undoes,
      confirms: undoes,
    },
  ]);
};
