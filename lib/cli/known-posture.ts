import { sdkClients } from '../aws/clients.ts';
import { outputsOf } from '../aws/stack-outputs.ts';
import { createPostureListing } from '../aws/stores/posture-listing.ts';
import { allControls } from '../controls/index.ts';
import { withOwnExemptions } from '../engine/baseline/own-exemptions.ts';
import { hostRows } from '../hosts/as-found.ts';
import { baselineAt } from '../infrastructure/baseline-file.ts';
import { controlOn, hostAnswers } from '../pipeline/hosts/host-controls.ts';
import { documentsIn } from '../pipeline/runtime/environment.ts';
import { createPostureRecord } from '../reports/compliance/posture-record.ts';
import { UserError } from '../support/user-error.ts';
import { callerOf } from './account.ts';
import { ownBucketsOf } from './own-buckets.ts';
import { version } from './version.ts';

/**
 * What the installation of a name knows, by the baseline that it was deployed with, as saved scans: one for each account.
 * It reads the whole table of verdicts.
 */
export const knownPosture = async (
  name: string,
  baselineFile: string | undefined,
): Promise<readonly string[]> => {
  const onAws = await allControls();
  const baseline = await baselineAt(baselineFile, onAws);
  const region = baseline.homeRegion;
  const { account } = await callerOf(region);
  const outputs = await outputsOf(
    { name, account, region },
    await sdkClients({ region })('cloudformation'),
  );
  const table = outputs['PostureTable'];
  if (table === undefined) throw new UserError(`the stack ${name} is none of Plumbline's`);
  const gathered = createPostureRecord({
    plumbline: version(),
    at: new Date(),
    baseline: withOwnExemptions(baseline, ownBucketsOf(outputs, region)),
    controls: [...onAws, ...hostRows().map(controlOn), hostAnswers],
  });
  const listing = createPostureListing(await documentsIn(region), table);
  for await (const row of listing.all()) gathered.add(row);
  return gathered.records(account).map((record) => `${JSON.stringify(record, undefined, 2)}\n`);
};
