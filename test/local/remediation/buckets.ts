import { randomUUID } from 'node:crypto';
import type { EventCause } from '../../../lib/engine/changes/change.ts';
import { actionId } from '../../../lib/engine/remediation/action.ts';
import type { FixRequest } from '../../../lib/engine/remediation/request.ts';
import { uniqueName } from '../../remediation/drift.ts';
import { changed, type Plumbline, type TestStack } from '../../remediation/stack.ts';
import { refOf } from '../../resources/aws.ts';

export const bucketType = 'AWS::S3::Bucket';
export const control = 'S3.8';
export const mallory = 'arn:aws:iam::123456789012:user/mallory';

/** A bucket as S3 makes it, its public access blocked. */
export const newBucket = async ({ clients }: TestStack): Promise<string> => {
  const Bucket = uniqueName('guarded');
  await (await clients('s3')).createBucket({ Bucket });
  return Bucket;
};

export const unblock = async ({ clients }: TestStack, Bucket: string): Promise<void> => {
  await (await clients('s3')).deletePublicAccessBlock({ Bucket });
};

export const block = async ({ clients }: TestStack, Bucket: string): Promise<void> => {
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  await (await clients('s3')).putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration });
};

export const isBlocked = async ({ clients }: TestStack, Bucket: string): Promise<boolean> => {
  const s3 = await clients('s3');
  const block = await s3.getPublicAccessBlock({ Bucket }).catch(() => undefined);
  return Object.values(block?.PublicAccessBlockConfiguration ?? {}).filter(Boolean).length === 4;
};

/** A sweep sees the bucket, somebody unblocks it, and their event is evaluated: a drift whose ask waits. */
export const driftOf = async (
  stack: TestStack,
  plumbline: Plumbline,
  id: string,
  cause: Partial<EventCause> = {},
): Promise<void> => {
  await plumbline.evaluate([{ ...changed(bucketType, id), cause: { kind: 'sweep' } }]);
  await unblock(stack, id);
  await plumbline.evaluate([changed(bucketType, id, cause)]);
};

/** An ask of its own, as the one that a drift makes. */
export const askOn = (id: string, more: Partial<FixRequest> = {}): FixRequest => {
  const ref = refOf(id);
  const key = { type: bucketType, ref, controls: [control], episodes: [], attempt: randomUUID() };
  return {
    version: 1,
    ask: 'remediate',
    id: actionId(key),
    type: bucketType,
    ref,
    controls: [control],
    askedBy: { kind: 'drift' },
    ...more,
  };
};

export const deny = (): never => {
  throw Object.assign(new Error('not for you'), {
    name: 'AccessDeniedException',
    $metadata: { httpStatusCode: 403 },
  });
};

export const busy = (): never => {
  throw Object.assign(new Error('come again'), {
    name: 'ThrottlingException',
    $metadata: { httpStatusCode: 400 },
  });
};

/** Keeps the calls that are made, and does at each what a test asks for. */
export const recorder = () => {
  const calls: string[] = [];
  const at = new Map<string, () => unknown>();
  return {
    calls,
    at,
    /** Calls that change a bucket. */
    writes: () => calls.filter((call) => /^s3\.(put|delete)/.test(call)),
    async fault(call: string, when: 'before' | 'after'): Promise<void> {
      if (when === 'before') calls.push(call);
      await at.get(`${when} ${call}`)?.();
    },
  };
};
