import { defineControl } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { evaluatePasswordPolicy } from './shared/password-policy.ts';
import { strongPasswordPolicy } from './shared/password-policy-plan.ts';

const rules = { MaxPasswordAge: 90 };

export const passwordExpires = defineControl(iamAccount, {
  id: 'IAM.17',
  title: 'Ensure IAM password policy expires passwords within 90 days or less',
  severity: 'LOW',
  rationale: 'A password that was stolen unnoticed stops working when it expires.',
  standards: { 'pci-dss-4.0.1': ['8.3.9', '8.3.10.1'] },
  needs: ['passwordPolicy'],
  evaluate: ({ passwordPolicy }) => evaluatePasswordPolicy(passwordPolicy, rules),
  remediation: {
    advice: 'Let the password policy expire passwords after 90 days or fewer.',
    combined: strongPasswordPolicy,
    part: () => rules,
  },
});
