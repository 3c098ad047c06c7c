import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { call } from '../../../model/control.ts';

/** The access policy of a domain, which takes effect without new nodes: "Making configuration changes", OpenSearch guide. */
export const domainPolicy: PolicyWriter = {
  service: 'es',
  put: ({ ref: { id: DomainName } }, AccessPolicies) =>
    call('opensearch', 'updateDomainConfig', { DomainName, AccessPolicies }),
  // https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_UpdateDomainConfig.html
  mostBytes: 102_400,
  risk: 'safe',
};
