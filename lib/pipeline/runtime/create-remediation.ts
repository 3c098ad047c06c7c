import type { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { type Clients, sdkClients } from '../../aws/clients.ts';
import { createOperators } from '../../aws/operators.ts';
import { createBreaker } from '../../aws/stores/breaker.ts';
import { createLedger, type Sealing } from '../../aws/stores/ledger.ts';
import { createLetGoLog, type OnForged } from '../../aws/stores/let-go.ts';
import { createLocks } from '../../aws/stores/locks.ts';
import { createSwitch } from '../../aws/stores/switch.ts';
import { createWaiting } from '../../aws/stores/waiting.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { sessionPolicyOf } from '../../engine/remediation/session-policy.ts';
import type { Where } from '../../model/resource-type.ts';
import { remediatorRoleName } from '../../resources/account/own-prefix.ts';
import { iam } from '../../services/iam.ts';
import type { Remediation } from './runtime.ts';

export interface RemediationOptions {
  readonly account: string;
  /** Where Plumbline stands. */
  readonly clients: Clients;
  readonly dynamoDb: DynamoDBDocument;
  /** The posture table, and that of the ledger. */
  readonly table: string;
  readonly ledgerTable: string;
  readonly baseline: Baseline;
  /** As it counts with the accounts that the organization has now. @default - there is none, and it never changes */
  readonly baselineNow?: () => Pick<Baseline, 'accountLimits' | 'remediatedAccounts'>;
  /** Throws where what is known of an account counts no more. @default - an account is what the baseline says */
  readonly confirm?: ((account: string) => Promise<void>) | undefined;
  readonly remediatorArn: string;
  /** What the roles in other accounts ask for. @default - nothing is changed in another account */
  readonly externalId?: string | undefined;
  readonly imagesBucket: string;
  readonly topicArn: string;
  /** @default - it writes no action, and believes none */
  readonly sealing?: Sealing | undefined;
  /** A word of an operator that nobody has sealed; `forget` takes it out of the ledger. @default - it is left there */
  readonly onForged?: OnForged;
  /** Names of parameters; only the function that acts knows them. The path ends with a slash. */
  readonly switchParameter: () => string;
  readonly breakersPath: () => string;
}

/** Seconds that a session lasts: the shortest that STS gives. */
const sessionSeconds = 900;

/**
 * The role whose session makes the calls: the stack's own, or that of another account where the baseline says that
 * something may be changed.
 */
const roleAt = (
  where: Where,
  {
    account,
    baseline,
    baselineNow = () => baseline,
    remediatorArn,
    externalId,
  }: RemediationOptions,
): { readonly RoleArn: string; readonly ExternalId?: string } => {
  if (where.account === account) return { RoleArn: remediatorArn };
  if (externalId === undefined || !baselineNow().remediatedAccounts?.includes(where.account))
    throw new Error(`the baseline lets nothing be changed in account ${where.account}`);
  return { RoleArn: iam.arn('role', where, remediatorRoleName), ExternalId: externalId };
};

/** Remediation as the deployed handlers do it. */
export const createRemediation = (options: RemediationOptions): Remediation => {
  const { clients, dynamoDb, table, baseline, remediatorArn } = options;
  const tables = { dynamoDb, table: options.ledgerTable, earlier: table };
  const letGo = createLetGoLog(tables, options.sealing, options.onForged);
  const ssm = () => clients('ssm');
  const killSwitch = createSwitch({ ssm, parameter: options.switchParameter, log: letGo });
  return {
    remediatorArn,
    ledger: createLedger(
      tables,
      { bucket: options.imagesBucket, owner: options.account, s3: () => clients('s3') },
      options.sealing,
    ),
    locks: createLocks(tables),
    breaker: createBreaker({
      dynamoDb,
      account: options.account,
      table: options.ledgerTable,
      posture: table,
      ssm,
      path: options.breakersPath,
      limits: baseline.remediation.breaker,
      perHourIn: (account) => options.baselineNow?.().accountLimits?.[account]?.perHour,
    }),
    operators: createOperators({
      arns: baseline.operators,
      account: options.account,
      iam: () => clients('iam'),
      clock: () => new Date(),
    }),
    isOn: async () => (await killSwitch.state()).isOn,
    turnOn: killSwitch.turnOn,
    letGo,
    waiting: createWaiting(tables),
    async session(grants, action, where) {
      if (where.account !== options.account) await options.confirm?.(where.account);
      const { Credentials } = await (await clients('sts')).assumeRole({
        ...roleAt(where, options),
        RoleSessionName: action,
        SourceIdentity: action,
        DurationSeconds: sessionSeconds,
        Policy: sessionPolicyOf(grants),
      });
      const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
      if (!AccessKeyId || !SecretAccessKey || !SessionToken) {
        throw new Error(`STS gave no credentials for ${action}`);
      }
      const credentials = {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
      };
      return sdkClients({ region: where.region, credentials });
    },
    async notify(Subject, Message) {
      await (await clients('sns')).publish({ TopicArn: options.topicArn, Subject, Message });
    },
  };
};
