import type { Organizations } from '@aws-sdk/client-organizations';
import type { Clients } from '../../../../aws/clients.ts';
import { attempted, messageOf, sortError } from '../../../../aws/errors.ts';
import type { Status } from './place-state.ts';

/** Whether the buttons in Security Hub can act on findings of other accounts. */
export interface Administrator {
  readonly status: Status;
  readonly sentence: string;
}

const title = 'Custom actions on findings of other accounts';

const administratorsIn = async (organizations: Organizations): Promise<readonly string[]> => {
  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html: of a service there
  // are few, which one page holds.
  const { DelegatedAdministrators = [] } = await organizations.listDelegatedAdministrators({
    ServicePrincipal: 'securityhub.amazonaws.com',
  });
  return DelegatedAdministrators.flatMap(({ Id }) => Id ?? []);
};

/**
 * Whether Security Hub shows the findings of other accounts where Plumbline stands: only its delegated administrator sees
 * them, and chooses a custom action for them.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-accounts-allowed-actions.html
 */
export const lookAtAdministrator = async (
  account: string,
  clients: Clients,
): Promise<Administrator> => {
  const asked = await attempted(async () => administratorsIn(await clients('organizations')));
  if ('failure' in asked) {
    const why =
      sortError(asked.failure, {}).kind === 'denied'
        ? 'organizations:ListDelegatedAdministrators was refused'
        : messageOf(asked.failure);
    return {
      status: 'UNKNOWN',
      sentence: `${title}: who administers Security Hub is not known, since ${why}`,
    };
  }
  const administrators = asked.value;
  if (administrators.includes(account))
    return {
      status: 'PASS',
      sentence: `${title} are on: account ${account} is the delegated administrator of Security Hub`,
    };
  const who =
    administrators.length === 0
      ? 'Security Hub has no delegated administrator'
      : `the delegated administrator of Security Hub is ${administrators.join(', ')}`;
  return {
    status: 'FAIL',
    sentence: `${title} are off: ${who}, and Plumbline stands in ${account}. In the management account: aws securityhub enable-organization-admin-account --admin-account-id ${account}`,
  };
};
