import { defineControl } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { keyGrants, planUnused } from './shared/access-keys.ts';
import { evaluateUse } from './shared/credentials.ts';

export const credentialsAreUsed = defineControl(iamUser, {
  id: 'IAM.8',
  title: 'Unused IAM user credentials should be removed',
  severity: 'MEDIUM',
  rationale: 'Nobody notices when a credential that nobody uses is used by somebody else.',
  standards: {
    'fsbp-1.0.0': ['IAM.8'],
    'nist-800-53-r5': ['AC-2', 'AC-2(1)', 'AC-2(3)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6'],
    'pci-dss-4.0.1': ['8.2.6'],
  },
  needs: ['loginProfile', 'passwordLastUsedAt', 'accessKeyUse'],
  parameters: { maxCredentialUsageAge: integer({ default: 90, min: 1, max: 365 }) },
  evaluate: (use, { parameters, at }) => evaluateUse(use, parameters.maxCredentialUsageAge, at),
  remediation: {
    advice:
      'Deactivate or delete the access keys and the console password that were not used, and the user when nothing is left.',
    needs: ['privileges'],
    grants: keyGrants,
    plan: (state, context) => planUnused(state, context.parameters.maxCredentialUsageAge, context),
  },
});
