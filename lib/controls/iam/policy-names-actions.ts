import { defineControl } from '../../model/control.ts';
import { boolean } from '../../model/parameters.ts';
import { iamPolicy } from '../../resources/iam/iam-policy.ts';
import { proposeUse } from './shared/admin-plan.ts';
import { evaluateManaged, wholeServiceStatements } from './shared/admin-policy.ts';

export const policyNamesActions = defineControl(iamPolicy, {
  id: 'IAM.21',
  title:
    'IAM customer managed policies that you create should not allow wildcard actions for services',
  severity: 'LOW',
  rationale: 'A policy that allows every action of a service allows those too that AWS adds later.',
  standards: {
    'fsbp-1.0.0': ['IAM.21'],
    'nist-800-53-r5': [
      'AC-2',
      'AC-2(1)',
      'AC-3',
      'AC-3(15)',
      'AC-3(7)',
      'AC-5',
      'AC-6',
      'AC-6(10)',
      'AC-6(2)',
      'AC-6(3)',
    ],
  },
  needs: ['defaultVersion', 'use'],
  parameters: { excludePermissionBoundaryPolicy: boolean({ default: true }) },
  evaluate(policy, { parameters }) {
    return evaluateManaged(
      policy,
      wholeServiceStatements,
      'the policy allows every action of a service',
      parameters.excludePermissionBoundaryPolicy,
    );
  },
  remediation: {
    advice:
      'Name the actions that are needed, as ec2:DescribeInstances or ec2:Describe*, instead of ec2:* or NotAction. IAM Access Analyzer drafts a policy from what was used.',
    grants: [],
    plan: (_, { arn }) => proposeUse(arn),
  },
});
