import { type Clients, sdkClients } from '../aws/clients.ts';
import { outputsOf } from '../aws/stack-outputs.ts';
import { rosterOf } from '../aws/stores/roster.ts';
import { allControls } from '../controls/index.ts';
import { inOrganization } from '../engine/baseline/in-organization.ts';
import type { Roster } from '../engine/baseline/organization.ts';
import { withOwnExemptions } from '../engine/baseline/own-exemptions.ts';
import { baselineAt } from '../infrastructure/baseline-file.ts';
import { dynamoDbIn } from '../pipeline/runtime/environment.ts';
import type { Installed } from '../reporting/installed.ts';
import { UserError } from '../support/user-error.ts';
import { callerOf } from './account.ts';
import { endpointUrl } from './environment.ts';
import { ownBucketsOf } from './own-buckets.ts';
import { version } from './version.ts';

export interface NamedInstallation extends Installed {
  /** ARN of whoever runs the command, and those whom its queues take asks from. */
  readonly caller: string;
  readonly operators: readonly string[];
  readonly clients: Clients;
  /** Of another region. */
  readonly clientsIn: (region: string) => Clients;
  /** URL of the queue by which its hosts are audited; `undefined` where it audits none. */
  readonly audits: string | undefined;
  /** The accounts of its organization, as it listed them last. */
  readonly roster: Roster | undefined;
  /** The bucket of its history; `undefined` where it keeps none. */
  readonly history: string | undefined;
}

/** The installation of a name, by the baseline that it was deployed with. */
export const installedNamed = async (
  name: string,
  baselineFile: string | undefined,
): Promise<NamedInstallation> => {
  const baseline = await baselineAt(baselineFile, await allControls());
  const region = baseline.homeRegion;
  const { account, arn: caller } = await callerOf(region);
  const endpoint = endpointUrl();
  // A queue's URL names AWS's own host, which the SDK prefers to an endpoint of the environment.
  const clientsIn = (at: string): Clients =>
    sdkClients({ region: at, ...(endpoint === undefined ? {} : { endpoint }) });
  const clients = clientsIn(region);
  const outputs = await outputsOf({ name, account, region }, await clients('cloudformation'));
  const { PostureTable: table, LedgerTable: ledger, ImagesBucket: images } = outputs;
  if (table === undefined) throw new UserError(`the stack ${name} is none of Plumbline's`);
  const dynamoDb = await dynamoDbIn(region);
  const roster = await rosterOf(baseline, dynamoDb, table);
  const own = withOwnExemptions(baseline, ownBucketsOf(outputs, region));
  return {
    stack: name,
    account,
    plumbline: version(),
    baseline: inOrganization(own, roster, account),
    roster,
    dynamoDb,
    table,
    ...(ledger === undefined || images === undefined ? {} : { acting: { table: ledger, images } }),
    s3: () => clients('s3'),
    history: outputs['HistoryBucket'],
    caller,
    operators: outputs['Operators']?.split(' ') ?? [],
    clients,
    clientsIn,
    audits: outputs['AuditsQueue'],
  };
};
