import { defineControl } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { evaluatePasswordPolicy } from './shared/password-policy.ts';
import { strongPasswordPolicy } from './shared/password-policy-plan.ts';

const rules = { RequireUppercaseCharacters: true };

export const passwordNeedsUppercase = defineControl(iamAccount, {
  id: 'IAM.11',
  title: 'Ensure IAM password policy requires at least one uppercase letter',
  severity: 'MEDIUM',
  rationale: 'A password of several kinds of characters takes longer to guess.',
  standards: { 'pci-dss-4.0.1': ['8.3.6', '8.6.3'] },
  needs: ['passwordPolicy'],
  evaluate: ({ passwordPolicy }) => evaluatePasswordPolicy(passwordPolicy, rules),
  remediation: {
    advice: 'Let the password policy ask for at least one uppercase letter.',
    combined: strongPasswordPolicy,
    part: () => rules,
  },
});
