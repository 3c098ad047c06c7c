import { s3AccessPoint } from '../../../lib/resources/s3/s3-access-point.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(s3AccessPoint, {
  'accountPublicAccessBlock: present': 'in account.test.ts',
});

const facets = Object.keys(s3AccessPoint.facets);
const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(s3AccessPoint, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const arn = `arn:aws:s3:${region}:${accountId}:accesspoint/read-open`;
const all = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const open = { ...all, BlockPublicPolicy: false, RestrictPublicBuckets: false };

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 's3:GetObject',
      Resource: `${arn}/object/*`,
    },
  ],
});

beforeAll(async () => {
  const [s3, s3control] = await Promise.all([aws.clients()('s3'), aws.clients()('s3control')]);
  const Bucket = 'read-behind-points';
  await s3.createBucket({ Bucket });
  const made = { AccountId: accountId, Bucket };
  await s3control.createAccessPoint({ ...made, Name: 'read-plain' });
  await s3control.createAccessPoint({
    ...{ ...made, Name: 'read-open' },
    PublicAccessBlockConfiguration: open,
  });
  await s3control.putAccessPointPolicy({ AccountId: accountId, Name: 'read-open', Policy: policy });
  const Tags = [{ Key: 'data', Value: 'secret' }];
  await s3control.tagResource({ AccountId: accountId, ResourceArn: arn, Tags });
}, 60_000);

describe('an access point of S3', () => {
  it('shows its blocks, which are on where nobody said otherwise', async () => {
    expect(await read('read-plain', 'publicAccessBlock')).toEqual({
      publicAccessBlock: { value: all },
    });
    expect(await read('read-open', 'publicAccessBlock')).toEqual({
      publicAccessBlock: { value: open },
    });
  });

  it('shows its policy, and none where there is none', async () => {
    expect(await read('read-open', 'policy')).toEqual({ policy: { value: policy } });
    expect(await read('read-plain', 'policy')).toEqual({ policy: { value: undefined } });
  });

  it('shows the bucket behind it, and its block', async () => {
    const names = ['place', 'bucketPublicAccessBlock', 'accountPublicAccessBlock'];
    expect(await read('read-open', ...names)).toEqual({
      place: { value: { bucket: 'read-behind-points', isInVpc: false } },
      bucketPublicAccessBlock: { value: all },
      accountPublicAccessBlock: { value: undefined },
    });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    const isOfAccount = facet === 'accountPublicAccessBlock';
    const found = await read('never-made', facet);
    expect(found).toEqual(isOfAccount ? expect.anything() : 'gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(s3AccessPoint, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags, and is listed', async () => {
    const about = { arn, tags: { data: 'secret' } };
    expect(await read('read-open', 'about')).toEqual({ about: { value: about } });
    const { resources } = await s3AccessPoint.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(
      expect.arrayContaining(
        ['read-open', 'read-plain'].map((id) => ({
          id,
          facets: { place: { bucket: 'read-behind-points', isInVpc: false } },
        })),
      ),
    );
  });
});

it.each<[string, object, unknown]>([
  ['its name', { requestParameters: { name: 'a' } }, ['a']],
  ['nothing', { requestParameters: {} }, 'all'],
])('an access point of S3 is named by %s', (_, detail, ids) => {
  const [announcement] = s3AccessPoint.live.announcements;
  expect(announcement?.idsIn({ eventName: 'CreateAccessPoint', ...detail }, accountId)).toEqual(
    ids,
  );
});
