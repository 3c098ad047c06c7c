import { sdkClients } from '../../aws/clients.ts';
import { createQueues } from '../../aws/queues.ts';
import { outputsOf } from '../../aws/stack-outputs.ts';
import { undoRequest } from '../../engine/remediation/request.ts';
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
  const action = { id: undoes, type, ref: { account, region, id }, controls: [] };
  await queues.ask([undoRequest(action, `arn:aws:iam::${account}:user/alice`)]);
};
