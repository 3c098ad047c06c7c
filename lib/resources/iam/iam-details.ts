import type { EntityType, GetAccountAuthorizationDetailsResponse, Tag } from '@aws-sdk/client-iam';
import type { Reader } from '../../model/resource-type.ts';

// One call lists identities with their policies, where reading each takes three calls and one more for each policy.
export const detailsActions = ['iam:GetAccountAuthorizationDetails'] as const;

/** One page of all identities or policies of a kind; `next` continues the listing. */
export const details = async (
  reader: Reader,
  kind: EntityType,
  token: string | undefined,
): Promise<GetAccountAuthorizationDetailsResponse & { next: { next?: string } }> => {
  const page = await reader.call('iam', 'getAccountAuthorizationDetails', {
    Filter: [kind],
    MaxItems: 100,
    ...(token === undefined ? {} : { Marker: token }),
  });
  return { ...page, next: page.IsTruncated && page.Marker ? { next: page.Marker } : {} };
};

export const tagsOf = (tags: readonly Tag[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tags.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])),
  );

/** A policy that stands in a user, a group or a role; the document as IAM answers with it, URL-encoded. */
export interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}
export const inlinePolicy = (answer: {
  PolicyName?: string | undefined;
  PolicyDocument?: string | undefined;
}): InlinePolicy => ({ name: answer.PolicyName ?? '', document: answer.PolicyDocument ?? '' });

/** A managed policy that a user, a group or a role has. */
export interface AttachedPolicy {
  readonly name: string;
  readonly arn: string;
}
export const attachedPolicy = (answer: {
  PolicyName?: string | undefined;
  PolicyArn?: string | undefined;
}): AttachedPolicy => ({ name: answer.PolicyName ?? '', arn: answer.PolicyArn ?? '' });

/** The items of every page of a listing, in order. */
export const collect = async <P, T, U>(
  pages: AsyncIterable<P>,
  itemsOf: (page: P) => readonly T[] | undefined,
  show: (item: T) => U,
): Promise<readonly U[]> => {
  const items: U[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []).map(show));
  return items;
};
