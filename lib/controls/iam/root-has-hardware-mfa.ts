import { defineControl, fail, pass } from '../../model/control.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { hasRootPassword } from './shared/credentials-of-root.ts';

export const rootHasHardwareMfa = defineControl(iamAccount, {
  id: 'IAM.6',
  title: 'Hardware MFA should be enabled for the root user',
  severity: 'CRITICAL',
  rationale: 'A virtual device is a secret on a phone, which can be copied; a security key cannot.',
  standards: {
    'fsbp-1.0.0': ['IAM.6'],
    'cis-aws-1.4.0': ['1.6'],
    'cis-aws-3.0.0': ['1.6'],
    'cis-aws-5.0.0': ['1.5'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)', 'IA-2(1)', 'IA-2(2)', 'IA-2(6)', 'IA-2(8)'],
    'pci-dss-4.0.1': ['8.4.2'],
  },
  needs: ['summary', 'rootVirtualMfaDevices'],
  evaluate({ summary, rootVirtualMfaDevices }) {
    if (!hasRootPassword(summary)) return pass;
    if (summary.AccountMFAEnabled !== 1)
      return fail('the root user has no MFA device', [
        {
          path: 'summary.AccountMFAEnabled',
          actual: summary.AccountMFAEnabled ?? null,
          expected: 1,
        },
      ]);
    if (rootVirtualMfaDevices.length === 0) return pass;
    return fail(
      'the root user can sign in with a virtual MFA device',
      rootVirtualMfaDevices.map((serial) => ({
        path: 'rootVirtualMfaDevices',
        actual: serial,
        expected: 'a hardware device',
      })),
    );
  },
  remediation: {
    advice:
      'Sign in as the root user, register a hardware security key, and remove every virtual MFA device.',
  },
});
