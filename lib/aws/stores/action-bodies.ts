import type { S3 } from '@aws-sdk/client-s3';

/** The bucket for what is too long for an item of the table. */
export interface Images {
  readonly s3: () => Promise<S3>;
  readonly bucket: string;
  /** The account that has to own the bucket: anybody can take the name of a bucket that is gone. */
  readonly owner: string;
}

/** DynamoDB takes items of 400 kB; what is longer than this is kept in the bucket. */
const mostBytes = 300_000;

/** The attributes of an item for a text: one for the text itself, and one for its key in the bucket. */
interface Names {
  readonly text: string;
  readonly image: string;
}
export const actionNames: Names = { text: 'action', image: 'image' };
export const concludedNames: Names = { text: 'concluded', image: 'concludedImage' };

/** The attribute that keeps a text, with its value; what is long is put into the bucket under this key. */
export const keepText = async (
  names: Names,
  text: string,
  key: string,
  { s3, bucket, owner }: Images,
): Promise<readonly [name: string, value: string]> => {
  if (Buffer.byteLength(text) <= mostBytes) return [names.text, text];
  await (await s3()).putObject({
    Bucket: bucket,
    Key: key,
    Body: text,
    ExpectedBucketOwner: owner,
  });
  return [names.image, key];
};

/** A text that an item keeps, or the bucket for it; `undefined` where there is none. */
export const keptText = async (
  item: Readonly<Record<string, unknown>>,
  names: Names,
  { s3, bucket, owner }: Images,
): Promise<string | undefined> => {
  const { [names.text]: inline, [names.image]: key } = item;
  if (typeof inline === 'string') return inline;
  if (typeof key !== 'string') return undefined;
  const { Body } = await (await s3()).getObject({
    Bucket: bucket,
    Key: key,
    ExpectedBucketOwner: owner,
  });
  if (!Body) throw new Error(`the before-image ${key} is empty`);
  return Body.transformToString();
};
