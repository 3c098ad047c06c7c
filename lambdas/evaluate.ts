import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type Batch, queueBatch } from '../lib/aws/batch.ts';
import { evaluateChanges, type Outcome } from '../lib/aws/evaluate-changes.ts';

const logger = new Logger({ serviceName: 'evaluate' });

/** Changes and Sweeps queues: judges what changed and publishes what is new. */
export const handler = middy<SQSEvent & Batch, SQSBatchResponse | readonly Outcome[]>()
  .use(queueBatch(logger))
  .handler(({ changes, engine }) => evaluateChanges(changes, engine));
