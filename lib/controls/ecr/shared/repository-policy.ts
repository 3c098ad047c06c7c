import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';

/** The policy of a repository. ECR refuses one that would keep whoever writes it from writing it again. */
export const repositoryPolicy: PolicyWriter = {
  service: 'ecr',
  put: ({ ref: { id } }, policyText) =>
    call('ecr', 'setRepositoryPolicy', { repositoryName: id, policyText }),
  // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_SetRepositoryPolicy.html
  mostBytes: 10_240,
  risk: 'safe',
};
