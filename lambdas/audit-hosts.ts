import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../lib/aws/batch.ts';
import { auditHosts } from '../lib/aws/hosts/audit-hosts.ts';
import { takeStep } from '../lib/aws/hosts/audit-steps.ts';
import { hostsFor } from '../lib/aws/hosts/create-hosts.ts';
import type { AuditStep } from '../lib/aws/hosts/hosts.ts';
import { hostRows } from '../lib/hosts/as-found.ts';

const known = (functionArn: string) => hostsFor(functionArn, hostRows);

/** Audits queue: sends the audit to hosts that have started, and by the clock to all. */
export const handler = middy<BatchEvent<AuditStep>, BatchAnswer, Error, Context>()
  .use(
    queueBatch(
      new Logger({ serviceName: 'audit-hosts' }),
      async (body, { place }) => takeStep(body, place),
      async (functionArn) => (await known(functionArn)).engine,
    ),
  )
  .handler(async ({ items }, { invokedFunctionArn }) =>
    auditHosts(items, await known(invokedFunctionArn)),
  );
