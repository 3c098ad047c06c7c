import { supportRoleExists } from '../../../lib/controls/iam/support-role-exists.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /who handles incidents/ };

testControl(supportRoleExists, {
  rows: {
    'a role': { given: { supportAccess: ['incident-support'] }, verdict: 'PASS' },
    nobody: { given: { supportAccess: [] }, verdict: 'FAIL', evidence: ['supportAccess'], plan },
    'the policy is not there': { given: { supportAccess: undefined }, verdict: 'FAIL', plan },
  },
});
