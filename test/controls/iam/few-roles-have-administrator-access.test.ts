import { fewRolesHaveAdministratorAccess } from '../../../lib/controls/iam/few-roles-have-administrator-access.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /which privileges/ };

const administrator = {
  name: 'AdministratorAccess',
  arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
};

testControl(fewRolesHaveAdministratorAccess, {
  base: { path: '/', attachedPolicies: [administrator] },
  rows: {
    'a role of an application': {
      given: {},
      id: 'role/orders-service',
      verdict: 'FAIL',
      evidence: ['attachedPolicies'],
      plan,
    },
    'another policy': {
      given: {
        attachedPolicies: [
          { name: 'ReadOnlyAccess', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
        ],
      },
      verdict: 'PASS',
    },
    'the role that an organization makes in its accounts': {
      given: {},
      id: 'OrganizationAccountAccessRole',
      verdict: 'PASS',
    },
    'the role that the CDK deploys with': {
      given: {},
      id: 'cdk-hnb659fds-cfn-exec-role-123456789012-us-east-1',
      verdict: 'PASS',
    },
    'a role that the baseline names': {
      given: {},
      id: 'break-glass-admin',
      parameters: { administratorRoles: ['break-glass-*'] },
      verdict: 'PASS',
    },
    'a role that the baseline does not name any more': {
      given: {},
      id: 'role/OrganizationAccountAccessRole',
      parameters: { administratorRoles: [] },
      verdict: 'FAIL',
      plan,
    },
    'a role of IAM Identity Center': {
      given: { path: '/aws-reserved/sso.amazonaws.com/' },
      id: 'AWSReservedSSO_AdministratorAccess_0123456789abcdef',
      verdict: 'NOT_APPLICABLE',
    },
    'a role that is only called so': {
      given: {},
      id: 'role/AWSReservedSSO_AdministratorAccess_0123456789abcdef',
      verdict: 'FAIL',
      plan,
    },
  },
});
