import type { PolicyWriter } from '../../../analysis/policies/open-policy.ts';
import type { Grant } from '../../../model/control.ts';
import { keyPolicy } from '../../kms/shared/key-policy.ts';
import { topicPolicy } from '../../sns/shared/topic-policy.ts';
import { queuePolicy } from '../../sqs/shared/queue-policy.ts';

const writers: readonly PolicyWriter[] = [keyPolicy, queuePolicy, topicPolicy];

/** The service in an ARN, by its prefix in IAM. */
export const serviceIn = (arn: string): string => arn.split(':')[2] ?? '';

/** How the policy of a resource is written whole; `undefined` where it is written statement by statement. */
export const writerOf = (arn: string): PolicyWriter | undefined =>
  writers.find(({ service }) => service === serviceIn(arn));

/** What writing a policy takes, on resources of its own service. */
export const writerGrants: readonly Grant[] = [
  { actions: ['kms:PutKeyPolicy'], on: ({ arn }) => (serviceIn(arn) === 'kms' ? [arn] : []) },
  { actions: ['sns:SetTopicAttributes'], on: ({ arn }) => (serviceIn(arn) === 'sns' ? [arn] : []) },
  { actions: ['sqs:SetQueueAttributes'], on: ({ arn }) => (serviceIn(arn) === 'sqs' ? [arn] : []) },
];
