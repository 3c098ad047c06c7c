import { dataCatalog } from '../../../lib/resources/glue/data-catalog.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(dataCatalog);

const aws = awsForTests();
const read = async (...names: string[]) => {
  const reading = await aws.reader().read(dataCatalog, refOf(region), names);
  return reading.gone ? 'gone' : reading.facets;
};
const arn = `arn:aws:glue:${region}:${accountId}:catalog`;
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::444455556666:root' },
      Action: 'glue:GetTable',
      Resource: `arn:aws:glue:${region}:${accountId}:*`,
    },
  ],
});

describe('the Data Catalog', () => {
  it('shows no policy, and then its policy', async () => {
    const glue = await aws.clients()('glue');
    await glue.deleteResourcePolicy({}).catch(() => undefined);
    expect(await read('policy')).toEqual({ policy: { value: undefined } });
    await glue.putResourcePolicy({ PolicyInJson: policy });
    expect(await read('policy')).toEqual({ policy: { value: policy } });
    await glue.deleteResourcePolicy({});
  }, 60_000);

  it('is denied to whoever may read nothing', async () => {
    expect(await deniedReading(dataCatalog, region)).toEqual({
      policy: { denied: expect.any(String) },
      about: { value: { arn, tags: {} } },
    });
  }, 60_000);

  it('is there once, in each region', async () => {
    expect(await read('about')).toEqual({ about: { value: { arn, tags: {} } } });
    const { resources } = await dataCatalog.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual([{ id: region }]);
  });
});

it.each<[string, object, unknown]>([
  ['an event that names no resource', { requestParameters: { policyInJson: '{}' } }, [region]],
  ['one that names the catalog', { requestParameters: { resourceArn: arn } }, [region]],
  [
    'nothing of a table',
    { requestParameters: { resourceArn: `${arn.slice(0, -7)}table/a/b` } },
    [],
  ],
  ['one that CloudTrail cut', { requestParameters: { omitted: true } }, [region]],
])('the Data Catalog is meant by %s', (_, detail, ids) => {
  const [announcement] = dataCatalog.live.announcements;
  const shown = { eventName: 'PutResourcePolicy', awsRegion: region, ...detail };
  expect(announcement?.idsIn(shown, accountId)).toEqual(ids);
});
