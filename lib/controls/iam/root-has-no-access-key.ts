import { defineControl, fail, pass } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';

export const rootHasNoAccessKey = defineControl(iamAccount, {
  id: 'IAM.4',
  title: 'IAM root user access key should not exist',
  severity: 'CRITICAL',
  rationale:
    'An access key of the root user opens everything in the account, past every policy, from anywhere.',
  standards: {
    'fsbp-1.0.0': ['IAM.4'],
    'cis-aws-1.4.0': ['1.4'],
    'cis-aws-3.0.0': ['1.4'],
    'cis-aws-5.0.0': ['1.3'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)', 'AC-3(7)', 'AC-6', 'AC-6(10)', 'AC-6(2)'],
  },
  needs: ['summary'],
  evaluate({ summary }) {
    if (summary.AccountAccessKeysPresent === 0) return pass;
    return fail('the root user has an access key', [
      {
        path: 'summary.AccountAccessKeysPresent',
        actual: summary.AccountAccessKeysPresent ?? null,
        expected: 0,
      },
    ]);
  },
  remediation: {
    advice:
      'Sign in as the root user and delete its access keys, or do it from the management account where root access is managed centrally. Give what used them a role.',
  },
});
