import type { KMS } from '@aws-sdk/client-kms';
import { kmsKey } from '../../../lib/resources/kms/kms-key.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(kmsKey, { 'rotation: absent': 'moto knows no key that cannot be rotated' });

const facets = Object.keys(kmsKey.facets);
const aws = awsForTests();
const never = '1234abcd-12ab-34cd-56ef-1234567890ab';
const arnOf = (id: string) => `arn:aws:kms:${region}:${accountId}:key/${id}`;
const read = async (id: string, ...names: string[]) => {
  const reading = await aws.reader().read(kmsKey, refOf(id), names);
  return reading.gone ? 'gone' : reading.facets;
};

describe('a key', () => {
  let kms: KMS;
  const make = async (options: Parameters<KMS['createKey']>[0] = {}) =>
    (await kms.createKey(options)).KeyMetadata?.KeyId ?? '';

  beforeAll(async () => {
    kms = await aws.clients()('kms');
    await kms.listKeys();
  }, 60_000);

  it('shows what it is', async () => {
    expect(await read(await make(), 'key')).toEqual({
      key: {
        value: {
          manager: 'CUSTOMER',
          state: 'Enabled',
          spec: 'SYMMETRIC_DEFAULT',
          origin: 'AWS_KMS',
          multiRegion: undefined,
          primaryRegion: undefined,
        },
      },
    });
  });

  it('of several regions shows which is the primary', async () => {
    expect(await read(await make({ MultiRegion: true }), 'key')).toMatchObject({
      key: { value: { multiRegion: 'PRIMARY', primaryRegion: region } },
    });
  });

  it('shows that it is asymmetric', async () => {
    const id = await make({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' });
    expect(await read(id, 'key')).toMatchObject({ key: { value: { spec: 'RSA_2048' } } });
  });

  it('shows that it waits for its deletion', async () => {
    const KeyId = await make();
    await kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    expect(await read(KeyId, 'key')).toMatchObject({
      key: { value: { state: 'PendingDeletion' } },
    });
  });

  it('shows its policy', async () => {
    expect(await read(await make(), 'policy')).toEqual({
      policy: { value: expect.stringContaining(`arn:aws:iam::${accountId}:root`) },
    });
  });

  it('shows whether it is rotated', async () => {
    const KeyId = await make();
    expect(await read(KeyId, 'rotation')).toMatchObject({ rotation: { value: { isOn: false } } });
    await kms.enableKeyRotation({ KeyId });
    expect(await read(KeyId, 'rotation')).toMatchObject({ rotation: { value: { isOn: true } } });
  });

  it.each(facets)('that is not there is gone when its %s is read', async (facet) => {
    expect(await read(never, facet)).toBe('gone');
  });

  it('is denied to whoever may read nothing', async () => {
    const denied = { denied: expect.any(String) };
    expect(await deniedReading(kmsKey, never)).toEqual(
      Object.fromEntries([...facets, 'about'].map((facet) => [facet, denied])),
    );
  }, 60_000);

  it('tells its ARN and tags', async () => {
    const id = await make({ Tags: [{ TagKey: 'data', TagValue: 'secret' }] });
    expect(await read(id, 'about')).toEqual({
      about: { value: { arn: arnOf(id), tags: { data: 'secret' } } },
    });
  });

  it('is listed', async () => {
    const id = await make();
    const { resources } = await kmsKey.live.list.page(aws.reader(), undefined);
    expect(resources).toContainEqual({ id });
  });
});

describe('an event of a key', () => {
  const [announcement] = kmsKey.live.announcements;
  it.each<[string, object, unknown]>([
    ['its ARN', { resources: [{ ARN: arnOf(never), type: 'AWS::KMS::Key' }] }, [never]],
    ['its id', { requestParameters: { keyId: never } }, [never]],
    ['its ARN in the request', { requestParameters: { keyId: arnOf(never) } }, [never]],
    ['the key that is made', { responseElements: { keyMetadata: { keyId: never } } }, [never]],
    [
      'an alias, and the ARN of the key behind it',
      { requestParameters: { keyId: 'alias/a' }, resources: [{ ARN: arnOf(never) }] },
      [never],
    ],
    ['an alias alone', { requestParameters: { keyId: 'alias/a' } }, 'all'],
    ['nothing', { requestParameters: null }, 'all'],
  ])('names it by %s', (_, detail, ids) => {
    expect(announcement?.idsIn({ eventName: 'DisableKeyRotation', ...detail }, accountId)).toEqual(
      ids,
    );
  });

  it('is followed by another look while KMS is at work on it', () => {
    expect(kmsKey.live.unsettled?.while({ state: 'Updating' })).toBe(true);
    expect(kmsKey.live.unsettled?.while({ state: 'Enabled' })).toBe(false);
  });
});
