import { createClientPool } from '../aws/client-pool.ts';
import { type Clients, sdkClients } from '../aws/clients.ts';
import { createEntry } from '../aws/entry.ts';
import type { Stack } from '../aws/stack-outputs.ts';
import { outputsOf } from '../aws/stack-outputs.ts';
import { type Breaker, createBreaker } from '../aws/stores/breaker.ts';
import { createLedger, type Ledger } from '../aws/stores/ledger.ts';
import { createLetGoLog } from '../aws/stores/let-go.ts';
import { createPosture, type Posture } from '../aws/stores/posture.ts';
import { createPostureListing, type PostureListing } from '../aws/stores/posture-listing.ts';
import { createRollouts, type Rollouts } from '../aws/stores/rollouts.ts';
import { rosterOf } from '../aws/stores/roster.ts';
import { createSwitch, type Switch } from '../aws/stores/switch.ts';
import { allControls } from '../controls/index.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { inOrganization } from '../engine/baseline/in-organization.ts';
import type { Roster } from '../engine/baseline/organization.ts';
import { withOwnExemptions } from '../engine/baseline/own-exemptions.ts';
import { hostRows } from '../hosts/as-found.ts';
import { baselineAt } from '../infrastructure/baseline-file.ts';
import type { Control } from '../model/control.ts';
import type { Where } from '../model/resource-type.ts';
import { controlOn, hostAnswers } from '../pipeline/hosts/host-controls.ts';
import { dynamoDbIn } from '../pipeline/runtime/environment.ts';
import { breakersPath } from '../resources/account/breakers.ts';
import { memberOutputs } from '../resources/account/member.ts';
import { readRoleName } from '../resources/account/own-prefix.ts';
import { switchName } from '../resources/account/switch.ts';
import { UserError } from '../support/user-error.ts';
import { callerOf } from './account.ts';
import { controlNamed } from './control-named.ts';
import { endpointUrl } from './environment.ts';
import { ownBucketsOf, usualStack } from './own-buckets.ts';

export interface DeployedOptions {
  readonly stack: string;
  readonly baseline?: string | undefined;
}
export const deployedOptions = {
  stack: { type: 'string', default: usualStack },
  baseline: { type: 'string' },
  json: { type: 'boolean' },
} as const;
export const deployedUsage = `  --stack <name>     the stack of Plumbline. Default Plumbline
  --baseline <file>  what it was deployed with; else plumbline.yaml
  --json             as JSON`;

/** A stack that remediates, as a person works with it. */
export interface Deployed {
  readonly stack: Stack;
  /** ARN of whoever runs the command. */
  readonly caller: string;
  /** All that there are, of AWS and of hosts. */
  readonly controls: readonly Control[];
  /** As it counts with the accounts that the organization has now. */
  readonly baseline: Baseline;
  /** The accounts of the organization, as Plumbline listed them last. @default - the baseline names none, or it was not listed yet */
  readonly roster?: Roster | undefined;
  readonly clients: Clients;
  /** Of any region that the stack governs. */
  readonly clientsIn: (region: string) => Clients;
  /** Of an account and region that the stack governs; in another account than its own by the role that reads there. */
  readonly clientsAt: (where: Where) => Clients;
  readonly posture: Posture;
  readonly listing: PostureListing;
  readonly ledger: Ledger;
  readonly breaker: Breaker;
  readonly killSwitch: Switch;
  /** How far fixes have come on the hosts. */
  readonly rollouts: Rollouts;
  /** URL of the queue that it is asked over. */
  readonly remediations: string;
  /** ARNs of those whom the queue takes asks from. */
  readonly operators: readonly string[];
}

/** What reads in any governed account, as whoever runs the command may. */
const createClientsAt = (
  { account, region, clientsIn }: Where & Pick<Deployed, 'clientsIn'>,
  { accounts = [] }: Pick<Baseline, 'accounts'>,
  outputs: Readonly<Record<string, string>>,
): Deployed['clientsAt'] => {
  const externalId = outputs[memberOutputs.externalId];
  const entry = createEntry({
    sts: () => clientsIn(region)('sts'),
    ...(externalId === undefined ? {} : { externalId }),
    accounts: () => accounts,
    region,
    sessionName: 'plumbline',
  });
  const endpoint = endpointUrl();
  return createClientPool((where) =>
    where.account === account
      ? clientsIn(where.region)
      : sdkClients({
          region: where.region,
          credentials: entry(where.account, readRoleName),
          ...(endpoint === undefined ? {} : { endpoint }),
        }),
  );
};

/**
 * Finds the stack by its outputs, in the home region, with the credentials of the environment.
 * @param named the id of a control that somebody gave: one that there is not is told before AWS is asked
 */
export const deployed = async (options: DeployedOptions, named?: string): Promise<Deployed> => {
  const controls = await allControls();
  const known = [...controls, ...hostRows().map(controlOn), hostAnswers];
  if (named !== undefined) controlNamed(known, named);
  const baseline = await baselineAt(options.baseline, controls);
  const region = baseline.homeRegion;
  const { account, arn: caller } = await callerOf(region);
  const endpoint = endpointUrl();
  // A queue's URL names AWS's own host, which the SDK prefers to an endpoint of the environment.
  const clientsIn = (at: string) =>
    sdkClients({ region: at, ...(endpoint === undefined ? {} : { endpoint }) });
  const clients = clientsIn(region);
  const stack = { name: options.stack, account, region };
  const outputs = await outputsOf(stack, await clients('cloudformation'));
  const { PostureTable: table, LedgerTable: ledgerTable, ImagesBucket: bucket } = outputs;
  const { RemediationsQueue: remediations, Operators: operators } = outputs;
  if (table === undefined) throw new UserError(`the stack ${stack.name} is none of Plumbline's`);
  if (remediations === undefined || bucket === undefined) {
    throw new UserError(
      `the stack ${stack.name} remediates nothing: no control that it was deployed with has the mode plan or remediate`,
    );
  }
  if (ledgerTable === undefined) {
    throw new UserError(`the stack ${stack.name} is of an earlier release: deploy it again`);
  }
  const dynamoDb = await dynamoDbIn(region);
  const roster = await rosterOf(baseline, dynamoDb, table);
  const governing = inOrganization(baseline, roster, account);
  const tables = { dynamoDb, table: ledgerTable, earlier: table };
  return {
    stack,
    caller,
    roster,
    controls: known,
    baseline: withOwnExemptions(governing, ownBucketsOf(outputs, region)),
    clients,
    clientsIn,
    clientsAt: createClientsAt({ account, region, clientsIn }, governing, outputs),
    posture: createPosture(dynamoDb, table),
    listing: createPostureListing(dynamoDb, table),
    ledger: createLedger(tables, { bucket, owner: account, s3: () => clients('s3') }),
    breaker: createBreaker({
      dynamoDb,
      account,
      table: ledgerTable,
      posture: table,
      ssm: () => clients('ssm'),
      path: () => breakersPath,
      limits: baseline.remediation.breaker,
    }),
    killSwitch: createSwitch({
      ssm: () => clients('ssm'),
      parameter: () => switchName,
      log: createLetGoLog(tables),
    }),
    rollouts: createRollouts(tables),
    remediations,
    operators: operators?.split(' ') ?? [],
  };
};
