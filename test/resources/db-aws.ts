import { createReader } from '../../lib/aws/reader.ts';
import type { Page } from '../../lib/model/resource-type.ts';
import { accountId, awsForTests, region } from './aws.ts';

/** moto takes seconds for the first call of a service. */
export const startMillis = 60_000;

const given = process.env['PLUMBLINE_TEST_READER'];
const evaluator = given === undefined ? undefined : JSON.parse(given);

/** An AWS to read databases from, and the calls that a reader makes of it. */
export const databasesForTests = () => {
  const aws = awsForTests();
  return {
    rds: () => aws.clients()('rds'),
    unrestricted: () => createReader({ account: accountId, region, clients: aws.clients() }),
    read: () => {
      const calls: string[] = [];
      const onCall = (_: string, operation: string) => calls.push(operation);
      const clients = aws.clients(evaluator);
      return { reader: createReader({ account: accountId, region, clients, onCall }), calls };
    },
  };
};

/** Every resource that a type's listing shows, over all its pages. */
export const listed = async <V>(page: (token: string | undefined) => Promise<Page<V>>) => {
  const found: Page<V>['resources'][number][] = [];
  let token: string | undefined;
  do {
    const { resources, next } = await page(token);
    found.push(...resources);
    token = next;
  } while (token !== undefined);
  return found;
};
