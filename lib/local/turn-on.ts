import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { sdkClients } from '../aws/clients.ts';
import { createQueues } from '../aws/queues.ts';
import { outputsOf } from '../aws/stack-outputs.ts';
import { createLetGoLog } from '../aws/stores/let-go.ts';
import { createSwitch } from '../aws/stores/switch.ts';
import { actionId } from '../engine/remediation/action.ts';
import { switchName } from '../resources/account/switch.ts';
import type { LocalAws } from './local-aws.ts';

const type = 'Plumbline::AccountRegion';
const patienceMs = 60_000;

/** A user whom the baseline names as operator: any key that is called like one is theirs, locally. */
const operatorIn = ({ baseline, account }: LocalAws): string | undefined =>
  baseline.operators
    .filter((arn) => arn.startsWith(`arn:aws:iam::${account}:user/`))
    .map((arn) => arn.slice(arn.lastIndexOf('/') + 1))[0];

/**
 * Turns remediation on, as `plumbline remediation on` does: a new stack begins with it off. Answers who did;
 * `undefined` where the stack remediates nothing, or no user is an operator.
 */
export const turnOnRemediation = async (aws: LocalAws): Promise<string | undefined> => {
  const { url: endpoint, region, account, deployment } = aws;
  const operator = operatorIn(aws);
  if (operator === undefined) return undefined;
  const credentials = { accessKeyId: operator, secretAccessKey: 'local' };
  const clients = sdkClients({ region, endpoint, credentials });
  const stack = { name: deployment.stackName, account, region };
  const outputs = await outputsOf(stack, await clients('cloudformation'));
  const { RemediationsQueue: remediations, LedgerTable: table, PostureTable: earlier } = outputs;
  if (!remediations || !table || !earlier) return undefined;
  const dynamoDb = DynamoDBDocument.from(new DynamoDB({ region, endpoint, credentials }));
  const killSwitch = createSwitch({
    ssm: () => clients('ssm'),
    parameter: () => switchName,
    log: createLetGoLog({ dynamoDb, table, earlier }),
  });
  const ref = { account, region, id: region };
  const noOther = { changes: '', sweeps: '', pages: '' };
  await createQueues(await clients('sqs'), { ...noOther, remediations }).ask([
    {
      version: 1,
      ask: 'turnOn',
      id: actionId({ type, ref, controls: [], episodes: [], attempt: randomUUID() }),
      type,
      ref,
      askedBy: { kind: 'person' },
    },
  ]);
  const end = Date.now() + patienceMs;
  while (!(await killSwitch.state()).isOn) {
    if (Date.now() > end) throw new Error('remediation was asked to be turned on, and is not');
    await sleep(50);
  }
  return operator;
};
