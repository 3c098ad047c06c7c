import type { Tag } from '@aws-sdk/client-ec2';
import type { About, Page, Reader, Ref } from '../../model/resource-type.ts';
import { tagsIn } from '../described.ts';

/** The request for the page after a token. */
export const after = (token: string | undefined) =>
  token === undefined ? {} : { NextToken: token };

/** What continues a listing; nothing on its last page. */
export const nextOf = ({ NextToken }: { readonly NextToken?: string | undefined }) =>
  NextToken ? { next: NextToken } : {};

interface Tagged {
  readonly Tags?: Tag[] | undefined;
}
interface Kind {
  arn(ref: Ref): string;
}

/** What is this account's: what another account shares is listed too, and evaluated there. */
export const ownAmong = <One extends { readonly OwnerId?: string | undefined }>(
  { account }: Reader,
  found: readonly One[] = [],
): readonly One[] => found.filter(({ OwnerId = account }) => OwnerId === account);

/** A page of a listing, each resource with its ARN and tags. */
export const pageOf = <One extends Tagged>(
  reader: Reader,
  page: Parameters<typeof nextOf>[0],
  found: readonly One[] = [],
  { arn, shown }: Kind & { shown(one: One): Omit<Page['resources'][number], 'about'> },
): Page => ({
  resources: found.map((one) => {
    const resource = shown(one);
    const ref = { account: reader.account, region: reader.region, id: resource.id };
    return { ...resource, about: { arn: arn(ref), tags: tagsIn(one.Tags) } };
  }),
  ...nextOf(page),
});

/** Reads ARN and tags from what describes a resource. */
export const aboutBy =
  (describe: (reader: Reader, ref: Ref) => Promise<Tagged>, { arn }: Kind) =>
  async (reader: Reader, ref: Ref): Promise<About> => ({
    arn: arn(ref),
    tags: tagsIn((await describe(reader, ref)).Tags),
  });
