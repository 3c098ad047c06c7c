import { networkAclIsUsed } from '../../../lib/controls/vpc/network-acl-is-used.ts';
import { testControl } from '../harness.ts';

const acl = (isDefault = false) => ({ isDefault, entries: [] });
testControl(networkAclIsUsed, {
  rows: {
    'a subnet uses it': { given: { acl: acl(), subnets: ['subnet-1'] }, verdict: 'PASS' },
    'nothing uses it': {
      given: { acl: acl(), subnets: [] },
      verdict: 'FAIL',
      evidence: ['subnets'],
    },
    'nothing uses the default one': {
      given: { acl: acl(true), subnets: [] },
      verdict: 'NOT_APPLICABLE',
    },
    'a subnet uses the default one': {
      given: { acl: acl(true), subnets: ['subnet-1'] },
      verdict: 'PASS',
    },
  },
});
