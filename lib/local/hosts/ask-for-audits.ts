import { SQS } from '@aws-sdk/client-sqs';
import { UserError } from '../../support/user-error.ts';
import type { Answer, RawCall } from '../endpoint/call.ts';
import type { Runner } from '../lambda/runner.ts';
import type { LocalFunction } from '../lambda/runner-process.ts';

export interface AuditOptions {
  readonly url: string;
  readonly region: string;
  readonly functions: readonly LocalFunction[];
  readonly assume: Runner['assume'];
}

/** Has all hosts audited at once, as the function does by the clock: people do not send to its queue. */
export const askForAudits = async ({
  url,
  region,
  functions,
  assume,
}: AuditOptions): Promise<void> => {
  const auditHosts = functions.find(({ title }) => title === 'audit-hosts');
  if (!auditHosts) throw new UserError('the stack audits no hosts');
  const credentials = await assume(auditHosts.name, 'audits-by-hand');
  await new SQS({ endpoint: url, region, credentials }).sendMessage({
    QueueUrl: auditHosts.environment['AUDITS_QUEUE_URL'],
    MessageBody: JSON.stringify({ version: 1, audit: 'all' }),
  });
};

/** Where a person asks for that: no bucket may be called like this. */
export const auditsPath = '/_local/audits';

export const auditsRoute =
  (ask: () => Promise<void>) =>
  async ({ method, path }: RawCall): Promise<Answer | undefined> => {
    if (path !== auditsPath || method !== 'POST') return undefined;
    await ask();
    return { status: 202, headers: { 'content-type': 'application/json' }, body: '{}' };
  };
