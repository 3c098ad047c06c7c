import { defineControl } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { evaluatePasswordPolicy } from './shared/password-policy.ts';
import { strongPasswordPolicy } from './shared/password-policy-plan.ts';

const rules = {
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  MinimumPasswordLength: 7,
  PasswordReusePrevention: 4,
  MaxPasswordAge: 90,
};

export const passwordPolicyMeetsFormerPci = defineControl(iamAccount, {
  id: 'IAM.10',
  title: 'Password policies for IAM users should have strong configurations',
  severity: 'MEDIUM',
  rationale:
    'PCI DSS 3.2.1 asked for these settings; who still reports against it needs them evaluated apart.',
  standards: {},
  needs: ['passwordPolicy'],
  evaluate: ({ passwordPolicy }) => evaluatePasswordPolicy(passwordPolicy, rules),
  remediation: {
    advice:
      'Let the password policy ask for uppercase and lowercase letters, numbers and 7 characters, remember 4 passwords and expire them after 90 days. Under PCI DSS 4.0.1 use IAM.7 instead.',
    combined: strongPasswordPolicy,
    part: () => rules,
  },
});
