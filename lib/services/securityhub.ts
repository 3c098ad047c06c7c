import { defineService } from './service.ts';

export const securityhub = defineService({
  sdk: () => import('@aws-sdk/client-securityhub'),
  client: ({ SecurityHub }, settings) => new SecurityHub(settings),
  iam: 'securityhub',
  eventSource: 'securityhub.amazonaws.com',
  kinds: {
    hub: { arn: 'arn:{partition}:securityhub:{region}:{account}:hub/default' },
    // What an account publishes for itself is its own product, called "default".
    product: { arn: 'arn:{partition}:securityhub:{region}:{account}:product/{account}/default' },
  },
  pages: [],
});
