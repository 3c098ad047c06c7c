import { defineControl, failUntil, notApplicable, pass } from '../../model/control.ts';
import { governedRegion } from '../../resources/account/governed-region.ts';

/** Nothing announces that reads work again. */
const askedAgainMs = 3_600_000;

export const governedRegionsCanBeRead = defineControl(governedRegion, {
  id: 'PL.BLIND.8',
  title: 'Plumbline should be let read in every governed region that holds resources',
  severity: 'HIGH',
  rationale:
    'Where every read is refused nothing is evaluated: whoever refuses them in a region that is in use hides what happens there.',
  standards: {},
  alarms: true,
  needs: ['access'],
  evaluate({ access }, { ref: { id }, at }) {
    const [account = '', region = ''] = id.split('/');
    if (!access)
      return notApplicable('the account is not governed, or it is not Plumbline that looks');
    const { refusal, heldAt } = access;
    if (refusal === undefined) return pass;
    if (heldAt === undefined)
      return notApplicable(
        `not governed: ${region} of account ${account} refuses every read, and nothing is known to be there`,
      );
    return failUntil(
      new Date(at.getTime() + askedAgainMs),
      `${region} of account ${account} refuses every read, and is in use: what is known of it stays as it was, and is not watched`,
      [{ path: 'access.refusal', actual: refusal, expected: 'one of three services answers' }],
    );
  },
  remediation: {
    advice:
      'Find out who wrote the policy that refuses the role of Plumbline: a service control policy, a permissions boundary, the policy of the role itself. Let it read there, or, where nobody is to use the region, take it out of regions in the baseline.',
    url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html',
  },
});
