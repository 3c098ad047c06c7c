import { defineService } from './service.ts';

export const sts = defineService({
  sdk: () => import('@aws-sdk/client-sts'),
  client: ({ STS }, settings) => new STS(settings),
  iam: 'sts',
  eventSource: 'sts.amazonaws.com',
  kinds: {
    role: { arn: 'arn:{partition}:iam::{account}:role/{id}', named: ['RoleArn'] },
    'root-user': { arn: 'arn:{partition}:iam::{account}:root' },
  },
  pages: [],
  readOnly: [
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'DecodeAuthorizationMessage',
  ],
});
