import { sdkClients } from '../../../aws/clients.ts';
import { attempted, messageOf } from '../../../aws/errors.ts';
import { outputsOf } from '../../../aws/stack-outputs.ts';
import { createPosture } from '../../../aws/stores/posture.ts';
import { memberAccountsCanBeEntered } from '../../../controls/plumbline/member-accounts-can-be-entered.ts';
import type { Baseline } from '../../../engine/baseline/baseline.ts';
import { keyOf } from '../../../engine/changes/change.ts';
import type { ResourceRow } from '../../../engine/posture/row.ts';
import { documentsIn } from '../../../pipeline/runtime/environment.ts';
import { memberAccount } from '../../../resources/account/member.ts';
import { runAs } from '../../../support/run-as.ts';
import { callerOf } from '../../account.ts';
import { endpointUrl } from '../../environment.ts';
import type { HostCheck } from './host-check.ts';

const { id: control } = memberAccountsCanBeEntered;

type Known = Pick<HostCheck, 'status' | 'sentences' | 'told'>;

/** What Plumbline itself has found last: no person may assume the roles that it enters by. */
export const knownOf = (row: ResourceRow | undefined): Known => {
  const found = row?.controls[control];
  if (!found)
    return {
      status: 'FAIL',
      sentences: [
        `nobody has tried to enter it: deploy again, deploy there what ${runAs('member-template')} prints, and wait for the next sweep`,
      ],
      told: {},
    };
  const { verdict, readAt } = found;
  return {
    status: verdict.status,
    sentences: [
      verdict.status === 'PASS'
        ? `could be entered at ${readAt}`
        : (verdict.reason ?? verdict.status),
    ],
    told: { readAt },
  };
};

/** Says of each other account that the baseline names whether Plumbline could enter it. */
export const checkAccounts = async (
  name: string,
  { accounts = [], homeRegion: region }: Baseline,
): Promise<readonly HostCheck[]> => {
  if (accounts.length === 0) return [];
  const endpoint = endpointUrl();
  const clients = sdkClients({ region, ...(endpoint === undefined ? {} : { endpoint }) });
  const { account } = await callerOf(region);
  const keys = accounts.map((id) =>
    keyOf({ type: memberAccount.type, ref: { account, region, id } }),
  );
  const asked = await attempted(async () => {
    const stack = { name, account, region };
    const { PostureTable = '' } = await outputsOf(stack, await clients('cloudformation'));
    return createPosture(await documentsIn(region), PostureTable).read(keys);
  });
  return accounts.map((id, index) => ({
    check: 'accounts',
    title: `Account ${id} should let Plumbline in`,
    region,
    ...('value' in asked
      ? knownOf(asked.value.get(keys[index] ?? ''))
      : { status: 'UNKNOWN', sentences: [messageOf(asked.failure)], told: {} }),
  }));
};
