import { defineService } from './service.ts';

export const organizations = defineService({
  sdk: () => import('@aws-sdk/client-organizations'),
  client: ({ Organizations }, settings) => new Organizations(settings),
  iam: 'organizations',
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
  eventSource: 'organizations.amazonaws.com',
  kinds: {
    // The id of the organization and the kind of policy stand before the policy's own: no place says them.
    policy: { arn: 'arn:{partition}:organizations::{account}:policy/o-*/*/p-{id}' },
  },
  pages: [
    {
      tokens: ['NextToken', 'NextToken'],
      operations: [
        'listAccounts',
        'listAccountsForParent',
        'listDelegatedAdministrators',
        'listOrganizationalUnitsForParent',
        'listParents',
        'listPolicies',
        'listRoots',
        'listTargetsForPolicy',
      ],
    },
  ],
  isGlobal: true,
});
