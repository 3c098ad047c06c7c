import { defineControl } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { evaluatePasswordPolicy } from './shared/password-policy.ts';
import { strongPasswordPolicy } from './shared/password-policy-plan.ts';

const rules = { MinimumPasswordLength: 14 };

export const passwordIsLong = defineControl(iamAccount, {
  id: 'IAM.15',
  title: 'Ensure IAM password policy requires minimum password length of 14 or greater',
  severity: 'MEDIUM',
  rationale: 'Length does more against guessing than any rule about characters.',
  standards: { 'cis-aws-1.4.0': ['1.8'], 'cis-aws-3.0.0': ['1.8'], 'cis-aws-5.0.0': ['1.7'] },
  needs: ['passwordPolicy'],
  evaluate: ({ passwordPolicy }) => evaluatePasswordPolicy(passwordPolicy, rules),
  remediation: {
    advice: 'Let the password policy ask for at least 14 characters.',
    combined: strongPasswordPolicy,
    part: () => rules,
  },
});
