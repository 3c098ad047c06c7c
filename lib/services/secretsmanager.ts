import { defineService } from './service.ts';

export const secretsmanager = defineService({
  sdk: () => import('@aws-sdk/client-secrets-manager'),
  client: ({ SecretsManager }, settings) => new SecretsManager(settings),
  iam: 'secretsmanager',
  eventSource: 'secretsmanager.amazonaws.com',
  kinds: {
    Secret: {
      arn: 'arn:{partition}:secretsmanager:{region}:{account}:secret:{id}',
      type: 'AWS::SecretsManager::Secret',
      named: ['SecretId'],
    },
  },
  pages: [{ tokens: ['NextToken', 'NextToken'], operations: ['listSecrets'] }],
});
