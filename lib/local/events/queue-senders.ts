import type { Before } from '../endpoint/call.ts';
import type { Identity } from '../iam/sts-identity.ts';

/** Read by moto/patches/queues.py. */
const header = 'x-local-sender';

/**
 * Tells moto who sends a message, for its attribute SenderId: the id of a user, or of a role with the session's name.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export const queueSenders =
  (identityOf: (accessKeyId: string | undefined) => Promise<Identity>): Before =>
  async (call, forward) => {
    if (call.service !== 'sqs' || !call.operation.startsWith('SendMessage')) return undefined;
    const { principalId = '' } = await identityOf(call.accessKeyId);
    return forward({ ...call, headers: { ...call.headers, [header]: principalId } });
  };
