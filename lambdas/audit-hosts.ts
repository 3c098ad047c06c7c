import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { hostRows } from '../lib/hosts/as-found.ts';
import { takeMessage } from '../lib/pipeline/hosts/audit/asked-audits.ts';
import { auditHosts } from '../lib/pipeline/hosts/audit/audit-hosts.ts';
import { hostsFor } from '../lib/pipeline/hosts/create-hosts.ts';
import type { AuditStep } from '../lib/pipeline/hosts/ports.ts';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../lib/pipeline/runtime/batch.ts';

const known = (functionArn: string) => hostsFor(functionArn, hostRows);

/** Audits queue: sends the audit to hosts that have started, and by the clock or an operator's word to all. */
export const handler = middy<BatchEvent<AuditStep>, BatchAnswer, Error, Context>()
  .use(
    queueBatch(
      new Logger({ serviceName: 'audit-hosts' }),
      takeMessage,
      async (functionArn) => (await known(functionArn)).runtime,
    ),
  )
  .handler(async ({ proven, runtime }, { invokedFunctionArn }) =>
    // With the accounts that are governed now.
    auditHosts(await proven, { ...(await known(invokedFunctionArn)), runtime }),
  );
