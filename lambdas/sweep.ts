import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../lib/pipeline/runtime/batch.ts';
import { type SweepStep, sweep, takeSweep } from '../lib/pipeline/sweep/sweep.ts';

/** Pages queue: lists what there is, a page a message, and sends what is to be evaluated. */
export const handler = middy<BatchEvent<SweepStep>, BatchAnswer>()
  .use(queueBatch(new Logger({ serviceName: 'sweep' }), takeSweep))
  .handler(async ({ proven, runtime }) => sweep(await proven, runtime));
