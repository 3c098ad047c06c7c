import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';

/** The policy of a secret; by its ARN, which a name alone does not tell. */
export const secretPolicy: PolicyWriter = {
  service: 'secretsmanager',
  put: ({ arn: SecretId }, ResourcePolicy) =>
    call('secretsmanager', 'putResourcePolicy', { SecretId, ResourcePolicy }),
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
  mostBytes: 20_480,
  risk: 'safe',
};
