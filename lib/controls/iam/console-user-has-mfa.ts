import { defineControl, fail, pass } from '../../model/control.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';

export const consoleUserHasMfa = defineControl(iamUser, {
  id: 'IAM.5',
  title: 'MFA should be enabled for all IAM users that have a console password',
  severity: 'MEDIUM',
  rationale:
    'A password that is guessed or phished opens the console unless a second factor is asked for.',
  standards: {
    'fsbp-1.0.0': ['IAM.5'],
    'cis-aws-1.4.0': ['1.10'],
    'cis-aws-3.0.0': ['1.10'],
    'cis-aws-5.0.0': ['1.9'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3(15)', 'IA-2(1)', 'IA-2(2)', 'IA-2(6)', 'IA-2(8)'],
    'pci-dss-4.0.1': ['8.4.2'],
  },
  needs: ['loginProfile', 'mfaDevices'],
  evaluate({ loginProfile, mfaDevices }) {
    if (!loginProfile || mfaDevices.length > 0) return pass;
    return fail('the user has a console password and no MFA device', [
      { path: 'mfaDevices', actual: [], expected: 'at least one device' },
    ]);
  },
  remediation: {
    advice:
      'Let the user register an MFA device, a passkey or security key rather than an app, or delete the console password.',
  },
});
