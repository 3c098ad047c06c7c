import type { Held } from '../../model/resource-type.ts';

/**
 * Whether a bucket is the account's, in the region. Asked for one region, S3 names each bucket's; an endpoint that knows
 * no such filter names it too.
 */
export const heldBucket: Held = {
  actions: ['s3:ListAllMyBuckets'],
  async by(reader, { id }) {
    const { Buckets = [] } = await reader.call('s3', 'listBuckets', {
      Prefix: id,
      BucketRegion: reader.region,
      MaxBuckets: 1000,
    });
    return Buckets.some(
      ({ Name, BucketRegion = reader.region }) => Name === id && BucketRegion === reader.region,
    );
  },
};
