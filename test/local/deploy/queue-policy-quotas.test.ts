import { SQS } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { queuePolicyQuotas } from '../../../lib/local/deploy/queue-policy-quotas.ts';
import { endpointForTests } from '../endpoint/endpoint-for-tests.ts';

const local = endpointForTests(() => ({ before: [queuePolicyQuotas] }));
const policyOf = (count: number) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: Array.from({ length: count }, (_, index) => ({
      Sid: `Rule${index}`,
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    })),
  });

describe('a policy of a queue', () => {
  let sqs: SQS;
  let QueueUrl: string | undefined;
  beforeAll(async () => {
    sqs = new SQS(local.settings());
    ({ QueueUrl } = await sqs.createQueue({ QueueName: 'undelivered' }));
  });
  const kept = async () => {
    const { Attributes } = await sqs.getQueueAttributes({ QueueUrl, AttributeNames: ['Policy'] });
    return Attributes?.['Policy'] ?? '';
  };

  it('is taken with 20 statements, and refused with 21 as SQS does', async () => {
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy: policyOf(20) } });
    const refused = sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy: policyOf(21) } });
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidAttributeValue',
      message: expect.stringContaining('21 statements; SQS takes 20'),
    });
    expect(JSON.parse(await kept())).toEqual(JSON.parse(policyOf(20)));
  });

  it('is refused where it is no JSON', async () => {
    const refused = sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy: 'nobody' } });
    await expect(refused).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
  });

  it('is refused with the queue that it comes with', async () => {
    const Attributes = { Policy: policyOf(21) };
    const refused = sqs.createQueue({ QueueName: 'other', Attributes });
    await expect(refused).rejects.toMatchObject({ name: 'InvalidAttributeValue' });
    await expect(sqs.getQueueUrl({ QueueName: 'other' })).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  it('can be taken away', async () => {
    await sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy: '' } });
    expect(await kept()).toBe('');
  });
});
