import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { NamedPattern } from './pattern.ts';

/**
 * What tells that accounts came, moved or went; recorded in us-east-1, in the management account but for who leaves. A
 * call that failed changed nothing: anybody could have the organization listed all the time by what is denied to him.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_cloudtrail-integration.html; of the results that AWS tells by itself
 * the pages of API_CreateAccount, API_CloseAccount, API_RemoveAccountFromOrganization and API_LeaveOrganization of
 * https://docs.aws.amazon.com/organizations/latest/APIReference/. In China Organizations is in cn-northwest-1, where nobody
 * listens: there the hourly listing shows it.
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
      errorCode: [{ exists: false }],
    },
  },
};

/** What is listened to for the accounts of the organization; nothing where the baseline names none. */
export const organizationPatterns = ({
  organization,
}: Pick<Baseline, 'organization'>): readonly NamedPattern[] =>
  organization ? [organizationPattern] : [];
