import { sdkClients } from '../../aws/clients.ts';
import { createHostAsks } from '../../aws/stores/host-asks.ts';
import { createHostInventory } from '../../aws/stores/host-inventory.ts';
import { encode } from '../../support/wire.ts';
import { documentsIn, required } from '../runtime/environment.ts';
import type { AuditPorts } from './ports.ts';

/** By what the deployed handlers deal with hosts, from their environment. */
export const hostPorts = async (): Promise<AuditPorts> => {
  const region = required('AWS_REGION');
  const clients = sdkClients({ region });
  const [sqs, documents] = await Promise.all([clients('sqs'), documentsIn(region)]);
  const sendTo =
    (QueueUrl: string) =>
    async (message: object, DelaySeconds = 0): Promise<void> => {
      const MessageBody = encode({ version: 1, ...message });
      await sqs.sendMessage({ QueueUrl, MessageBody, DelaySeconds });
    };
  const table = required('POSTURE_TABLE');
  return {
    inventory: createHostInventory(documents, table),
    asks: createHostAsks(documents, table),
    ssm: () => clients('ssm'),
    audit: sendTo(required('AUDITS_QUEUE_URL')),
    tell: sendTo(required('HOST_RESULTS_QUEUE_URL')),
  };
};
