import { defineControl, fail, pass } from '../../model/control.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';

export const userHasMfa = defineControl(iamUser, {
  id: 'IAM.19',
  title: 'MFA should be enabled for all IAM users',
  severity: 'MEDIUM',
  rationale:
    'An MFA device also lets policies ask for a second factor from users who have access keys only.',
  standards: {
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)', 'IA-2(1)', 'IA-2(2)', 'IA-2(6)', 'IA-2(8)'],
    'pci-dss-4.0.1': ['8.4.2'],
  },
  needs: ['mfaDevices'],
  evaluate({ mfaDevices }) {
    if (mfaDevices.length > 0) return pass;
    return fail('the user has no MFA device', [
      { path: 'mfaDevices', actual: [], expected: 'at least one device' },
    ]);
  },
  remediation: {
    advice:
      'Let the user register an MFA device. Replace a user that a machine works with by a role.',
  },
});
