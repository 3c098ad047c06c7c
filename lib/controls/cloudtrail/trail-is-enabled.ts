import { defineControl, fail, pass, unknown } from '../../model/control.ts';
import { cloudTrailRegion } from '../../resources/account/cloudtrail-region.ts';
import { loggingGrants, startOf } from './shared/start-logging.ts';

export const trailIsEnabled = defineControl(cloudTrailRegion, {
  id: 'CloudTrail.3',
  title: 'At least one CloudTrail trail should be enabled',
  severity: 'HIGH',
  rationale:
    'Without a trail the history of calls ends after 90 days, and no event of a call is sent.',
  standards: {},
  needs: ['trails'],
  evaluate({ trails }) {
    if (trails.some(({ isLogging }) => isLogging)) return pass;
    if (trails.some(({ isLogging }) => isLogging === undefined))
      return unknown('the only trail that may log cannot be seen by this account');
    return fail(
      trails.length > 0 ? 'every trail is stopped' : 'there is no trail',
      trails.length > 0
        ? trails.map(({ arn }) => ({
            path: `trails[${arn}].isLogging`,
            actual: false,
            expected: true,
          }))
        : [{ path: 'trails', actual: [], expected: 'a trail that logs' }],
    );
  },
  remediation: {
    advice: 'Start the trail again, or create one.',
    grants: loggingGrants,
    plan: ({ trails }, { ref }) => startOf(trails, ref),
  },
});
