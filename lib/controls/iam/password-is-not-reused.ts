import { defineControl } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { evaluatePasswordPolicy } from './shared/password-policy.ts';
import { strongPasswordPolicy } from './shared/password-policy-plan.ts';

const rules = { PasswordReusePrevention: 24 };

export const passwordIsNotReused = defineControl(iamAccount, {
  id: 'IAM.16',
  title: 'Ensure IAM password policy prevents password reuse',
  severity: 'LOW',
  rationale: 'A password that leaked once must not come back into use.',
  standards: {
    'cis-aws-1.4.0': ['1.9'],
    'cis-aws-3.0.0': ['1.9'],
    'cis-aws-5.0.0': ['1.8'],
    'pci-dss-4.0.1': ['8.3.7'],
  },
  needs: ['passwordPolicy'],
  evaluate: ({ passwordPolicy }) => evaluatePasswordPolicy(passwordPolicy, rules),
  remediation: {
    advice: 'Let the password policy remember 24 passwords.',
    combined: strongPasswordPolicy,
    part: () => rules,
  },
});
