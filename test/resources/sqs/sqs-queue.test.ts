import { sqsQueue } from '../../../lib/resources/sqs/sqs-queue.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(sqsQueue);

const facets = Object.keys(sqsQueue.facets);
const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(sqsQueue, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};

const [full, bare] = ['read-queue-full', 'read-queue-bare'];
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' },
});

beforeAll(async () => {
  const sqs = await aws.clients()('sqs');
  await sqs.createQueue({
    QueueName: full,
    Attributes: { Policy: policy, KmsMasterKeyId: 'alias/orders', SqsManagedSseEnabled: 'false' },
    tags: { data: 'secret' },
  });
  await sqs.createQueue({ QueueName: bare, Attributes: { SqsManagedSseEnabled: 'true' } });
}, 60_000);

describe('a queue', () => {
  it('that has everything shows its policy and its key', async () => {
    expect(await read(full, 'policy', 'encryption')).toEqual({
      policy: { value: expect.stringContaining('sqs:SendMessage') },
      encryption: { value: { kmsKey: 'alias/orders', isManagedBySqs: false } },
    });
  });

  it('that has nothing shows no policy, and the key of SQS', async () => {
    expect(await read(bare, 'policy', 'encryption')).toEqual({
      policy: { value: undefined },
      encryption: { value: { kmsKey: undefined, isManagedBySqs: true } },
    });
  });

  it('of which the key was taken off shows none', async () => {
    const QueueName = 'read-queue-unkeyed';
    await (await aws.clients()('sqs')).createQueue({
      QueueName,
      Attributes: { KmsMasterKeyId: '', SqsManagedSseEnabled: 'false' },
    });
    expect(await read(QueueName, 'encryption')).toEqual({
      encryption: { value: { kmsKey: undefined, isManagedBySqs: false } },
    });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read('never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(sqsQueue, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    expect(await read(full, 'about')).toEqual({
      about: {
        value: { arn: `arn:aws:sqs:${region}:${accountId}:${full}`, tags: { data: 'secret' } },
      },
    });
  });

  it('is listed', async () => {
    const { resources } = await sqsQueue.live.list.page(aws.reader(), undefined);
    expect(resources).toContainEqual({ id: full });
  });

  it.each<[string, object, unknown]>([
    [
      'the URL of a change',
      {
        requestParameters: { queueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/orders` },
      },
      ['orders'],
    ],
    [
      'an older form of the URL',
      {
        requestParameters: {
          queueUrl: `https://${region}.queue.amazonaws.com/${accountId}/orders`,
        },
      },
      ['orders'],
    ],
    ['the name of a new one', { requestParameters: { queueName: 'orders' } }, ['orders']],
    [
      'the URL of another account’s, after which all are read',
      {
        requestParameters: { queueUrl: `https://sqs.${region}.amazonaws.com/444455556666/orders` },
      },
      'all',
    ],
    ['nothing', { requestParameters: null }, 'all'],
  ])('is named by %s', (_, detail, ids) => {
    const [announcement] = sqsQueue.live.announcements;
    expect(announcement?.idsIn({ eventName: 'Any', ...detail }, accountId)).toEqual(ids);
  });
});
