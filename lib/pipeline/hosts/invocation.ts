import type { GetCommandInvocationResult } from '@aws-sdk/client-ssm';
import type { SentCommand } from '../../aws/stores/host-inventory.ts';
import type { Where } from '../../model/resource-type.ts';
import type { HostPorts } from './ports.ts';

const unfinished = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];
/** Whether a status of SSM says that a command may still bring something. */
export const isUnfinished = (status: string | undefined): boolean =>
  status !== undefined && unfinished.includes(status);

/**
 * What SSM keeps of a command on a host; undefined where that is not what we sent there. Throws while the command is
 * not over: the event that says so can come before SSM shows it.
 */
export const invocationOf = async (
  { id, version }: SentCommand,
  host: string,
  where: Where,
  ssm: HostPorts['ssm'],
): Promise<GetCommandInvocationResult | undefined> => {
  const client = await ssm(where);
  const shown = await client.getCommandInvocation({ CommandId: id, InstanceId: host });
  if (shown.InstanceId !== host || shown.DocumentVersion !== version) return undefined;
  if (isUnfinished(shown.Status)) throw new Error(`SSM still shows ${id} as ${shown.Status}`);
  return shown;
};
