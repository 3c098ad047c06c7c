import { createAuditRequests } from '../../aws/stores/audit-requests.ts';
import { createHostInventory } from '../../aws/stores/host-inventory.ts';
import { encode } from '../../support/wire.ts';
import { deployedClients, deployedDocuments } from '../runtime/deployed-clients.ts';
import { required } from '../runtime/environment.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { AuditPorts } from './ports.ts';

/** By what the deployed handlers deal with hosts, from their environment. */
export const hostPorts = async ({ ssm }: Pick<Runtime, 'ssm'>): Promise<AuditPorts> => {
  const region = required('AWS_REGION');
  const [sqs, dynamoDb] = await Promise.all([
    deployedClients(region)('sqs'),
    deployedDocuments(region),
  ]);
  const sendTo =
    (QueueUrl: string) =>
    async (message: object, DelaySeconds = 0): Promise<void> => {
      const MessageBody = encode({ version: 1, ...message });
      await sqs.sendMessage({ QueueUrl, MessageBody, DelaySeconds });
    };
  const table = required('POSTURE_TABLE');
  return {
    inventory: createHostInventory(dynamoDb, table),
    asks: createAuditRequests(dynamoDb, table),
    ssm,
    audit: sendTo(required('AUDITS_QUEUE_URL')),
    tell: sendTo(required('HOST_RESULTS_QUEUE_URL')),
  };
};
