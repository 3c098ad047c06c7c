import { kinesisStream } from '../../../lib/resources/kinesis/kinesis-stream.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(kinesisStream);

const facets = Object.keys(kinesisStream.facets);
const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(kinesisStream, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare] = ['read-stream-full', 'read-stream-bare'];

beforeAll(async () => {
  const kinesis = await aws.clients()('kinesis');
  for (const StreamName of [full, bare]) await kinesis.createStream({ StreamName, ShardCount: 1 });
  await kinesis.addTagsToStream({ StreamName: full, Tags: { data: 'secret' } });
  await kinesis.increaseStreamRetentionPeriod({ StreamName: full, RetentionPeriodHours: 168 });
  await kinesis.startStreamEncryption({
    StreamName: full,
    EncryptionType: 'KMS',
    KeyId: 'alias/aws/kinesis',
  });
}, 60_000);

describe('a stream', () => {
  it('shows its key, and how long it keeps records', async () => {
    expect(await read(full, 'stream')).toEqual({
      stream: {
        value: {
          state: 'ACTIVE',
          isEncrypted: true,
          kmsKey: 'alias/aws/kinesis',
          retentionHours: 168,
        },
      },
    });
  });

  it('of which nothing was set shows no key, and the day that AWS gives it', async () => {
    expect(await read(bare, 'stream')).toEqual({
      stream: {
        value: { state: 'ACTIVE', isEncrypted: false, kmsKey: undefined, retentionHours: 24 },
      },
    });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read('never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(kinesisStream, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    const arn = `arn:aws:kinesis:${region}:${accountId}:stream/${full}`;
    expect(await read(full, 'about')).toEqual({
      about: { value: { arn, tags: { data: 'secret' } } },
    });
  });

  it('is listed', async () => {
    const { resources } = await kinesisStream.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(expect.arrayContaining([{ id: full }, { id: bare }]));
  });

  const arn = `arn:aws:kinesis:${region}:${accountId}:stream/orders`;
  it.each<[string, object | null, unknown]>([
    ['its name', { streamName: 'orders' }, ['orders']],
    ['its ARN', { streamARN: arn }, ['orders']],
    ['the ARN of what its policy is of', { resourceARN: arn }, ['orders']],
    ['the ARN of a consumer', { resourceARN: `${arn}/consumer/app:1700000000` }, ['orders']],
    [
      'the ARN of another account’s',
      { streamARN: `arn:aws:kinesis:${region}:444455556666:stream/orders` },
      [],
    ],
    ['nothing', null, 'all'],
  ])('is named by %s', (_, requestParameters, ids) => {
    const [announcement] = kinesisStream.live.announcements;
    expect(announcement?.idsIn({ eventName: 'Any', requestParameters }, accountId)).toEqual(ids);
  });
});
