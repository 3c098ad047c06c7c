import type { Clients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { find, pathBucketIn } from '../../../lib/resources/cloudfront/origin-bucket.ts';
import { accountId, region } from '../aws.ts';

const fault = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
/** What S3 answers where it is asked for the location, and for the list: an error, or the names of the account's. */
const asked = (location: Error | undefined, list: Error | readonly string[] = []) => {
  const given: object[] = [];
  const s3 = {
    async getBucketLocation(input: object) {
      given.push(input);
      if (location) throw location;
      return {};
    },
    async listBuckets() {
      if (list instanceof Error) throw list;
      return { Buckets: list.map((Name) => ({ Name })) };
    },
  };
  const clients = (async () => s3) as unknown as Clients;
  return { given, reader: createReader({ account: accountId, region, clients }) };
};
const denied = fault('AccessDenied', 403);

it('names the account as the owner that it expects', async () => {
  const { given, reader } = asked(undefined);
  expect(await find(reader, 'site')).toEqual({ found: 'ours' });
  expect(given).toEqual([{ Bucket: 'site', ExpectedBucketOwner: accountId }]);
});

it.each<[name: string, location: Error, list: Error | readonly string[], found: object]>([
  ['missing', fault('NoSuchBucket', 404), [], { found: 'missing' }],
  ['taken over by another account', denied, [], { found: 'foreign' }],
  ['of another account, beside one of ours', denied, ['site-2'], { found: 'foreign' }],
  ['ours, by a policy that denies us', denied, ['site', 'site-2'], { found: 'ours' }],
  ['denied, as is the list', denied, denied, { found: 'unclear', why: 'AccessDenied' }],
  ['of a name that none can have', fault('InvalidBucketName', 400), [], { found: 'missing' }],
  ['of an old name of ours', fault('InvalidBucketName', 400), ['site'], { found: 'ours' }],
  ...[
    ...['PermanentRedirect', 'IllegalLocationConstraintException', 'AuthorizationHeaderMalformed'],
    ...['InvalidRequest', 'MethodNotAllowed', 'NoSuchAccessPoint'],
  ].map((why): [string, Error, readonly string[], object] => [
    `answered by ${why}`,
    fault(why, 400),
    [],
    { found: 'unclear', why },
  ]),
  [
    'that the SDK has no endpoint for',
    Object.assign(new Error('no endpoint'), { name: 'EndpointError' }),
    [],
    { found: 'unclear', why: 'EndpointError' },
  ],
])('says of one that is %s whose it is', async (_, location, list, found) => {
  expect(await find(asked(location, list).reader, 'site')).toEqual(found);
});

it('takes no alias of an access point for a bucket of another account', async () => {
  const alias = 'site-1a2b-s3alias';
  expect(await find(asked(denied).reader, alias)).toEqual({
    ...{ found: 'unclear', why: 'AccessDenied' },
  });
});

it.each(['a--use1-az4--x-s3', 'a--op-s3'])('asks nothing of %s', async (name) => {
  const { given, reader } = asked(undefined);
  expect(await find(reader, name)).toMatchObject({ found: 'unclear' });
  expect(given).toEqual([]);
});

it.each<[name: string, location: Error, list: Error | readonly string[]]>([
  ['SlowDown', fault('SlowDown', 503), []],
  ['a failure of S3', fault('InternalError', 500), []],
  ['too many requests', fault('TooManyRequestsException', 429), []],
  ['SlowDown of the list', denied, fault('SlowDown', 503)],
  ['credentials that are over', fault('ExpiredToken', 400), fault('ExpiredToken', 400)],
])('throws what may pass: %s', async (_, location, list) => {
  await expect(find(asked(location, list).reader, 'site')).rejects.toThrow();
});

it.each<[domain: string, path: string, bucket: string | undefined]>([
  ['s3.amazonaws.com', '/site', 'site'],
  ['s3.amazonaws.com', '/site/production', 'site'],
  ['S3.Amazonaws.com', '/site', 'site'],
  ['s3.eu-central-1.amazonaws.com', '/site', 'site'],
  ['s3-eu-west-1.amazonaws.com', '/site', 'site'],
  ['s3.dualstack.eu-central-1.amazonaws.com', '/site', 'site'],
  ['s3-fips.us-east-1.amazonaws.com', '/site', 'site'],
  ['s3-fips.dualstack.us-east-1.amazonaws.com', '/site', 'site'],
  ['s3.cn-north-1.amazonaws.com.cn', '/site', 'site'],
  ['s3.amazonaws.com', '', ''],
  ['s3.amazonaws.com', '/', ''],
  ['site.s3.amazonaws.com', '/site', undefined],
  ['s3-website.eu-central-1.amazonaws.com', '/site', undefined],
  ['s3.global.amazonaws.com.example.org', '/site', undefined],
  ['s3.amazonaws.com.example.org', '/site', undefined],
  ['orders.example.com', '/site', undefined],
])('%s%s has the bucket %s in its path', (domain, path, bucket) => {
  expect(pathBucketIn(domain, path)).toBe(bucket);
});
