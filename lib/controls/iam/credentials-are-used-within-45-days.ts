import { defineControl } from '../../model/control.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { keyGrants, planUnused } from './shared/access-keys.ts';
import { evaluateUse } from './shared/credentials.ts';

export const credentialsAreUsedWithin45Days = defineControl(iamUser, {
  id: 'IAM.22',
  title: 'IAM user credentials unused for 45 days should be removed',
  severity: 'MEDIUM',
  rationale: 'Nobody notices when a credential that nobody uses is used by somebody else.',
  standards: { 'cis-aws-1.4.0': ['1.12'], 'cis-aws-3.0.0': ['1.12'], 'cis-aws-5.0.0': ['1.11'] },
  needs: ['loginProfile', 'passwordLastUsedAt', 'accessKeyUse'],
  evaluate: (use, { at }) => evaluateUse(use, 45, at),
  remediation: {
    advice:
      'Deactivate or delete the access keys and the console password that were not used, and the user when nothing is left.',
    needs: ['privileges'],
    grants: keyGrants,
    plan: (state, context) => planUnused(state, 45, context),
  },
});
