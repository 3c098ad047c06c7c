import type { RawCall } from './call.ts';
import type { Target } from './route.ts';

const virtualHost = /^(.+?)\.(?:s3[.-][^:]*|localhost)(?::\d+)?$/;

/** A request with the bucket in its host name, as one with the bucket in its path. */
export const pathStyle = (call: RawCall): RawCall => {
  const bucket = virtualHost.exec(call.headers['host'] ?? '')?.[1];
  if (bucket === undefined) return call;
  const headers = { ...call.headers, host: 's3.amazonaws.com' };
  return { ...call, path: `/${bucket}${call.path}`, headers };
};

/** The bucket that a path begins with, and what the request asks of it. */
export const withinBucket = ({ segments, query }: Target) => {
  const [bucket, ...rest] = segments;
  const target: Target = { segments: rest, query };
  return bucket ? { target, bucket: decodeURIComponent(bucket) } : { target };
};
