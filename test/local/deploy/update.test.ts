import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { S3 } from '@aws-sdk/client-s3';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { createLedger } from '../../../lib/aws/stores/ledger.ts';
import { deploymentIsAsDeployed } from '../../../lib/controls/plumbline/deployment-is-as-deployed.ts';
import { evaluate } from '../../../lib/engine/evaluation/evaluate.ts';
import type { Action } from '../../../lib/engine/remediation/action.ts';
import { createApp } from '../../../lib/infrastructure/app.ts';
import { type Deployment, deploy } from '../../../lib/local/deploy/deploy.ts';
import { resourcesOf } from '../../../lib/local/deploy/stack-values.ts';
import {
  account,
  type MotoClients,
  motoClients,
  region,
} from '../../../lib/local/local-aws-clients.ts';
import { deployment } from '../../../lib/resources/account/deployment.ts';
import { encode } from '../../../lib/support/wire.ts';
import { everything } from '../../infrastructure/baselines.ts';
import { serve } from '../served.ts';

// Whoever deploys comes through the endpoint as anybody does: what the stack forbids, it forbids him.
const stackName = 'Plumbline';
const bucket = 'somebody-elses-bucket';

let folder = '';
let served: Awaited<ReturnType<typeof serve>>;
let clients: MotoClients;

const baselineOf = async (name: string, yaml: string) => {
  const file = join(folder, `${name}.yaml`);
  await writeFile(file, yaml);
  return file;
};
const outputOf = async (name: string, yaml: string) => {
  const output = join(folder, name);
  const app = await createApp({ baseline: await baselineOf(name, yaml), outdir: output });
  app.synth();
  return output;
};
const deployFrom = (output: string) =>
  deploy({ output, stackName, account, region, clients, onLeftOut: () => {} });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plumbline-update-'));
  served = await serve({
    baseline: await baselineOf('first', '{}\n'),
    scheduleSpeed: 0,
    unattended: ['evaluate', 'sweep'],
  });
  clients = motoClients(served.url);
  await clients.s3.createBucket({ Bucket: bucket });
}, 180_000);
afterAll(async () => {
  await served?.end();
  await rm(folder, { recursive: true });
});

const policyOf = async (QueueUrl: string) => {
  const { Attributes } = await clients.sqs.getQueueAttributes({
    QueueUrl,
    AttributeNames: ['Policy'],
  });
  return JSON.parse(Attributes?.['Policy'] ?? '{}');
};
/** Whether the function that evaluates may do what only planning takes. */
const mayPlan = async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = served.reader;
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const reader = new S3({ region, endpoint: served.url, forcePathStyle: true, credentials });
  return reader.getBucketReplication({ Bucket: bucket }).then(
    () => 'allowed',
    (error: Error) => error.name,
  );
};
/** What the deployed stack holds, against what its template says. */
const expectAsWritten = async ({ stack }: Deployment) => {
  for (const { properties } of resourcesOf('AWS::SQS::QueuePolicy', stack)) {
    const [queue] = (properties['Queues'] ?? []) as readonly string[];
    expect(await policyOf(queue ?? '')).toEqual(properties['PolicyDocument']);
  }
  const attached = new Map<string, string[]>();
  for (const { properties, physicalId } of resourcesOf('AWS::IAM::ManagedPolicy', stack))
    for (const role of (properties['Roles'] ?? []) as readonly string[])
      attached.set(role, [...(attached.get(role) ?? []), physicalId]);
  for (const { physicalId: RoleName } of resourcesOf('AWS::IAM::Role', stack)) {
    const { AttachedPolicies = [] } = await clients.iam.listAttachedRolePolicies({ RoleName });
    expect(AttachedPolicies.map(({ PolicyArn }) => PolicyArn).sort()).toEqual(
      (attached.get(RoleName) ?? []).sort(),
    );
  }
  for (const { properties, physicalId: FunctionName } of resourcesOf(
    'AWS::Lambda::Function',
    stack,
  )) {
    const { Configuration } = await clients.lambda.getFunction({ FunctionName });
    expect(Configuration?.Environment?.Variables).toMatchObject(
      Object(properties['Environment'])['Variables'],
    );
  }
};
/** What the function that evaluates says of the deployment. */
const deploymentNow = async () => {
  const clientsOfReader = sdkClients({ region, endpoint: served.url, credentials: served.reader });
  const reader = createReader({ account, region, clients: clientsOfReader });
  const ref = { account, region, id: region };
  const control = deploymentIsAsDeployed;
  const reading = await reader.read(deployment, ref, control.needs);
  const facets = reading.gone ? {} : reading.facets;
  return evaluate(control, facets, { ref, parameters: {}, at: reading.readAt });
};
const idsOf = ({ stack }: Deployment, type: string) =>
  resourcesOf(type, stack).map(({ physicalId }) => physicalId);

