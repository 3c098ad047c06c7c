import { Logger } from '@aws-lambda-powertools/logger';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { type BatchAnswer, type BatchEvent, queueBatch } from '../lib/aws/batch.ts';
import { hostsFor } from '../lib/aws/hosts/create-hosts.ts';
import { hostResults } from '../lib/aws/hosts/host-results.ts';
import type { HostNews } from '../lib/aws/hosts/hosts.ts';
import { takeNews } from '../lib/aws/hosts/news.ts';
import { hostRows } from '../lib/hosts/as-found.ts';

const known = (functionArn: string) => hostsFor(functionArn, hostRows);

/** Queue of results: what hosts say of themselves, that they are silent, or that they are gone. */
export const handler = middy<BatchEvent<HostNews>, BatchAnswer, Error, Context>()
  .use(
    queueBatch(
      new Logger({ serviceName: 'host-results' }),
      async (body, { place }) => takeNews(body, place),
      async (functionArn) => (await known(functionArn)).engine,
    ),
  )
  .handler(async ({ items }, { invokedFunctionArn }) =>
    hostResults(items, await known(invokedFunctionArn)),
  );
