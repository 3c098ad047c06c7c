import { peopleHaveNoAdministratorAccess } from '../../../lib/controls/iam/people-have-no-administrator-access.ts';
import { testControl } from '../harness.ts';
import { group } from './shared/identities.ts';

const attached = (...names: string[]) => ({
  attachedPolicies: names.map((name) => ({ name, arn: `arn:aws:iam::aws:policy/${name}` })),
});

testControl(peopleHaveNoAdministratorAccess, {
  rows: {
    'no policy': { given: attached(), verdict: 'PASS' },
    'other policies': { given: attached('PowerUserAccess', 'IAMReadOnlyAccess'), verdict: 'PASS' },
    'the policy among others': {
      given: attached('ReadOnlyAccess', 'AdministratorAccess'),
      id: group,
      verdict: 'FAIL',
      evidence: ['attachedPolicies'],
      plan: { proposal: /nobody may be left/ },
    },
    'a policy whose name begins alike': {
      given: attached('AdministratorAccess-Amplify'),
      verdict: 'PASS',
    },
  },
});
