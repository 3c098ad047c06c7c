import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { named } from '../ids.ts';

/** The codes of a list that was deleted, or is no longer shared with this account; EC2 writes both. */
const notFound = ['InvalidPrefixListID.NotFound', 'InvalidPrefixListId.NotFound'];

const describe = async (reader: Reader, { id }: Ref) =>
  (await reader.call('ec2', 'describeManagedPrefixLists', { PrefixListIds: [id] }))
    .PrefixLists?.[0];

/** A managed prefix list, a customer's or AWS's own; security groups borrow its entries. */
export const prefixList = defineResourceType({
  type: 'AWS::EC2::PrefixList',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    gone: [...notFound, 'InvalidPrefixListId.Malformed'],
    settlesAfterSeconds: 20,
    announcements: [
      {
        // A list just created is named by no rule yet, and one that a rule names cannot be deleted.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          ModifyManagedPrefixList: ['entries'],
          RestoreManagedPrefixListVersion: ['entries'],
        },
        idsIn: named({ request: ['prefixListId'], response: ['prefixList.prefixListId'] }),
      },
    ],
    list: {
      actions: ['ec2:DescribeManagedPrefixLists'],
      isEverywhere: true,
      page: async (reader, token) => {
        const { PrefixLists = [], NextToken } = await reader.call(
          'ec2',
          'describeManagedPrefixLists',
          { MaxResults: 100, ...(token === undefined ? {} : { NextToken: token }) },
        );
        const resources = PrefixLists.map(({ PrefixListId = '', OwnerId }) => ({
          id: PrefixListId,
          facets: { owner: OwnerId },
        }));
        return { resources, ...(NextToken ? { next: NextToken } : {}) };
      },
    },
  },
  about: {
    actions: ['ec2:DescribeManagedPrefixLists'],
    read: async (reader, ref) => {
      const list = await describe(reader, ref);
      const tags = (list?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]);
      return { arn: list?.PrefixListArn ?? '', tags: Object.fromEntries(tags) };
    },
  },
  facets: {
    entries: {
      actions: ['ec2:GetManagedPrefixListEntries'],
      absent: notFound,
      read: async (reader, { id }) => {
        const cidrs: string[] = [];
        const asked = { PrefixListId: id, MaxResults: 100 };
        for await (const page of reader.pages('ec2', 'getManagedPrefixListEntries', asked)) {
          cidrs.push(...(page.Entries ?? []).flatMap(({ Cidr }) => (Cidr ? [Cidr] : [])));
        }
        return cidrs;
      },
    },
    /** The most entries that it may have, which count against the quota of each group that names it. */
    capacity: {
      actions: ['ec2:DescribeManagedPrefixLists'],
      absent: notFound,
      read: async (reader, ref) => {
        const list = await describe(reader, ref);
        return list && { family: list.AddressFamily, maxEntries: list.MaxEntries };
      },
    },
    /** The owner's account; `AWS` for a list that AWS keeps. */
    owner: {
      actions: ['ec2:DescribeManagedPrefixLists'],
      absent: notFound,
      read: async (reader, ref) => (await describe(reader, ref))?.OwnerId,
    },
  },
});
