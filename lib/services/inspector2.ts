import { defineService } from './service.ts';

export const inspector2 = defineService({
  sdk: () => import('@aws-sdk/client-inspector2'),
  client: ({ Inspector2 }, settings) => new Inspector2(settings),
  iam: 'inspector2',
  // https://docs.aws.amazon.com/inspector/latest/user/logging-using-cloudtrail.html
  eventSource: 'inspector2.amazonaws.com',
  kinds: {},
  pages: [],
});
