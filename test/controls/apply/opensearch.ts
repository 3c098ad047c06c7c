import type { Effects } from './effects.ts';

export const opensearch: Effects = {
  // https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_UpdateDomainConfig.html
  updateDomainConfig: (snapshot, { AccessPolicies }) => ({ ...snapshot, policy: AccessPolicies }),
};
