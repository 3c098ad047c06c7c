import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { SQS } from '@aws-sdk/client-sqs';
import { type Deployed, resourcesOf } from './stack-values.ts';

/** Does by API what moto leaves out of the resources it makes; the clients are of moto itself. */
export const fixUp = (
  stack: Deployed,
  clients: { readonly sqs: SQS; readonly dynamodb: DynamoDB },
) => Promise.all([queuePolicies(stack, clients.sqs), timesToLive(stack, clients.dynamodb)]);

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

const timesToLive = (stack: Deployed, dynamodb: DynamoDB) =>
  Promise.all(
    resourcesOf('AWS::DynamoDB::Table', stack).flatMap(({ physicalId, properties }) => {
      const { TimeToLiveSpecification: specification } = properties as {
        TimeToLiveSpecification?: { AttributeName: string; Enabled: boolean };
      };
      return specification
        ? [
            dynamodb.updateTimeToLive({
              TableName: physicalId,
              TimeToLiveSpecification: specification,
            }),
          ]
        : [];
    }),
  );
