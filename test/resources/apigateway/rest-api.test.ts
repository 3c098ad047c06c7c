import type { Reader } from '../../../lib/model/resource-type.ts';
import { restApi } from '../../../lib/resources/apigateway/rest-api.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(restApi);

const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(restApi, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/*',
      Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
    },
  ],
});
let [full, bare] = ['', ''];

describe('a REST API', () => {
  beforeAll(async () => {
    const api = await aws.clients()('apigateway');
    const made = await api.createRestApi({
      ...{ name: 'read-api-full', policy, tags: { data: 'secret' } },
      endpointConfiguration: { types: ['PRIVATE'] },
    });
    full = made.id ?? '';
    bare = (await api.createRestApi({ name: 'read-api-bare' })).id ?? '';
  }, 60_000);

  it('shows its policy and whether it is private', async () => {
    expect(await read(full, 'policy', 'endpoint')).toEqual({
      policy: { value: policy },
      endpoint: { value: { isPrivate: true } },
    });
    expect(await read(bare, 'policy', 'endpoint')).toEqual({
      policy: { value: undefined },
      endpoint: { value: { isPrivate: false } },
    });
  });

  // https://github.com/hashicorp/terraform-provider-aws/issues/5549
  it('shows a policy that AWS answers as it stands between quotes', async () => {
    const call = async () => ({ policy: JSON.stringify(policy).slice(1, -1) });
    const reader = { ...aws.reader(), call } as Reader;
    expect(await restApi.facets.policy.read(reader, refOf(full))).toBe(policy);
  });

  it.each(['policy', 'endpoint'])(
    'that is not there is gone when its %s is read',
    async (facet) => {
      expect(await read('nevermade1', facet)).toBe('gone');
    },
  );

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(restApi, 'nevermade1')).toEqual({
      ...{ policy: denied, endpoint: denied, about: denied },
    });
  }, 60_000);

  it('tells its ARN and tags, and is listed with what is read of it', async () => {
    const about = {
      arn: `arn:aws:apigateway:${region}::/restapis/${full}`,
      tags: { data: 'secret' },
    };
    expect(await read(full, 'about')).toEqual({ about: { value: about } });
    const { resources } = await restApi.live.list.page(aws.reader(), undefined);
    expect(resources).toEqual(
      expect.arrayContaining([
        { id: full, facets: { policy, endpoint: { isPrivate: true } }, about },
        expect.objectContaining({ id: bare, facets: { endpoint: { isPrivate: false } } }),
      ]),
    );
  });
});

it.each<[string, string, object, unknown]>([
  ['its id', 'UpdateRestApi', { requestParameters: { restApiId: 'a1' } }, ['a1']],
  ['its id in the path', 'PutRestApi', { requestParameters: { restapi_id: 'a1' } }, ['a1']],
  [
    'what it is made as',
    'CreateRestApi',
    { requestParameters: { createRestApiInput: { name: 'a' } }, responseElements: { id: 'a1' } },
    ['a1'],
  ],
  ['nothing', 'ImportRestApi', { requestParameters: {} }, 'all'],
])('a REST API is named by %s', (_, eventName, detail, ids) => {
  const [announcement] = restApi.live.announcements;
  expect(announcement?.idsIn({ eventName, ...detail }, accountId)).toEqual(ids);
});
