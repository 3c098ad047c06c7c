import { describe, expect, it } from '@jest/globals';
import type { Answer, DecodedCall } from '../../lib/local/endpoint/call.ts';
import { staleReads } from '../../lib/local/local-aws-settle.ts';

const call = (service: DecodedCall['service'], path: string, readOnly: boolean): DecodedCall => ({
  service,
  operation: readOnly ? 'GetBucketPolicy' : 'PutBucketPolicy',
  input: {},
  protocol: 'rest-xml',
  region: 'us-east-1',
  requestId: 'r',
  sourceIp: '127.0.0.1',
  userAgent: 'test',
  readOnly,
  method: readOnly ? 'GET' : 'PUT',
  path,
  headers: {},
  body: Buffer.alloc(0),
});

/** A service whose state is one text, behind stale reads, and a clock. */
const world = (settleMs: number) => {
  let at = 0;
  let state = 'before';
  const before = staleReads(settleMs, () => at);
  const forward = async (): Promise<Answer> => ({ status: 200, headers: {}, body: state });
  return {
    wait: (milliseconds: number) => {
      at += milliseconds;
    },
    write: async (service: DecodedCall['service'], text: string) => {
      expect(await before(call(service, '/b', false), forward)).toBeUndefined();
      state = text;
    },
    read: async (service: DecodedCall['service'], path = '/b') =>
      (await before(call(service, path, true), forward))?.body ?? state,
  };
};

describe('reads after a write', () => {
  it('show what was before for as long as the write takes to settle', async () => {
    const { read, wait, write } = world(1000);
    expect(await read('s3')).toBe('before');
    wait(10);
    await write('s3', 'after');
    expect(await read('s3')).toBe('before');
    wait(999);
    expect(await read('s3')).toBe('before');
    wait(2);
    expect(await read('s3')).toBe('after');
  });

  it('show the write where nobody had read before', async () => {
    const { read, write } = world(1000);
    await write('s3', 'after');
    expect(await read('s3')).toBe('after');
  });

  it('of another service show it at once', async () => {
    const { read, wait, write } = world(1000);
    expect(await read('iam')).toBe('before');
    wait(10);
    await write('s3', 'after');
    expect(await read('iam')).toBe('after');
  });

  it('of a service that is consistent show it at once', async () => {
    const { read, wait, write } = world(1000);
    expect(await read('sqs')).toBe('before');
    wait(10);
    await write('sqs', 'after');
    expect(await read('sqs')).toBe('after');
  });

  it('of another resource are their own', async () => {
    const { read, wait, write } = world(1000);
    expect(await read('s3', '/b')).toBe('before');
    wait(10);
    await write('s3', 'after');
    expect(await read('s3', '/c')).toBe('after');
    expect(await read('s3', '/b')).toBe('before');
  });
});
