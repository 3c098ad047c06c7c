import { clusterIsAdministeredByKnownRoles } from '../../../lib/controls/eks/cluster-is-administered-by-known-roles.ts';
import { testControl } from '../harness.ts';

const by = (...principals: readonly string[]) => ({
  administrators: principals.map((principal) => ({
    principal,
    policy: 'AmazonEKSClusterAdminPolicy',
  })),
});
const own = 'arn:aws:iam::123456789012';
const other = 'arn:aws:iam::111122223333:role/deploy';

testControl(clusterIsAdministeredByKnownRoles, {
  rows: {
    'a role of the account': { given: by(`${own}:role/admins`), verdict: 'PASS' },
    'a role with a path': { given: by(`${own}:role/aws-reserved/sso/Admins`), verdict: 'PASS' },
    'a role of GovCloud': {
      given: by('arn:aws-us-gov:iam::123456789012:role/admins'),
      verdict: 'PASS',
    },
    nobody: { given: by(), verdict: 'PASS' },
    'a user': {
      given: by(`${own}:role/admins`, `${own}:user/alice`),
      verdict: 'FAIL',
      evidence: ['administrators'],
    },
    'a role named as a user': { given: by(`${own}:role/user/alice`), verdict: 'PASS' },
    'the account itself': { given: by(`${own}:root`), verdict: 'FAIL' },
    'a role of another account': {
      given: by(other),
      verdict: 'FAIL',
      evidence: ['administrators'],
    },
    'a role of an account that is trusted': {
      given: by(other),
      parameters: { trustedAccounts: ['111122223333'] },
      verdict: 'PASS',
    },
    'a user of an account that is trusted': {
      given: by('arn:aws:iam::111122223333:user/bob'),
      parameters: { trustedAccounts: ['111122223333'] },
      verdict: 'FAIL',
    },
    'what is no ARN': { given: by('admins'), verdict: 'FAIL' },
    'a ConfigMap alone': { given: { administrators: undefined }, verdict: 'NOT_APPLICABLE' },
  },
});
