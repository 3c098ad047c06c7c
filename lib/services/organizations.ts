import { defineService } from './service.ts';

export const organizations = defineService({
  sdk: () => import('@aws-sdk/client-organizations'),
  client: ({ Organizations }, settings) => new Organizations(settings),
  iam: 'organizations',
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
  eventSource: 'organizations.amazonaws.com',
  // Only listed here: an ARN has the organization's id, which no place says.
  kinds: {},
  pages: [
    {
      tokens: ['NextToken', 'NextToken'],
      operations: [
        'listAccounts',
        'listAccountsForParent',
        'listDelegatedAdministrators',
        'listOrganizationalUnitsForParent',
        'listParents',
        'listRoots',
      ],
    },
  ],
  isGlobal: true,
});
