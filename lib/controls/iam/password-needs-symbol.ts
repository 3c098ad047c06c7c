import { account } from '../../resources/account.ts';
import { defineControl } from '../control.ts';
import { judgePasswordPolicy } from '../judgement/password-policy.ts';
import { strongPasswordPolicy } from '../judgement/password-policy-plan.ts';

const rules = { RequireSymbols: true };

export const passwordNeedsSymbol = defineControl(account, {
  id: 'IAM.13',
  title: 'Ensure IAM password policy requires at least one symbol',
  severity: 'MEDIUM',
  rationale: 'A password of several kinds of characters takes longer to guess.',
  standards: {},
  needs: ['passwordPolicy'],
  evaluate: ({ passwordPolicy }) => judgePasswordPolicy(passwordPolicy, rules),
  remediation: {
    advice: 'Let the password policy ask for at least one symbol.',
    joint: strongPasswordPolicy,
    part: () => rules,
  },
});
