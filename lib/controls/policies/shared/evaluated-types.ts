import { dynamodbTable } from '../../../resources/dynamodb/dynamodb-table.ts';
import { ecrRepository } from '../../../resources/ecr/ecr-repository.ts';
import { eventBus } from '../../../resources/eventbridge/event-bus.ts';
import { kmsKey } from '../../../resources/kms/kms-key.ts';
import { lambdaFunction } from '../../../resources/lambda/lambda-function.ts';
import { opensearchDomain } from '../../../resources/opensearch/opensearch-domain.ts';
import { secret } from '../../../resources/secretsmanager/secret.ts';
import { snsTopic } from '../../../resources/sns/sns-topic.ts';
import { sqsQueue } from '../../../resources/sqs/sqs-queue.ts';

/** What has a policy of its own that names accounts, but for buckets and roles, which have controls of theirs. */
export const namingTypes = [
  sqsQueue,
  snsTopic,
  lambdaFunction,
  kmsKey,
  secret,
  ecrRepository,
  dynamodbTable,
  opensearchDomain,
] as const;

/** The same, and buses: theirs name the accounts that they are there to hear, ours among them. */
export const evaluatedTypes = [...namingTypes, eventBus] as const;
