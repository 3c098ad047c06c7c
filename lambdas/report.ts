import middy from '@middy/core';
import { createReporter, everyIn } from '../lib/reporting/create-reporter.ts';
import { writeReports } from '../lib/reporting/write-reports.ts';

/** Every day, week or month, as the rule says: writes the reports that are due, and tells of each. */
export const handler = middy(async (event: unknown, context: { invokedFunctionArn: string }) => {
  const [, , , , account = ''] = context.invokedFunctionArn.split(':');
  await writeReports(await createReporter(account), everyIn(event));
});
