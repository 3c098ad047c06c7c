import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudFormation, UpdateStackCommandInput } from '@aws-sdk/client-cloudformation';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { S3 } from '@aws-sdk/client-s3';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import type { Schedule } from '../events/schedules.ts';
import type { Mapping } from '../lambda/runner.ts';
import type { LocalFunction } from '../lambda/runner-process.ts';
import { assetsIn, uploadAssets } from './stack-assets.ts';
import { fixUp } from './stack-fixups.ts';
import { functionsIn, mappingsIn, schedulesIn } from './stack-sources.ts';
import { checkTypes, leftOut, madeIn, type Template } from './stack-template.ts';
import { type Deployed, resourcesOf } from './stack-values.ts';
import { templateFaults } from './template-quotas.ts';

export interface DeployOptions {
  /** The CDK's output folder. */
  readonly output: string;
  readonly stackName: string;
  /** The values of its parameters. @default - it has none */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly account: string;
  readonly region: string;
  /** Clients of moto itself, past the endpoint. */
  readonly clients: {
    readonly cloudformation: CloudFormation;
    readonly dynamodb: DynamoDB;
    readonly events: EventBridge;
    readonly iam: IAM;
    readonly lambda: Lambda;
    readonly s3: S3;
    readonly sqs: SQS;
    readonly ssm: SSM;
  };
  /** Told of each type that moto leaves out, and what takes its place. */
  readonly onLeftOut: (sentence: string) => void;
}
export interface Deployment {
  readonly stackName: string;
  readonly functions: readonly LocalFunction[];
  readonly mappings: readonly Mapping[];
  readonly schedules: readonly Schedule[];
  /** ARNs of the roles that the stack made. */
  readonly roles: ReadonlySet<string>;
  readonly stack: Deployed;
}

/** Makes or updates a stack as it was synthesised through CloudFormation, then does what moto does not. */
export const deploy = async (options: DeployOptions): Promise<Deployment> => {
  const { account, clients, output, region, stackName, parameters = {} } = options;
  const body = readFileSync(join(output, `${stackName}.template.json`), 'utf8');
  const whole: Template = JSON.parse(body);
  refuseWhatAwsDoesNotTake(whole, body, stackName);
  const template = madeIn(whole, { account, region });
  for (const [type, count] of checkTypes(template))
    options.onLeftOut(`${count} ${type} left out; in its place: ${leftOut[type]}`);
  const assets = assetsIn(output, `${stackName}.assets.json`, account, region);
  await Promise.all([uploadAssets(clients.s3, assets), bootstrapVersion(clients.ssm)]);
  const stackId = await putStack(clients.cloudformation, stackName, body, parameters);
  const physicalIds = await physicalIdsOf(clients.cloudformation, stackName);
  const roleIds = await roleIdsOf(template, physicalIds, clients.iam);
  const made = { template, physicalIds, roleIds, stackId, parameters };
  const stack = { ...made, stackName, account, region };
  const [functions] = await Promise.all([
    functionsIn(stack, assets, clients.lambda),
    fixUp(stack, clients),
  ]);
  const mappings = mappingsIn(stack);
  const roles = new Set(
    resourcesOf('AWS::IAM::Role', stack).map(
      ({ physicalId }) => `arn:aws:iam::${account}:role/${physicalId}`,
    ),
  );
  return { stackName, functions, mappings, schedules: schedulesIn(stack), roles, stack };
};

// moto takes templates, policies and documents of any size.
const refuseWhatAwsDoesNotTake = (template: Template, body: string, stackName: string) => {
  const faults = templateFaults(template, { bytes: Buffer.byteLength(body), stackName });
  if (faults.length > 0) throw new Error(`AWS would not deploy ${stackName}: ${faults.join('; ')}`);
};

// The template asks for what `cdk bootstrap` leaves behind; moto answers a missing parameter with a bare 500.
const bootstrapVersion = (ssm: SSM) =>
  ssm.putParameter({
    Name: '/cdk-bootstrap/hnb659fds/version',
    Value: '30',
    Type: 'String',
    Overwrite: true,
  });

const isThere = async (cloudformation: CloudFormation, name: string) => {
  const { StackSummaries = [] } = await cloudformation.listStacks({});
  return StackSummaries.some(
    ({ StackName, StackStatus }) => StackName === name && StackStatus !== 'DELETE_COMPLETE',
  );
};

const putStack = async (
  cloudformation: CloudFormation,
  StackName: string,
  body: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> => {
  const stackToBe = {
    StackName,
    TemplateBody: body,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
  } satisfies UpdateStackCommandInput;
  if (await isThere(cloudformation, StackName)) await cloudformation.updateStack(stackToBe);
  else await cloudformation.createStack(stackToBe);
  const { Stacks: [stack] = [] } = await cloudformation.describeStacks({ StackName });
  if (!/^(CREATE|UPDATE)_COMPLETE$/.test(stack?.StackStatus ?? ''))
    throw new Error(
      `CloudFormation made of ${StackName} ${stack?.StackStatus}: ${stack?.StackStatusReason ?? 'no reason given'}`,
    );
  return stack?.StackId ?? '';
};

const physicalIdsOf = async (cloudformation: CloudFormation, StackName: string) => {
  const ids = new Map<string, string>();
  let NextToken: string | undefined;
  do {
    const page = await cloudformation.listStackResources({ StackName, NextToken });
    for (const { LogicalResourceId, PhysicalResourceId } of page.StackResourceSummaries ?? [])
      if (LogicalResourceId && PhysicalResourceId) ids.set(LogicalResourceId, PhysicalResourceId);
    NextToken = page.NextToken;
  } while (NextToken);
  return ids;
};

const roleIdsOf = async (
  { Resources }: Template,
  physicalIds: ReadonlyMap<string, string>,
  iam: IAM,
): Promise<ReadonlyMap<string, string>> => {
  const roles = Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  return new Map(
    await Promise.all(
      roles.map(async ([id]) => {
        const RoleName = physicalIds.get(id) ?? '';
        const { Role } = await iam.getRole({ RoleName });
        return [RoleName, Role?.RoleId ?? ''] as const;
      }),
    ),
  );
};
