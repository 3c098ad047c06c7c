import { createClientPool } from '../../lib/aws/client-pool.ts';
import type { Clients } from '../../lib/aws/clients.ts';
import { createReader } from '../../lib/aws/reader.ts';
import { s3Bucket } from '../../lib/resources/s3/s3-bucket.ts';

const account = '123456789012';
const ref = { account, region: 'eu-west-1', id: 'photos' };
const fault = (name: string, httpStatusCode = 403) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

interface Asked {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}
/** An S3 whose answers are given by operation; what it is asked is kept. */
const s3With = (answers: Readonly<Record<string, () => unknown>>) => {
  const asked: Asked[] = [];
  const client = new Proxy(
    {},
    {
      get: (_, operation) => {
        // A client is no promise.
        if (operation === 'then') return undefined;
        return async (input: Asked['input']) => {
          asked.push({ operation: String(operation), input });
          return answers[String(operation)]?.();
        };
      },
    },
  );
  const clients = (async (service: string) =>
    service === 's3' ? client : {}) as unknown as Clients;
  const reader = createReader({ ...ref, clients });
  return { asked, read: () => reader.read(s3Bucket, ref, ['policy', 'versioning']) };
};
const refuse = (name: string, status?: number) => () => {
  throw fault(name, status);
};

describe('a bucket is read', () => {
  it('only if the account owns it: each call says who has to', async () => {
    const { asked, read } = s3With({
      getBucketPolicy: () => ({}),
      getBucketVersioning: () => ({}),
    });
    await read();
    expect(asked.map(({ input }) => input['ExpectedBucketOwner'])).toEqual([account, account]);
  });

  it('and is gone where S3 refuses that and does not list it', async () => {
    const { asked, read } = s3With({
      getBucketPolicy: refuse('AccessDenied'),
      getBucketVersioning: refuse('AccessDenied'),
      listBuckets: () => ({ Buckets: [{ Name: 'photos-2', BucketRegion: 'eu-west-1' }] }),
    });
    expect(await read()).toMatchObject({ gone: true });
    expect(asked.filter(({ operation }) => operation === 'listBuckets')).toHaveLength(1);
  });

  it('and is denied, not gone, where it is listed, or nobody may list', async () => {
    const answers = {
      getBucketPolicy: refuse('AccessDenied'),
      getBucketVersioning: () => ({ Status: 'Enabled' }),
    };
    const listed = () => ({ Buckets: [{ Name: 'photos', BucketRegion: 'eu-west-1' }] });
    for (const listBuckets of [listed, refuse('AccessDenied'), refuse('SlowDown', 503)])
      expect(await s3With({ ...answers, listBuckets }).read()).toMatchObject({
        gone: false,
        facets: {
          policy: { denied: 'AccessDenied' },
          versioning: { value: { status: 'Enabled' } },
        },
      });
  });

  it('and is gone where it is in another region', async () => {
    const { read } = s3With({
      getBucketPolicy: refuse('PermanentRedirect', 301),
      getBucketVersioning: refuse('PermanentRedirect', 301),
    });
    expect(await read()).toMatchObject({ gone: true });
  });
});

describe('clients', () => {
  const made: string[] = [];
  const clientsAt = createClientPool(({ account: of, region }) => {
    made.push(`${of} ${region}`);
    return (async () => ({})) as unknown as Clients;
  }, 2);
  it('are made once for each account and region, and those asked for longest ago are let go', () => {
    const at = (region: string, of = account) => clientsAt({ account: of, region });
    const first = at('us-east-1');
    expect(at('us-east-1')).toBe(first);
    at('eu-west-1');
    at('us-east-1');
    at('eu-west-1', '210987654321');
    expect(at('us-east-1')).toBe(first);
    at('eu-west-1');
    expect(made).toEqual([
      `${account} us-east-1`,
      `${account} eu-west-1`,
      '210987654321 eu-west-1',
      `${account} eu-west-1`,
    ]);
  });
});
