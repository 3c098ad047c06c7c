import { defineControl, fail, pass } from '../../model/control.ts';
import { organization } from '../../resources/account/organization.ts';
import { managedElsewhere } from './shared/managed-elsewhere.ts';

export const rootCredentialsAreManagedCentrally = defineControl(organization, {
  id: 'PL.ORG.1',
  title: 'Credentials of root users should be managed centrally in an organization',
  severity: 'MEDIUM',
  rationale:
    'Each member account has a root user that no policy of its own bounds; managed centrally, it needs no password and no key, and new accounts begin with none.',
  standards: {},
  needs: ['organization', 'rootAccess'],
  evaluate(state) {
    // Who administers IAM for the organization may ask as well as who manages it.
    if (!state.rootAccess && !state.organization?.isManager) return managedElsewhere(state);
    if (state.rootAccess?.hasCredentials) return pass;
    return fail('each root user of a member account may have credentials of its own', [
      { path: 'rootAccess.hasCredentials', actual: false, expected: true },
    ]);
  },
  remediation: {
    advice:
      'Enable trusted access for IAM in the organization, then the management of root credentials (aws iam enable-organizations-root-credentials-management), and delete the credentials that root users of members still have.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html',
  },
});
