import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../lib/aws/batch.ts';
import { evaluateChanges } from '../lib/aws/evaluate-changes.ts';
import { takeChanges } from '../lib/aws/take-changes.ts';
import type { Change } from '../lib/engine/change.ts';

/** Changes and Sweeps queues: judges what changed and publishes what is new. */
export const handler = middy<BatchEvent<Change>, BatchAnswer>()
  .use(queueBatch(new Logger({ serviceName: 'evaluate' }), takeChanges))
  .handler(({ items, engine }) => evaluateChanges(items, engine));
