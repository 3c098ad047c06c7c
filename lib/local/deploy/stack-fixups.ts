import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { S3 } from '@aws-sdk/client-s3';
import type { SQS } from '@aws-sdk/client-sqs';
import type { SSM } from '@aws-sdk/client-ssm';
import { buckets } from './stack-buckets.ts';
import { documents } from './stack-documents.ts';
import { type Deployed, resourcesOf } from './stack-values.ts';

export interface FixUpClients {
  readonly sqs: SQS;
  readonly dynamodb: DynamoDB;
  readonly events: EventBridge;
  readonly s3: S3;
  readonly ssm: SSM;
}

/** Does by API what moto leaves out of the resources it makes; the clients are of moto itself. */
export const fixUp = (stack: Deployed, { sqs, dynamodb, events, s3, ssm }: FixUpClients) =>
  Promise.all([
    queuePolicies(stack, sqs),
    // A table's policy lets only who deploys on AWS set its time to live.
    timesToLive(stack, dynamodb).then(() => tablePolicies(stack, dynamodb)),
    silencedSchedules(stack, events),
    buckets(stack, s3),
    documents(stack, ssm),
  ]);

// moto gives every event to a rule that has a schedule and no pattern.
const silencedSchedules = (stack: Deployed, events: EventBridge) =>
  Promise.all(
    resourcesOf('AWS::Events::Rule', stack).flatMap(({ physicalId, properties }) =>
      properties['ScheduleExpression'] === undefined
        ? []
        : [
            events.putRule({
              Name: nameOf(physicalId),
              ScheduleExpression: String(properties['ScheduleExpression']),
              EventPattern: JSON.stringify({ source: ['nothing has this source'] }),
            }),
          ],
    ),
  );
const nameOf = (ruleId: string) => ruleId.slice(ruleId.lastIndexOf('/') + 1);

const queuePolicies = (stack: Deployed, sqs: SQS) =>
  Promise.all(
    resourcesOf('AWS::SQS::QueuePolicy', stack).flatMap(({ properties }) => {
      const { Queues = [], PolicyDocument } = properties as {
        Queues?: readonly string[];
        PolicyDocument?: unknown;
      };
      const Policy = JSON.stringify(PolicyDocument);
      return Queues.map((QueueUrl) => sqs.setQueueAttributes({ QueueUrl, Attributes: { Policy } }));
    }),
  );

/** CloudFormation sets it where it differs; the table's policy lets nobody else. */
const setTimeToLive = async (
  TableName: string,
  specification: { readonly AttributeName: string; readonly Enabled: boolean },
  dynamodb: DynamoDB,
): Promise<void> => {
  const { TimeToLiveDescription: now } = await dynamodb.describeTimeToLive({ TableName });
  if (now?.TimeToLiveStatus === 'ENABLED' && now.AttributeName === specification.AttributeName)
    return;
  await dynamodb.updateTimeToLive({ TableName, TimeToLiveSpecification: specification });
};

const timesToLive = (stack: Deployed, dynamodb: DynamoDB) =>
  Promise.all(
    resourcesOf('AWS::DynamoDB::Table', stack).flatMap(({ physicalId, properties }) => {
      const { TimeToLiveSpecification: specification } = properties as {
        TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
      };
      return specification ? [setTimeToLive(physicalId, specification, dynamodb)] : [];
    }),
  );

const tablePolicies = (stack: Deployed, dynamodb: DynamoDB) =>
  Promise.all(
    resourcesOf('AWS::DynamoDB::Table', stack).flatMap(({ physicalId, properties }) => {
      const { ResourcePolicy } = properties as { ResourcePolicy?: { PolicyDocument?: unknown } };
      const { account, region } = stack;
      const ResourceArn = `arn:aws:dynamodb:${region}:${account}:table/${physicalId}`;
      const Policy = JSON.stringify(ResourcePolicy?.PolicyDocument);
      return ResourcePolicy ? [dynamodb.putResourcePolicy({ ResourceArn, Policy })] : [];
    }),
  );