/** As a release that had one table kept it. */
const left: Action = {
  id: `pl-${'0a'.repeat(10)}`,
  type: 'AWS::S3::Bucket',
  ref: { account, region, id: bucket },
  arn: `arn:aws:s3:::${bucket}`,
  controls: ['S3.8'],
  askedBy: { kind: 'drift' },
  state: 'VERIFYING',
  driftedBy: [],
  startedAt: '2026-06-15T12:00:00.000Z',
  calls: [],
};
const leave = (TableName: string) =>
  DynamoDBDocument.from(
    new DynamoDB({ region, endpoint: served.url, credentials: served.reader }),
  ).put({
    TableName,
    Item: {
      pk: `action#${left.id}`,
      sk: 'action',
      version: 3,
      month: '2026-06',
      startedAt: left.startedAt,
      state: left.state,
      action: encode(left),
      concluded: encode({ state: 'VERIFIED', concludedAt: '2026-06-15T12:01:00.000Z' }),
    },
  });
const ledgerOf = ({ stack }: Deployment) => {
  const tableOf = (name: string) =>
    resourcesOf('AWS::DynamoDB::Table', stack).find(({ id }) => id.startsWith(name))?.physicalId;
  const [table, earlier] = [tableOf('Ledger'), tableOf('Posture')];
  if (table === undefined || earlier === undefined) throw new Error('a table is missing');
  const images = {
    bucket: 'none',
    owner: '123456789012',
    s3: () => Promise.reject(new Error('there is no image')),
  };
  return createLedger(
    { dynamoDb: DynamoDBDocument.from(clients.dynamodb), table, earlier },
    images,
  );
};

describe('the stack, with its own policies in force', () => {
  let first: Deployment;
  let whole: Deployment;

  it('is deployed again as it is, and stays as it is', async () => {
    first = await deployFrom(await outputOf('defaults', '{}\n'));
    await expectAsWritten(first);
    expect(await mayPlan()).toBe('AccessDenied');
    expect(await deploymentNow()).toEqual({ status: 'PASS' });
  }, 180_000);

  it('is updated to everything: what it had it keeps, and roles get what they need', async () => {
    const [evaluating] = first.functions.filter(({ title }) => title === 'evaluate');
    const FunctionName = evaluating?.name ?? '';
    await clients.lambda.updateFunctionConfiguration({ FunctionName, Timeout: 900 });
    expect(await deploymentNow()).toMatchObject({
      status: 'FAIL',
      evidence: [{ path: `functions[${FunctionName}].timeoutSeconds`, actual: 900, expected: 30 }],
    });
    const [posture = ''] = idsOf(first, 'AWS::DynamoDB::Table');
    await leave(posture);
    whole = await deployFrom(await outputOf('everything', everything));
    // What somebody changed by hand is put back with what the new template changes.
    expect(await deploymentNow()).toEqual({ status: 'PASS' });
    await expectAsWritten(whole);
    for (const type of ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::IAM::Role'])
      expect(idsOf(whole, type)).toEqual(expect.arrayContaining(idsOf(first, type)));
    expect(whole.functions.length).toBeGreaterThan(first.functions.length);
    expect(await mayPlan()).toBe('ReplicationConfigurationNotFoundError');
  }, 180_000);

  it('shows in its new ledger what was done before', async () => {
    const ledger = ledgerOf(whole);
    const over = { ...left, state: 'VERIFIED', concludedAt: '2026-06-15T12:01:00.000Z' };
    expect((await ledger.get(left.id))?.action).toEqual(over);
    expect(await ledger.list(['2026-07', '2026-06'], 20)).toEqual([over]);
  });

  it('is updated back: what is left over is gone, and the right with it', async () => {
    const again = await deployFrom(await outputOf('back', '{}\n'));
    await expectAsWritten(again);
    expect(await deploymentNow()).toEqual({ status: 'PASS' });
    for (const type of ['AWS::DynamoDB::Table', 'AWS::SQS::Queue', 'AWS::IAM::Role'])
      expect(idsOf(again, type).sort()).toEqual(idsOf(first, type).sort());
    expect(await mayPlan()).toBe('AccessDenied');
    const { Roles = [] } = await clients.iam.listRoles({});
    expect(Roles.filter(({ RoleName }) => /Remediat|Host/.test(RoleName ?? ''))).toEqual([]);
  }, 180_000);

  it('is destroyed, but for what is to outlive it', async () => {
    await clients.cloudformation.deleteStack({ StackName: stackName });
    const [{ QueueUrls = [] }, { Roles = [] }, { Policies = [] }, { TableNames = [] }] =
      await Promise.all([
        clients.sqs.listQueues({ QueueNamePrefix: stackName }),
        clients.iam.listRoles({}),
        clients.iam.listPolicies({ Scope: 'Local' }),
        clients.dynamodb.listTables({}),
      ]);
    expect(QueueUrls).toEqual([]);
    expect(Roles.filter(({ RoleName }) => RoleName?.startsWith(stackName))).toEqual([]);
    expect(Policies).toEqual([]);
    expect(TableNames.sort()).toEqual([...idsOf(whole, 'AWS::DynamoDB::Table')].sort());
    expect(TableNames).toHaveLength(2);
  }, 180_000);
});
