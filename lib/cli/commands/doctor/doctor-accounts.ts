import { sdkClients } from '../../../aws/clients.ts';
import { attempted, messageOf } from '../../../aws/errors.ts';
import { outputsOf } from '../../../aws/stack-outputs.ts';
import { createPosture } from '../../../aws/stores/posture.ts';
import { memberAccountsAreHeard } from '../../../controls/plumbline/member-accounts-are-heard.ts';
import { memberAccountsCanBeEntered } from '../../../controls/plumbline/member-accounts-can-be-entered.ts';
import type { Baseline } from '../../../engine/baseline/baseline.ts';
import { keyOf } from '../../../engine/changes/change.ts';
import type { ResourceRow } from '../../../engine/posture/row.ts';
import { dynamoDbIn } from '../../../pipeline/runtime/environment.ts';
import { memberAccount } from '../../../resources/account/member.ts';
import { runAs } from '../../../support/run-as.ts';
import { callerOf } from '../../account.ts';
import { endpointUrl } from '../../environment.ts';
import type { HostCheck } from './host-check.ts';

type Known = Pick<HostCheck, 'status' | 'sentences' | 'told'>;

interface Looked {
  readonly control: string;
  readonly title: (id: string) => string;
  /** What is so where it passes. */
  readonly passed: string;
}
const deployThere = `deploy again, deploy there what ${runAs('member-template')} prints, and wait for the next sweep`;
/** What is told of an account, by the control that finds it. */
export const looks: Readonly<Record<'entry' | 'ears', Looked>> = {
  entry: {
    control: memberAccountsCanBeEntered.id,
    title: (id) => `Account ${id} should let Plumbline in`,
    passed: 'could be entered',
  },
  ears: {
    control: memberAccountsAreHeard.id,
    title: (id) => `Account ${id} should bring what changes there`,
    passed: 'its rules brought all that is wanted',
  },
};

/** What Plumbline itself has found last: no person may assume the roles that it enters by. */
export const knownOf = (row: ResourceRow | undefined, { control, passed }: Looked): Known => {
  const found = row?.controls[control];
  if (!found)
    return { status: 'FAIL', sentences: [`nobody has looked yet: ${deployThere}`], told: {} };
  const { verdict, readAt } = found;
  return {
    status: verdict.status,
    sentences: [
      verdict.status === 'PASS' ? `${passed} at ${readAt}` : (verdict.reason ?? verdict.status),
    ],
    told: { readAt },
  };
};

/** Says of each other account that the baseline names whether Plumbline could enter it, and hears what changes there. */
export const checkAccounts = async (
  name: string,
  { accounts = [], homeRegion: region, controls }: Baseline,
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
    return createPosture(await dynamoDbIn(region), PostureTable).read(keys);
  });
  // What the baseline turns off nobody finds.
  const enabled = Object.values(looks).filter(({ control }) => Object.hasOwn(controls, control));
  return accounts.flatMap((id, index) =>
    enabled.map(
      (look): HostCheck => ({
        check: 'accounts',
        title: look.title(id),
        region,
        ...('value' in asked
          ? knownOf(asked.value.get(keys[index] ?? ''), look)
          : { status: 'UNKNOWN', sentences: [messageOf(asked.failure)], told: {} }),
      }),
    ),
  );
};
