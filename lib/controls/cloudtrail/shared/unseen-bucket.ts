/** Why nothing is known of the bucket of a trail. */
export const unseen = (bucket: string | undefined): string =>
  bucket
    ? `the bucket ${bucket} is held in another account or region, or is gone`
    : 'the trail names no bucket';
