import { call, defineControl, fail, pass, propose } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { iam } from '../../services/iam.ts';

const RoleName = 'SupportAccess';

/** Whoever is allowed in the account to assume it. */
const trustOf = (accountArn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: accountArn }, Action: 'sts:AssumeRole' }],
  });

export const supportRoleExists = defineControl(iamAccount, {
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
    grants: [],
    plan: (_, { arn, ref }) =>
      propose('who handles incidents, and so may assume the role, is for a person to say', [
        call('iam', 'createRole', { RoleName, AssumeRolePolicyDocument: trustOf(arn) }),
        call('iam', 'attachRolePolicy', {
          RoleName,
          PolicyArn: iam.arn('policy', { ...ref, account: 'aws' }, 'AWSSupportAccess'),
        }),
      ]),
  },
});
