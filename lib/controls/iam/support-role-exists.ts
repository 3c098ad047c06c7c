import { account } from '../../resources/account.ts';
import { defineControl, fail, pass } from '../control.ts';

export const supportRoleExists = defineControl(account, {
  id: 'IAM.18',
  title: 'Ensure a support role has been created to manage incidents with AWS Support',
  severity: 'LOW',
  rationale:
    'In an incident nobody should have to look for somebody who may open a case with AWS Support.',
  standards: {
    'cis-aws-1.4.0': ['1.17'],
    'cis-aws-3.0.0': ['1.17'],
    'cis-aws-5.0.0': ['1.16'],
    'pci-dss-4.0.1': ['12.10.3'],
  },
  needs: ['supportAccess'],
  evaluate({ supportAccess = [] }) {
    if (supportAccess.length > 0) return pass;
    return fail('nobody has the policy AWSSupportAccess', [
      { path: 'supportAccess', actual: [], expected: 'at least one role' },
    ]);
  },
  remediation: {
    advice:
      'Create a role with the managed policy AWSSupportAccess and let those assume it who handle incidents.',
  },
});
