import middy from '@middy/core';
import { writeHistory } from '../lib/pipeline/history/write-history.ts';
import { createHistorian } from '../lib/pipeline/runtime/create-historian.ts';

const rows = async () => (await import('../lib/hosts/as-found.ts')).hostRows();

/** Runs every six hours, and the first run after midnight does the work: it writes what was recorded until midnight into files that it cannot read again. */
export const handler = middy(async (_: unknown, context: { invokedFunctionArn: string }) => {
  const [, , , , account = ''] = context.invokedFunctionArn.split(':');
  await writeHistory(await createHistorian(account, rows));
});
