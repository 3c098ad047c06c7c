import { defineControl, fail, pass } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { hasRootPassword } from './shared/credentials-of-root.ts';

export const rootHasMfa = defineControl(iamAccount, {
  id: 'IAM.9',
  title: 'MFA should be enabled for the root user',
  severity: 'CRITICAL',
  rationale:
    'The root user can do everything in the account; its password alone must not be enough.',
  standards: {
    'cis-aws-1.4.0': ['1.5'],
    'cis-aws-3.0.0': ['1.5'],
    'cis-aws-5.0.0': ['1.4'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)', 'IA-2(1)', 'IA-2(2)', 'IA-2(6)', 'IA-2(8)'],
    'pci-dss-4.0.1': ['8.4.2'],
  },
  needs: ['summary'],
  evaluate({ summary }) {
    if (!hasRootPassword(summary) || summary.AccountMFAEnabled === 1) return pass;
    return fail('the root user has no MFA device', [
      { path: 'summary.AccountMFAEnabled', actual: summary.AccountMFAEnabled ?? null, expected: 1 },
    ]);
  },
  remediation: {
    advice:
      'Sign in as the root user and register an MFA device, or remove the root credentials of a member account from the management account.',
  },
});
