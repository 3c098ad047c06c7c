import { defineResourceType, type Ref } from '../../model/resource-type.ts';
import { ssm } from '../../services/ssm.ts';
import { tagsIn } from '../described.ts';
import { named } from '../ids.ts';

const arn = (ref: Ref) => ssm.arn('document', ref, ref.id);

/** The name in a document's name or ARN; AWS's own have none of the account's. */
const documentName = (text: string): string | undefined =>
  text.startsWith('arn:') ? /:document\/([\w.-]+)$/.exec(text)?.[1] : text;

/** A document of the account and region, whatever it is of: commands, automation, sessions. Its id is its name. */
export const ssmDocument = defineResourceType({
  type: 'AWS::SSM::Document',
  scope: 'regional',
  securityHubType: 'Other',
  live: {
    // https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeDocumentPermission.html; tags say the second
    gone: ['InvalidDocument', 'InvalidResourceId'],
    settlesAfterSeconds: 15,
    announcements: [
      {
        via: 'cloudtrail',
        source: ssm.eventSource,
        calls: {
          CreateDocument: 'created',
          ModifyDocumentPermission: ['sharing'],
          DeleteDocument: 'deleted',
        },
        idsIn: named({ request: ['name'], idOf: documentName }),
      },
    ],
    list: {
      actions: ['ssm:ListDocuments'],
      page: async (reader, token) => {
        const { DocumentIdentifiers = [], NextToken } = await reader.call('ssm', 'listDocuments', {
          // Those of AWS, and those that others share, are listed too where nobody says otherwise.
          Filters: [{ Key: 'Owner', Values: ['Self'] }],
          MaxResults: 50,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        return {
          resources: DocumentIdentifiers.flatMap(({ Name: id }) => (id ? [{ id }] : [])),
          ...(NextToken ? { next: NextToken } : {}),
        };
      },
    },
  },
  arn,
  about: {
    actions: ['ssm:ListTagsForResource'],
    read: async (reader, ref) => {
      const asked = { ResourceType: 'Document', ResourceId: ref.id } as const;
      const { TagList } = await reader.call('ssm', 'listTagsForResource', asked);
      return { arn: arn(ref), tags: tagsIn(TagList) };
    },
  },
  facets: {
    /** Accounts that may use it, and with each the version; `all` is everybody. */
    sharing: {
      actions: ['ssm:DescribeDocumentPermission'],
      read: async (reader, { id }) => {
        const asked = { Name: id, PermissionType: 'Share' } as const;
        const ids: string[] = [];
        const versions: Record<string, string> = {};
        for await (const page of reader.pages('ssm', 'describeDocumentPermission', asked)) {
          ids.push(...(page.AccountIds ?? []));
          for (const { AccountId = '', SharedDocumentVersion } of page.AccountSharingInfoList ?? [])
            if (SharedDocumentVersion) versions[AccountId] = SharedDocumentVersion;
        }
        return {
          isPublic: ids.includes('all'),
          accounts: ids.filter((one) => one !== 'all').toSorted(),
          versions,
        };
      },
    },
  },
});
