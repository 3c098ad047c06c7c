import { defineControl, fail, pass } from '../../model/control.ts';
import { organization } from '../../resources/account/organization.ts';
import { managedElsewhere } from './shared/managed-elsewhere.ts';

export const controlPoliciesAreInUse = defineControl(organization, {
  id: 'PL.ORG.2',
  title: 'An organization should bound its accounts by service control policies',
  severity: 'MEDIUM',
  rationale:
    'Only a policy of the organization holds an administrator of a member account, and its root user: without one they may stop trails, leave the organization, and use any region.',
  standards: {},
  needs: ['organization', 'controlPolicies'],
  evaluate(state) {
    const { controlPolicies: found } = state;
    if (!found) return managedElsewhere(state);
    if (!found.isOn)
      return fail('service control policies are off in the organization', [
        { path: 'controlPolicies.isOn', actual: false, expected: true },
      ]);
    if (found.hasOwn) return pass;
    return fail(
      'no service control policy that takes anything away is attached to a root, a unit or a member: FullAWSAccess allows everything',
      [{ path: 'controlPolicies.hasOwn', actual: false, expected: true }],
    );
  },
  remediation: {
    advice:
      'Enable all features and service control policies, write one that denies what no account may do (stop its trail, leave the organization), try it on a few accounts and attach it to the root or to units. It does not bound the account that manages the organization.',
    url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html',
  },
});
