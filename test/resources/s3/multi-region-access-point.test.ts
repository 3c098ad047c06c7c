import { multiRegionAccessPoint } from '../../../lib/resources/s3/multi-region-access-point.ts';
import { accountId, awsForTests, refOf } from '../aws.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(multiRegionAccessPoint);

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

beforeAll(async () => {
  const s3control = await aws.clients()('s3control');
  const made = { AccountId: accountId, ClientToken: 'read' };
  const Regions = [{ Bucket: 'read-behind-points' }];
  await s3control.createMultiRegionAccessPoint({
    ...{ ...made, Details: { Name: 'read-everywhere', Regions } },
  });
  await s3control.createMultiRegionAccessPoint({
    ...{ ...made, Details: { Name: 'read-open-everywhere', Regions, PublicAccessBlock: open } },
  });
}, 60_000);

describe('a Multi-Region Access Point of S3', () => {
  it('shows its blocks, which are on where nobody said otherwise', async () => {
    expect(await read('read-everywhere', 'publicAccessBlock')).toEqual({ value: all });
    expect(await read('read-open-everywhere', 'publicAccessBlock')).toEqual({ value: open });
  });

  it('that is not there is gone', async () => {
    expect(await read('never-made', 'publicAccessBlock')).toBe('gone');
  });

  it('tells its ARN, which has an alias, and is listed with its blocks', async () => {
    expect(await read('read-open-everywhere', 'about')).toEqual({
      value: {
        arn: expect.stringMatching(`^arn:aws:s3::${accountId}:accesspoint/[\\w-]+\\.mrap$`),
        tags: {},
      },
    });
    const { resources } = await multiRegionAccessPoint.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(
      expect.arrayContaining([
        { id: 'read-everywhere', facets: { publicAccessBlock: all } },
        { id: 'read-open-everywhere', facets: { publicAccessBlock: open } },
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
