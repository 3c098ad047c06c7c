import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type { HostMessage } from '../lib/engine/changes/host-message.ts';
import { hostRows } from '../lib/hosts/as-found.ts';
import { parseHostMessage } from '../lib/pipeline/hosts/audit/host-message.ts';
import { hostsFor } from '../lib/pipeline/hosts/create-hosts.ts';
import { hostResults } from '../lib/pipeline/hosts/results/host-results.ts';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../lib/pipeline/runtime/batch.ts';
import { makeReady } from '../lib/pipeline/runtime/make-ready.ts';

const known = (functionArn: string) => hostsFor(functionArn, hostRows);

await makeReady(['sqs', 'ssm', 'securityhub']);

/** Queue of results: what hosts say of themselves, that they are silent, or that they are gone. */
export const handler = middy<BatchEvent<HostMessage>, BatchAnswer, Error, Context>()
  .use(
    queueBatch(
      new Logger({ serviceName: 'host-results' }),
      async (body, { place }, { provenance }) => parseHostMessage(body, place, provenance),
      async (functionArn) => (await known(functionArn)).runtime,
    ),
  )
  .handler(async ({ proven, runtime }, { invokedFunctionArn }) =>
    // With the accounts that are governed now.
    hostResults(await proven, { ...(await known(invokedFunctionArn)), runtime }),
  );
