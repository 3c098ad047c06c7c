import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { NamedPattern } from './pattern.ts';

/**
 * What tells that accounts came, moved or went; recorded in the management account, in us-east-1.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html
 */
const organizationPattern: NamedPattern = {
  name: 'Organization',
  pattern: {
    source: ['aws.organizations'],
    'detail-type': ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'],
    detail: {
      eventName: [
        'AcceptHandshake',
        'AccountDepartedOrganization',
        'AccountJoinedOrganization',
        'CloseAccount',
        'CloseAccountResult',
        'CreateAccountResult',
        'LeaveOrganization',
        'MoveAccount',
        'RemoveAccountFromOrganization',
      ],
    },
  },
};

/** What is listened to for the accounts of the organization; nothing where the baseline names none. */
export const organizationPatterns = ({
  organization,
}: Pick<Baseline, 'organization'>): readonly NamedPattern[] =>
  organization ? [organizationPattern] : [];
