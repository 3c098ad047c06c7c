import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../lib/aws/batch.ts';
import type { Delivered } from '../lib/aws/delivery.ts';
import { hardeningEngineFor } from '../lib/aws/hosts/create-hardening.ts';
import { remediate } from '../lib/aws/remediate.ts';
import { takeAsks } from '../lib/aws/take-asks.ts';

/** Loaded only where the stack changes hosts. */
const rows = async () => (await import('../lib/hosts/as-found.ts')).hostRows();

/** Remediations queue: puts right what drifted, and takes back what was put right. */
export const handler = middy<BatchEvent<Delivered>, BatchAnswer>()
  .use(
    queueBatch(new Logger({ serviceName: 'remediate' }), takeAsks, (functionArn) =>
      hardeningEngineFor(functionArn, rows),
    ),
  )
  .handler(({ items, engine }) => remediate(items, engine));
