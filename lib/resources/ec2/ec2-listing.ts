import type { Tag } from '@aws-sdk/client-ec2';

/** The request for the page after a token. */
export const after = (token: string | undefined) =>
  token === undefined ? {} : { NextToken: token };

/** What continues a listing; nothing on its last page. */
export const nextOf = ({ NextToken }: { readonly NextToken?: string | undefined }) =>
  NextToken ? { next: NextToken } : {};

export const tagsIn = (tags: readonly Tag[] = []): Readonly<Record<string, string>> =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

/** The only one that is described; EC2 fails for an id that is not there, and a filter answers nothing. */
export const only = <T>(found: readonly T[] | undefined, gone: string): T => {
  const [one] = found ?? [];
  if (one === undefined) throw Object.assign(new Error('described without it'), { name: gone });
  return one;
};
