import { defineService } from './service.ts';

export const account = defineService({
  sdk: () => import('@aws-sdk/client-account'),
  client: ({ Account }, settings) => new Account(settings),
  iam: 'account',
  // https://docs.aws.amazon.com/accounts/latest/reference/monitoring-cloudtrail.html
  eventSource: 'account.amazonaws.com',
  kinds: { account: { arn: 'arn:{partition}:account::{account}:account' } },
  pages: [],
  isGlobal: true,
});
