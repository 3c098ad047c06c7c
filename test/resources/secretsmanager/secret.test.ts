import { secret } from '../../../lib/resources/secretsmanager/secret.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(secret);

const facets = Object.keys(secret.facets);
const aws = awsForTests();
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(secret, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};
const [full, bare, deleted] = ['read/secret-full', 'read-secret-bare', 'read-secret-deleted'];
const [replica, elsewhere] = ['read-secret-replica', 'eu-west-1'];
const value = 'hunter2-of-a-test';
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: '*',
    Action: 'secretsmanager:GetSecretValue',
    Resource: '*',
  },
});
const arnOf = (name: string) => `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}`;

describe('a secret', () => {
  beforeAll(async () => {
    const client = await aws.clients()('secretsmanager');
    const Tags = [{ Key: 'data', Value: 'secret' }];
    await client.createSecret({ Name: full, SecretString: value, Tags });
    await client.putResourcePolicy({ SecretId: full, ResourcePolicy: policy });
    const there = await aws.clients(undefined, elsewhere)('secretsmanager');
    const AddReplicaRegions = [{ Region: region }];
    await there.createSecret({ Name: replica, SecretString: value, AddReplicaRegions });
    for (const Name of [bare, deleted]) await client.createSecret({ Name, SecretString: value });
    await client.deleteSecret({ SecretId: deleted });
  }, 60_000);

  it('that has everything shows it, but never its value', async () => {
    const shown = await read(full, ...facets);
    expect(shown).toMatchObject({
      life: { value: { created: expect.stringMatching(/^20/), deleted: undefined } },
      rotation: { value: { isOn: false } },
      policy: { value: policy },
    });
    expect(JSON.stringify(shown)).not.toContain(value);
  });

  it('that is a copy says of which region', async () => {
    expect(await read(replica, 'primaryRegion')).toEqual({ primaryRegion: { value: elsewhere } });
    expect(await read(full, 'primaryRegion')).toEqual({ primaryRegion: { value: undefined } });
  });

  it('that has no policy shows none', async () => {
    expect(await read(bare, 'policy')).toEqual({ policy: { value: undefined } });
  });

  it('that waits for its deletion says so', async () => {
    expect(await read(deleted, 'life', 'policy')).toMatchObject({
      life: { value: { deleted: expect.stringMatching(/^20/) } },
      policy: { value: undefined },
    });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read('never-made', facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(secret, 'example')).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    const arn = expect.stringMatching(new RegExp(`^${arnOf(full)}-\\w{6}$`));
    expect(await read(full, 'about')).toEqual({
      about: { value: { arn, tags: { data: 'secret' } } },
    });
  });

  it('is listed with what the listing shows', async () => {
    const { resources } = await secret.live.list.page(aws.reader(), undefined);
    expect(resources.find(({ id }) => id === full)).toMatchObject({
      facets: { rotation: { isOn: false } },
      about: { tags: { data: 'secret' } },
    });
  });

  it.each<[string, object, unknown]>([
    ['its name', { requestParameters: { secretId: 'db/orders' } }, ['db/orders']],
    ['its ARN', { requestParameters: { secretId: `${arnOf('db/orders')}-AbCd12` } }, ['db/orders']],
    ['the name of a new one', { requestParameters: { name: 'db/orders' } }, ['db/orders']],
    ['nothing', { requestParameters: null }, 'all'],
  ])('is named by %s', (_, detail, ids) => {
    const [announcement] = secret.live.announcements;
    expect(announcement?.idsIn({ eventName: 'UpdateSecret', ...detail }, accountId)).toEqual(ids);
  });

  it.each<[string, object, unknown]>([
    ['its ARN', { SecretId: `${arnOf('db/orders')}-AbCd12` }, ['db/orders']],
    ['nothing', {}, 'all'],
  ])('is named by %s in what the service tells of a rotation', (_, additionalEventData, ids) => {
    const announcement = secret.live.announcements[1];
    const detail = { eventName: 'RotationFailed', additionalEventData };
    expect(announcement?.idsIn(detail, accountId)).toEqual(ids);
  });
});
