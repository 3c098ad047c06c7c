import type { Reader } from '../../model/resource-type.ts';

/**
 * The bucket that a REST endpoint is of; an access point, a multi-region one and a website have endpoints of other forms.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export const bucketIn = (domain: string): string | undefined =>
  /^(.+)\.s3(?:-(?!website|global\.|fips\.)[a-z0-9-]+|-accelerate\.dualstack|(?:-fips)?\.(?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/.exec(
    domain.toLowerCase(),
  )?.[1];

/**
 * The bucket whose website an endpoint is.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
 */
export const websiteIn = (domain: string): string | undefined =>
  /^(.+)\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.exec(domain.toLowerCase())?.[1];

const pathStyle =
  /^s3(?:-(?!website|global\.|fips\.)[a-z0-9-]+|(?:-fips)?\.(?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/;
/**
 * The bucket that the path of an origin begins with, where its domain is S3's own; `undefined` of another domain. Without a
 * path the viewer names the bucket: it is an empty text.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html#path-style-access
 */
export const pathBucketIn = (domain: string, path: string): string | undefined =>
  pathStyle.test(domain.toLowerCase()) ? (path.split('/')[1] ?? '') : undefined;

/** Whose a bucket is: the account's, nobody's, another account's; `unclear` with AWS's code where it does not say. */
export type Found =
  | { readonly found: 'ours' | 'missing' | 'foreign' }
  | { readonly found: 'unclear'; readonly why: string };

/** What AWS says of this one request for good: 4xx without what may pass, and a name that the SDK sends nowhere. */
const refusalOf = (error: unknown): string | undefined => {
  const { name, $metadata } = Object(error);
  const status: unknown = Object($metadata).httpStatusCode;
  const isRefused = typeof status === 'number' && status >= 400 && status < 500 && status !== 429;
  if (typeof name !== 'string' || /Throttl|RequestTimeout|SlowDown/.test(name)) return undefined;
  return isRefused || /^(AccessDenied|EndpointError)/.test(name) ? name : undefined;
};

/** Every bucket of the account, in any region; `undefined` where these may not be listed. */
const isListed = async (reader: Reader, bucket: string): Promise<boolean | undefined> => {
  try {
    // In alphabetical order: the name itself is the first that begins with it.
    const asked = { Prefix: bucket, MaxBuckets: 1000 };
    const { Buckets = [] } = await reader.call('s3', 'listBuckets', asked);
    return Buckets.some(({ Name }) => Name === bucket);
  } catch (error) {
    if (refusalOf(error) === 'AccessDenied') return undefined;
    throw error;
  }
};

/** No general purpose bucket may be called so, and the SDK asks other endpoints about such a name. */
const isOfAnotherKind = (bucket: string): boolean => /--(x|xa|op)-s3$/.test(bucket);
/** An access point's: it is in no list of buckets. */
const isAlias = (bucket: string): boolean => /-s3alias$|--ol-s3$/.test(bucket);

const afterRefusal = async (reader: Reader, bucket: string, why: string): Promise<Found> => {
  if (isAlias(bucket)) return { found: 'unclear', why };
  const listed = await isListed(reader, bucket);
  if (listed) return { found: 'ours' };
  if (why === 'InvalidBucketName') return { found: 'missing' };
  return why === 'AccessDenied' && listed === false
    ? { found: 'foreign' }
    : { found: 'unclear', why };
};

/**
 * Whose a bucket is. Asked with the account as the owner that is expected, AWS tells where a bucket of the account is; it
 * refuses what is another's as it refuses what the bucket's policy keeps from us, and the list of buckets tells these apart.
 */
export const find = async (reader: Reader, Bucket: string): Promise<Found> => {
  if (isOfAnotherKind(Bucket)) return { found: 'unclear', why: 'not a general purpose bucket' };
  try {
    await reader.call('s3', 'getBucketLocation', { Bucket });
    return { found: 'ours' };
  } catch (error) {
    const why = refusalOf(error);
    if (Object(error).name === 'NoSuchBucket') return { found: 'missing' };
    if (why === undefined) throw error;
    return afterRefusal(reader, Bucket, why);
  }
};
