import { account } from '../../resources/account.ts';
import { defineControl } from '../control.ts';
import { judgePasswordPolicy } from '../judgement/password-policy.ts';

export const passwordNeedsSymbol = defineControl(account, {
  id: 'IAM.13',
  title: 'Ensure IAM password policy requires at least one symbol',
  severity: 'MEDIUM',
  rationale: 'A password of several kinds of characters takes longer to guess.',
  standards: {},
  needs: ['passwordPolicy'],
  evaluate: ({ passwordPolicy }) => judgePasswordPolicy(passwordPolicy, { RequireSymbols: true }),
  remediation: { advice: 'Let the password policy ask for at least one symbol.' },
});
