import type { S3 } from '@aws-sdk/client-s3';
import { codeOf } from '../aws/errors.ts';
import { createHistory } from '../aws/stores/history.ts';
import type { Period } from '../reports/history/gaps.ts';
import {
  type FoundManifest,
  type ProvenHistory,
  readHistory,
} from '../reports/history/read-history.ts';
import { inParts } from '../support/chunked.ts';
import { UserError } from '../support/user-error.ts';
import type { Installed } from './installed.ts';

const day = 86_400_000;
/** Files say at the beginning of a month how everything stood. */
const statedDays = 62;

interface Files {
  readonly s3: S3;
  readonly bucket: string;
  readonly owner: string;
}

const bytesOf = async (
  { s3, bucket, owner }: Files,
  key: string,
): Promise<Uint8Array | undefined> => {
  try {
    const asked = { Bucket: bucket, Key: key, ExpectedBucketOwner: owner };
    const { Body } = await s3.getObject(asked);
    return await Body?.transformToByteArray();
  } catch (error) {
    if (codeOf(error) === 'NoSuchKey') return undefined;
    throw error;
  }
};

/** The day in the key of a manifest: `manifests/<account>/2026-11-30.json`. */
const dayIn = (key: string): number =>
  Date.parse(/^manifests\/\d+\/(\d{4}-\d\d-\d\d)\.json$/.exec(key)?.[1] ?? '');

const manifestKeys = async ({ s3, bucket, owner }: Files): Promise<readonly string[]> => {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.listObjectsV2({
      Bucket: bucket,
      Prefix: 'manifests/',
      ExpectedBucketOwner: owner,
      ...(token === undefined ? {} : { ContinuationToken: token }),
    });
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
  return keys.filter((key) => !Number.isNaN(dayIn(key)));
};

/** Manifests that are read at the same time. */
const atOnce = 20;

/** The manifests of a period, of the beginning of the month before, and all later ones: the last proves the others. */
const manifestsOf = async (
  files: Files,
  name: string,
  all: readonly string[],
  period: Period,
): Promise<readonly FoundManifest[]> => {
  const keys = all.filter((key) => dayIn(key) >= period.from - statedDays * day);
  const isOfPeriod = keys.some((key) => dayIn(key) < period.to + day);
  if (all.length === 0)
    throw new UserError(
      `the stack ${name} has not written any day of its history yet: it writes one within seven hours after midnight UTC`,
    );
  if (!isOfPeriod) {
    const [first, last] = [Math.min(...all.map(dayIn)), Math.max(...all.map(dayIn))].map((at) =>
      new Date(at).toISOString().slice(0, 10),
    );
    throw new UserError(
      `the history of ${name} has nothing of these days: it goes from ${first} to ${last}`,
    );
  }
  const manifests: FoundManifest[] = [];
  for (const some of inParts(keys, atOnce)) {
    const read = await Promise.all(some.map((key) => bytesOf(files, key)));
    for (const [index, bytes] of read.entries())
      if (bytes)
        manifests.push({ key: some[index] ?? '', text: Buffer.from(bytes).toString('utf8') });
  }
  return manifests;
};

/** What an installation kept of a period, and of what is needed to know how it stood when that began. */
export const keptHistory = async (
  { stack, account, dynamoDb, table, s3 }: Installed,
  bucket: string,
  period: Period,
): Promise<ProvenHistory> => {
  const files = { s3: await s3(), bucket, owner: account };
  const all = await manifestKeys(files);
  const manifests = await manifestsOf(files, stack, all, period);
  const written = await createHistory(dynamoDb, table).written();
  const file = (key: string) => bytesOf(files, key);
  const until = new Date(period.to + day).toISOString();
  return readHistory({ manifests, file, latest: written?.manifests ?? {} }, until);
};
