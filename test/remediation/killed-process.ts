import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HandlerProcess } from '../../lib/local/lambda/runner-process.ts';
import { region } from '../resources/aws.ts';
import type { Site } from './site.ts';

const preload = fileURLToPath(new URL('./killing.mjs', import.meta.url));

/** A call that a process made and AWS answered. */
interface MadeCall {
  readonly name: string;
  readonly path: string;
  readonly body: string;
  readonly statusCode: number;
}
/** What a process that ends by SIGKILL leaves to whoever invoked it. */
export const killed = 'Runtime.ExitError: Runtime exited with a signal';

/** A message of a queue, as its function gets it each time that it is received. */
export const messageOf = (body: unknown) => {
  const messageId = randomUUID();
  let received = 0;
  return {
    receive: () => {
      received += 1;
      const record = {
        messageId,
        receiptHandle: `${messageId}-${received}`,
        body: JSON.stringify(body),
        attributes: { ApproximateReceiveCount: `${received}` },
        messageAttributes: {},
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:${region}:123456789012:Remediations.fifo`,
        awsRegion: region,
      };
      return { Records: [record] };
    },
  };
};

/** What is deployed says the queues' own host, which does not lead to this machine. */
export const environmentOf = ({ started, url }: Site): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(started.environment).map(([name, value]) => [
      name,
      value.replace(`https://sqs.${region}.amazonaws.com`, url),
    ]),
  );

/**
 * Starts a process of the deployed function that remediates, with its role.
 * @param killAt such as `before 3`: at this call of its it ends
 */
export const startProcess = (site: Site, callsFile: string, killAt = '') => {
  const lines: string[] = [];
  const { target, credentials } = site.started;
  const child = new HandlerProcess(
    { ...target, environment: environmentOf(site) },
    {
      environment: {
        AWS_REGION: region,
        AWS_ENDPOINT_URL: site.url,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        NODE_OPTIONS: `--import ${preload}`,
        CALLS_FILE: callsFile,
        KILL_AT: killAt,
      },
      onLine: (line) => lines.push(line),
    },
  );
  return {
    lines,
    /** What the handler answered, or how its process ended. */
    invoke: (event: unknown): Promise<unknown> =>
      child
        .invoke(event, { requestId: randomUUID(), trace: '' })
        .catch((error: Error) => `${error.name}: ${error.message}`),
    stop: () => child.stop(),
  };
};

/** The calls of the processes that wrote this file, in order. */
export const callsIn = (callsFile: string): readonly MadeCall[] =>
  readFileSync(callsFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
