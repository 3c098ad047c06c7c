import { restApi } from '../../../resources/apigateway/rest-api.ts';
import { backupVault } from '../../../resources/backup/backup-vault.ts';
import { dynamodbTable } from '../../../resources/dynamodb/dynamodb-table.ts';
import { ecrRepository } from '../../../resources/ecr/ecr-repository.ts';
import { eventBus } from '../../../resources/eventbridge/event-bus.ts';
import { dataCatalog } from '../../../resources/glue/data-catalog.ts';
import { kmsKey } from '../../../resources/kms/kms-key.ts';
import { lambdaFunction } from '../../../resources/lambda/lambda-function.ts';
import { opensearchDomain } from '../../../resources/opensearch/opensearch-domain.ts';
import { multiRegionAccessPoint } from '../../../resources/s3/multi-region-access-point.ts';
import { s3AccessPoint } from '../../../resources/s3/s3-access-point.ts';
import { secret } from '../../../resources/secretsmanager/secret.ts';
import { snsTopic } from '../../../resources/sns/sns-topic.ts';
import { sqsQueue } from '../../../resources/sqs/sqs-queue.ts';

/** What has no policy of its own, though one could look for it, with the page of AWS that says so. */
export const withoutPolicy: Readonly<Record<string, string>> = {
  'State machines of Step Functions':
    'https://docs.aws.amazon.com/step-functions/latest/dg/security_iam_service-with-iam.html',
};

/** What has a policy of its own, but for buckets and roles, which have controls of theirs. */
export const evaluatedTypes = [
  sqsQueue,
  snsTopic,
  lambdaFunction,
  kmsKey,
  secret,
  ecrRepository,
  dynamodbTable,
  opensearchDomain,
  eventBus,
  backupVault,
  dataCatalog,
  restApi,
  s3AccessPoint,
  multiRegionAccessPoint,
] as const;
