import { ssm } from '../../services/ssm.ts';
import { named } from '../ids.ts';
import { reportsType } from './compliance.ts';

/** What was reported of a machine's associations with State Manager. */
export const associationCompliance = reportsType({
  type: 'AWS::SSM::AssociationCompliance',
  securityHubType: 'Other',
  reported: 'Association',
  announcements: [
    {
      // What it reported goes with it. Which machines it had is not in the record.
      via: 'cloudtrail',
      source: ssm.eventSource,
      calls: { DeleteAssociation: ['compliance'] },
      idsIn: named({ request: ['instanceId'] }),
    },
  ],
});
