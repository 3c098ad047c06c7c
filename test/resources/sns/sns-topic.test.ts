import { snsTopic } from '../../../lib/resources/sns/sns-topic.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(snsTopic);

const facets = Object.keys(snsTopic.facets);
const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(snsTopic, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};

const [full, bare] = ['read-topic-full', 'read-topic-bare'];
const arnOf = (name: string) => `arn:aws:sns:${region}:${accountId}:${name}`;

beforeAll(async () => {
  const sns = await aws.clients()('sns');
  await sns.createTopic({
    Name: full,
    Attributes: { KmsMasterKeyId: 'alias/orders' },
    Tags: [{ Key: 'data', Value: 'secret' }],
  });
  await sns.createTopic({ Name: bare });
}, 60_000);

describe('a topic', () => {
  it('that has everything shows its policy and its key', async () => {
    expect(await read(full, 'policy', 'encryption')).toEqual({
      policy: { value: expect.stringContaining(`"AWS:SourceOwner":"${accountId}"`) },
      encryption: { value: { kmsKey: 'alias/orders' } },
    });
  });

  it('that has nothing shows that no key encrypts it', async () => {
    expect(await read(bare, 'encryption')).toEqual({
      encryption: { value: { kmsKey: undefined } },
    });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read('never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(snsTopic, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    expect(await read(full, 'about')).toEqual({
      about: { value: { arn: arnOf(full), tags: { data: 'secret' } } },
    });
  });

  it('is listed', async () => {
    const { resources } = await snsTopic.live.list.page(aws.reader(), undefined);
    expect(resources).toContainEqual({ id: full });
  });

  it.each<[string, object, unknown]>([
    ['the ARN of a change', { requestParameters: { topicArn: arnOf('orders') } }, ['orders']],
    [
      'the ARN of a new one',
      { requestParameters: { name: 'orders' }, responseElements: { topicArn: arnOf('orders') } },
      ['orders'],
    ],
    [
      'the ARN of another account’s, which is none of ours',
      { requestParameters: { topicArn: `arn:aws:sns:${region}:444455556666:orders` } },
      [],
    ],
    ['nothing', { requestParameters: null }, 'all'],
  ])('is named by %s', (_, detail, ids) => {
    const [announcement] = snsTopic.live.announcements;
    expect(announcement?.idsIn({ eventName: 'Any', ...detail }, accountId)).toEqual(ids);
  });
});
