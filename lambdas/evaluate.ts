import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Change } from '../lib/engine/changes/change.ts';
import { evaluateChanges } from '../lib/pipeline/evaluate/evaluate-changes.ts';
import { parseChanges } from '../lib/pipeline/evaluate/parse-changes.ts';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../lib/pipeline/runtime/batch.ts';
import { makeReady } from '../lib/pipeline/runtime/make-ready.ts';
import { mostUsed } from '../lib/resources/most-used.ts';

await makeReady(mostUsed);

/** Changes and Sweeps queues: evaluates what changed and publishes what is new. */
export const handler = middy<BatchEvent<Change>, BatchAnswer>()
  .use(queueBatch(new Logger({ serviceName: 'evaluate' }), parseChanges))
  .handler(({ unproven, proven, runtime }) => evaluateChanges(unproven, runtime, proven));
