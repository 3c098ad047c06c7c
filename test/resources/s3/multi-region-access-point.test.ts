import { borrowedFacet } from '../../../lib/aws/reader.ts';
import type { Reader } from '../../../lib/model/resource-type.ts';
import { multiRegionAccessPoint } from '../../../lib/resources/s3/multi-region-access-point.ts';
import { accountId, awsForTests, refOf } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(multiRegionAccessPoint, {
  'accountPublicAccessBlock: present': 'in account.test.ts',
  'bucketPublicAccessBlock: faults':
    'a bucket that may not be read is not known to shut anybody out',
  'proposedPolicy: present': 'moto has a policy in force at once; below one is answered',
});

const aws = awsForTests();
const read = async (id: string, name: string) => {
  const reading = await aws.reader().read(multiRegionAccessPoint, refOf(id), [name]);
  return reading.gone ? 'gone' : reading.facets[name];
};
const all = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const open = { ...all, BlockPublicPolicy: false };
const unrestricted = { ...open, RestrictPublicBuckets: false };
const facets = Object.keys(multiRegionAccessPoint.facets);
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3::1:a/object/*',
    },
  ],
});

beforeAll(async () => {
  const [s3, s3control] = await Promise.all([aws.clients()('s3'), aws.clients()('s3control')]);
  await s3.createBucket({ Bucket: 'read-behind-points' });
  await s3.createBucket({ Bucket: 'read-open-behind-points' });
  await s3.deletePublicAccessBlock({ Bucket: 'read-open-behind-points' });
  const made = { AccountId: accountId, ClientToken: 'read' };
  const Regions = [{ Bucket: 'read-behind-points' }];
  await s3control.createMultiRegionAccessPoint({
    ...{ ...made, Details: { Name: 'read-everywhere', Regions } },
  });
  await s3control.createMultiRegionAccessPoint({
    ...{ ...made, Details: { Name: 'read-open-everywhere', Regions, PublicAccessBlock: open } },
  });
  const unblocked = async (Name: string, ...buckets: string[]) =>
    s3control.createMultiRegionAccessPoint({
      ...made,
      Details: {
        ...{ Name, Regions: buckets.map((Bucket) => ({ Bucket })) },
        PublicAccessBlock: unrestricted,
      },
    });
  await unblocked('read-blocked-behind', 'read-behind-points');
  await unblocked('read-open-behind', 'read-behind-points', 'read-open-behind-points');
  await unblocked('read-nothing-behind', 'never-made-behind-points');
  await s3control.putMultiRegionAccessPointPolicy({
    ...made,
    Details: { Name: 'read-open-everywhere', Policy: policy },
  });
}, 60_000);

describe('a Multi-Region Access Point of S3', () => {
  it('shows its blocks, which are on where nobody said otherwise', async () => {
    expect(await read('read-everywhere', 'publicAccessBlock')).toEqual({ value: all });
    expect(await read('read-open-everywhere', 'publicAccessBlock')).toEqual({ value: open });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    const isOfAccount = facet === 'accountPublicAccessBlock';
    const found = await read('never-made', facet);
    expect(found).toEqual(isOfAccount ? expect.anything() : 'gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(multiRegionAccessPoint, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('shows its policy, and none where there is none', async () => {
    expect(await read('read-open-everywhere', 'policy')).toEqual({ value: policy });
    expect(await read('read-open-everywhere', 'proposedPolicy')).toEqual({ value: undefined });
    expect(await read('read-everywhere', 'policy')).toEqual({ value: undefined });
  });

  it('shows the buckets behind it, and what all of them block', async () => {
    expect(await read('read-open-behind', 'place')).toEqual({
      value: { buckets: ['read-behind-points', 'read-open-behind-points'], isInVpc: false },
    });
    const blocksBehind = (id: string) => read(id, 'bucketPublicAccessBlock');
    expect(await blocksBehind('read-blocked-behind')).toEqual({ value: all });
    const none = Object.fromEntries(Object.keys(all).map((block) => [block, false]));
    expect(await blocksBehind('read-open-behind')).toEqual({ value: none });
    expect(await blocksBehind('read-nothing-behind')).toEqual({ value: none });
    // Its own block shuts everybody out, whatever those of its buckets are.
    expect(await blocksBehind('read-open-everywhere')).toEqual({ value: undefined });
  });

  it('tells its ARN, which has an alias, and is listed with its blocks', async () => {
    expect(await read('read-open-everywhere', 'about')).toEqual({
      value: {
        arn: expect.stringMatching(`^arn:aws:s3::${accountId}:accesspoint/[\\w-]+\\.mrap$`),
        tags: {},
      },
    });
    const place = { buckets: ['read-behind-points'], isInVpc: false };
    const { resources } = await multiRegionAccessPoint.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(
      expect.arrayContaining([
        { id: 'read-everywhere', facets: { publicAccessBlock: all, place } },
        { id: 'read-open-everywhere', facets: { publicAccessBlock: open, place } },
      ]),
    );
  });

  it('is asked for in us-west-2, wherever one stands', async () => {
    const asked: string[] = [];
    const reader = aws.reader();
    const elsewhere = (region: string) => {
      asked.push(region);
      return reader.elsewhere(region);
    };
    await multiRegionAccessPoint.live.list.page({ ...reader, elsewhere }, undefined);
    expect(asked).toEqual(['us-west-2']);
    const away = { ...reader, region: 'cn-north-1', elsewhere };
    expect(await multiRegionAccessPoint.live.list.page(away, undefined)).toEqual({ resources: [] });
    expect(asked).toEqual(['us-west-2']);
  });
});

/** A reader to which S3 answers so; each region's buckets block what stands beside it. */
const answering = (
  answers: Readonly<Record<string, object>>,
  blocks: Readonly<Record<string, object | Error>> = {},
) => {
  const at = (region: string): Reader => {
    const own: Reader = {
      ...aws.reader(),
      region,
      call: async (_, operation) => {
        if (operation !== 'getPublicAccessBlock') return answers[operation] as never;
        const there = blocks[region];
        if (there instanceof Error) throw there;
        return { PublicAccessBlockConfiguration: there } as never;
      },
      elsewhere: at,
      facet: (type, ref, name) => borrowedFacet(own, type, ref, name),
    };
    return own;
  };
  return at('us-east-1');
};
const { proposedPolicy, policy: inForce, bucketPublicAccessBlock } = multiRegionAccessPoint.facets;
const ref = refOf('everywhere');

