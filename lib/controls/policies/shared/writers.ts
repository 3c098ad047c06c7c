import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import { type Grant, type IamAction, type Plan, propose } from '../../../model/control.ts';
import { apiPolicy } from '../../apigateway/shared/api-policy.ts';
import { vaultPolicy } from '../../backup/shared/vault-policy.ts';
import { tablePolicy } from '../../dynamodb/shared/table-policy.ts';
import { repositoryPolicy } from '../../ecr/shared/repository-policy.ts';
import { busPolicy } from '../../eventbridge/shared/bus-policy.ts';
import { catalogPolicy } from '../../glue/shared/catalog-policy.ts';
import { keyPolicy } from '../../kms/shared/key-policy.ts';
import { domainPolicy } from '../../opensearch/shared/domain-policy.ts';
import { pointPolicyGrant, pointPolicyOf } from '../../s3/shared/access-point-policy.ts';
import { secretPolicy } from '../../secretsmanager/shared/secret-policy.ts';
import { topicPolicy } from '../../sns/shared/topic-policy.ts';
import { queuePolicy } from '../../sqs/shared/queue-policy.ts';

const writers: readonly PolicyWriter[] = [
  apiPolicy,
  busPolicy,
  catalogPolicy,
  domainPolicy,
  keyPolicy,
  queuePolicy,
  repositoryPolicy,
  secretPolicy,
  tablePolicy,
  topicPolicy,
  vaultPolicy,
];

/** The service in an ARN, by its prefix in IAM. */
export const serviceIn = (arn: string): string => arn.split(':')[2] ?? '';

/** How the policy of a resource is written whole; `undefined` where it is written statement by statement. */
export const writerOf = (arn: string): PolicyWriter | undefined =>
  serviceIn(arn) === 's3'
    ? pointPolicyOf(arn)
    : writers.find(({ service }) => service === serviceIn(arn));

/** What cannot be written here: the policy of a replica is written where its primary is, and copied. */
export const elsewhere = (primaryRegion: string | undefined): Plan | undefined =>
  primaryRegion === undefined
    ? undefined
    : propose(`the policy of a replica is that of its primary, in ${primaryRegion}`);

const grantOn = (service: string, action: IamAction): Grant => ({
  actions: [action],
  on: ({ arn }) => (serviceIn(arn) === service ? [arn] : []),
});

/** What writing a policy takes, on resources of its own service. */
export const writerGrants: readonly Grant[] = [
  grantOn('backup', 'backup:PutBackupVaultAccessPolicy'),
  grantOn('dynamodb', 'dynamodb:PutResourcePolicy'),
  grantOn('ecr', 'ecr:SetRepositoryPolicy'),
  grantOn('es', 'es:UpdateDomainConfig'),
  grantOn('glue', 'glue:PutResourcePolicy'),
  grantOn('kms', 'kms:PutKeyPolicy'),
  pointPolicyGrant,
  grantOn('secretsmanager', 'secretsmanager:PutResourcePolicy'),
  grantOn('sns', 'sns:SetTopicAttributes'),
  grantOn('sqs', 'sqs:SetQueueAttributes'),
];
