import { defineControl } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { evaluatePasswordPolicy } from './shared/password-policy.ts';
import { strongPasswordPolicy } from './shared/password-policy-plan.ts';

const rules = { RequireSymbols: true };

export const passwordNeedsSymbol = defineControl(iamAccount, {
  id: 'IAM.13',
  title: 'Ensure IAM password policy requires at least one symbol',
  severity: 'MEDIUM',
  rationale: 'A password of several kinds of characters takes longer to guess.',
  standards: {},
  needs: ['passwordPolicy'],
  evaluate: ({ passwordPolicy }) => evaluatePasswordPolicy(passwordPolicy, rules),
  remediation: {
    advice: 'Let the password policy ask for at least one symbol.',
    combined: strongPasswordPolicy,
    part: () => rules,
  },
});