it.each<[string, object, unknown, unknown]>([
  ['nothing', {}, undefined, undefined],
  ['a first one on its way', { Proposed: { Policy: 'b' } }, undefined, 'b'],
  [
    'another on its way',
    { Established: { Policy: 'a' }, Proposed: { Policy: 'b' } },
    ...(['a', 'b'] as const),
  ],
  [
    'one that is in force',
    { Established: { Policy: 'a' }, Proposed: { Policy: 'a' } },
    ...(['a', undefined] as const),
  ],
  ['an empty one', { Established: { Policy: '' } }, undefined, undefined],
])('of %s S3 shows the policy in force, and the one that comes', async (_, Policy, now, then) => {
  const reader = answering({ getMultiRegionAccessPointPolicy: { Policy } });
  expect(await inForce.read(reader, ref)).toBe(now);
  expect(await proposedPolicy.read(reader, ref)).toBe(then);
  const { unsettled } = multiRegionAccessPoint.live;
  expect(unsettled?.while(then)).toBe(then !== undefined);
});

const refused = Object.assign(new Error('no'), { name: 'AccessDenied' });
const slow = Object.assign(new Error('slow'), { name: 'SlowDown' });
const behind = (blocks: Readonly<Record<string, object | Error>>, owner?: string) => {
  const Regions = Object.keys(blocks).map((Region) => ({
    ...{ Bucket: `orders-${Region}`, Region },
    ...(owner === undefined ? {} : { BucketAccountId: owner }),
  }));
  const AccessPoint = { Name: 'everywhere', PublicAccessBlock: unrestricted, Regions };
  const reader = answering({ getMultiRegionAccessPoint: { AccessPoint } }, blocks);
  return bucketPublicAccessBlock.read(reader, ref);
};
it.each<[string, Readonly<Record<string, object | Error>>, string | undefined, boolean]>([
  ['all restrict', { 'us-east-1': all, 'eu-west-1': all }, undefined, true],
  ['all of the account restrict', { 'us-east-1': all, 'eu-west-1': all }, accountId, true],
  ['one does not', { 'us-east-1': all, 'eu-west-1': unrestricted }, undefined, false],
  ['one may not be read', { 'us-east-1': all, 'ap-south-1': refused }, undefined, false],
  ['all are another account’s', { 'us-east-1': all, 'eu-west-1': all }, '444455556666', false],
  ['there are none', {}, undefined, false],
])('where of the buckets behind it %s, it is %j', async (_, blocks, owner, restricts) => {
  expect(await behind(blocks, owner)).toMatchObject({ RestrictPublicBuckets: restricts });
});

it('what may pass is no answer about a bucket', async () => {
  await expect(behind({ 'us-east-1': all, 'eu-west-1': slow })).rejects.toBe(slow);
});

it('a bucket concerns those that are listed with it', () => {
  const [lender] = bucketPublicAccessBlock.borrowedFrom;
  const listed = { id: 'a', facets: { place: { buckets: ['orders', 'west'], isInVpc: false } } };
  expect(lender?.isBorrowedBy?.('west', listed)).toBe(true);
  expect(lender?.isBorrowedBy?.('east', listed)).toBe(false);
  expect(lender?.isBorrowedBy?.('west', { id: 'a' })).toBe(false);
});

// S3 Control writes a body in XML, of which CloudTrail keeps the outer element.
it.each<[string, object, unknown]>([
  ['its name', { details: { name: 'a' } }, ['a']],
  [
    'its name in the body',
    { CreateMultiRegionAccessPointRequest: { Details: { Name: 'a' } } },
    ['a'],
  ],
  ['nothing', {}, 'all'],
])('a Multi-Region Access Point is named by %s', (_, requestParameters, ids) => {
  const [announcement] = multiRegionAccessPoint.live.announcements;
  const detail = { eventName: 'CreateMultiRegionAccessPoint', requestParameters };
  expect(announcement?.idsIn(detail, accountId)).toEqual(ids);
});
