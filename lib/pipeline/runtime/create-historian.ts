import { createHistory } from '../../aws/stores/history.ts';
import { rosterOf } from '../../aws/stores/roster.ts';
import { baselineSum } from '../../engine/baseline/baseline-sum.ts';
import { inOrganization } from '../../engine/baseline/in-organization.ts';
import type { Historian } from '../history/write-history.ts';
import { hostType } from '../hosts/on-host.ts';
import { controlsOn } from './catalogue.ts';
import { deployedClients, deployedDocuments } from './deployed-clients.ts';
import { deployedBaseline, required } from './environment.ts';

const day = 86_400_000;

/**
 * What writes the history, from the environment of its function.
 * @param hostRows every control on hosts, loaded when it is first asked for
 */
export const createHistorian = async (
  account: string,
  hostRows: () => Promise<readonly { readonly id: string }[]>,
): Promise<Historian> => {
  const region = required('AWS_REGION');
  const deployed = await deployedBaseline();
  const { history } = deployed;
  if (!history) throw new Error('the baseline keeps no history: deploy the stack again');
  const s3 = await deployedClients(region)('s3');
  const Bucket = required('HISTORY_BUCKET');
  const clock = () => new Date();
  const documents = await deployedDocuments(region);
  const table = required('POSTURE_TABLE');
  const roster = await rosterOf(deployed, documents, table);
  return {
    store: createHistory(documents, table),
    account,
    baseline: inOrganization(deployed, roster, account),
    baselineSum: baselineSum(deployed),
    // Said where the handlers are bundled.
    plumbline: process.env['PLUMBLINE_RELEASE'] ?? '',
    peopleDays: history.peopleDays,
    clock,
    async controlsOf(type) {
      const all = type === hostType ? await hostRows() : await controlsOn(type);
      return all.map(({ id }) => id);
    },
    async put(Key, Body, kind) {
      const isLocked = history.lock && kind === 'verdicts';
      await s3.putObject({
        Bucket,
        Key,
        Body,
        ExpectedBucketOwner: account,
        ...(isLocked
          ? {
              ObjectLockMode: 'GOVERNANCE',
              ObjectLockRetainUntilDate: new Date(clock().getTime() + history.days * day),
            }
          : {}),
      });
    },
  };
};
