import { domainPolicyIsNotPublic } from '../../../lib/controls/opensearch/domain-policy-is-not-public.ts';
import { testControl } from '../harness.ts';
import { allowing, policyOf, rowsOfAny } from '../policies.ts';
import { domain as base } from './domains.ts';

const domain = { ...base, isInVpc: false, asksWho: false };
const open = policyOf(allowing('es:ESHttp*')({ Principal: { AWS: '*' } }));

testControl(domainPolicyIsNotPublic, {
  base: { domain, policy: undefined },
  rows: {
    ...rowsOfAny('es:ESHttpGet'),
    'no policy': { given: {}, verdict: 'PASS' },
    everybody: {
      given: { policy: open },
      verdict: 'FAIL',
      evidence: ['policy.Statement[0].Principal'],
    },
    'everybody in its VPC': {
      given: { policy: open, domain: { ...domain, isInVpc: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'everybody who says who he is': {
      given: { policy: open, domain: { ...domain, asksWho: true } },
      verdict: 'PASS',
    },
    'everybody, while others are still let in': {
      given: { policy: open, domain: { ...domain, asksWho: true, admitsAnonymous: true } },
      verdict: 'FAIL',
    },
  },
});
