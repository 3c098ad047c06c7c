import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Delivered } from '../lib/engine/remediation/delivery.ts';
import { hardeningEngineFor } from '../lib/pipeline/hosts/harden/create-hardening.ts';
import { parseRequests } from '../lib/pipeline/remediate/parse-requests.ts';
import { remediate } from '../lib/pipeline/remediate/remediate.ts';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../lib/pipeline/runtime/batch.ts';
import { makeReady } from '../lib/pipeline/runtime/make-ready.ts';

/** Loaded only where the stack changes hosts. */
const rows = async () => (await import('../lib/hosts/as-found.ts')).hostRows();

await makeReady(['sqs', 'ssm', 'kms', 'sts', 'securityhub']);

/** Remediations queue: puts right what drifted, and takes back what was put right. */
export const handler = middy<BatchEvent<Delivered>, BatchAnswer>()
  .use(
    queueBatch(new Logger({ serviceName: 'remediate' }), parseRequests, (functionArn) =>
      hardeningEngineFor(functionArn, rows),
    ),
  )
  .handler(async ({ proven, runtime }) => remediate(await proven, runtime));
