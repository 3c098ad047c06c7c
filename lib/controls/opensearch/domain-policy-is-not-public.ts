import { evaluateOpenPolicy } from '../../analysis/policies/open-policy.ts';
import { defineControl, notApplicable, pass } from '../../model/control.ts';
import { opensearchDomain } from '../../resources/opensearch/opensearch-domain.ts';

export const domainPolicyIsNotPublic = defineControl(opensearchDomain, {
  id: 'PL.OPENSEARCH.1',
  title:
    'The policy of a public OpenSearch domain should not let in anybody who does not say who he is',
  severity: 'CRITICAL',
  rationale: 'Whoever finds the address reads, changes and deletes every index.',
  standards: {},
  exposes: true,
  needs: ['domain', 'policy'],
  evaluate({ domain, policy }) {
    if (domain.isInVpc) return notApplicable('the domain is reached from its VPC alone');
    // Then the domain itself asks everybody: an open policy is what AWS advises beside it.
    if (domain.asksWho && !domain.admitsAnonymous) return pass;
    return evaluateOpenPolicy(policy, 'es');
  },
  remediation: {
    advice:
      'Name the roles that use the domain in its policy, or hold callers to your networks by aws:SourceIp. Then make it anew in a VPC.',
    url: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html',
  },
});
