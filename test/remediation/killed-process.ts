import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Message } from '@aws-sdk/client-sqs';
import { HandlerProcess } from '../../lib/local/runner-process.ts';
import type { Started } from '../local/served.ts';
import { region } from '../resources/aws.ts';

const preload = fileURLToPath(new URL('./killing.mjs', import.meta.url));

/** A call that a process made and AWS answered. */
export interface MadeCall {
  readonly name: string;
  readonly path: string;
  readonly body: string;
  readonly statusCode: number;
}
/** What a process that ends by SIGKILL leaves to whoever invoked it. */
export const killed = 'Runtime.ExitError: Runtime exited with a signal';

/** As Lambda gives a message of the queue to the function. */
const eventOf = ({ MessageId, ReceiptHandle, Body, Attributes }: Message, queueArn: string) => ({
  Records: [
    {
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: Attributes ?? {},
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    },
  ],
});

/** Makes processes of the deployed function, each with its own file of calls. */
export const processesOf = ({ target, environment, credentials }: Started, url: string) => {
  const queueHost = `https://sqs.${region}.amazonaws.com`;
  const here = Object.entries(environment).map(([name, value]) => [
    name,
    value.replaceAll(queueHost, url),
  ]);
  const local = { ...target, environment: Object.fromEntries(here) };
  const queueUrl: string = local.environment.REMEDIATIONS_QUEUE_URL;
  const queueArn = `arn:aws:sqs:${region}:123456789012:${queueUrl.split('/').at(-1)}`;

  /** @param killAt such as `before 3`: at this call of its it ends */
  const start = (callsFile: string, killAt = '') => {
    const lines: string[] = [];
    const child = new HandlerProcess(local, {
      environment: {
        AWS_REGION: region,
        AWS_ENDPOINT_URL: url,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        NODE_OPTIONS: `--import ${preload}`,
        CALLS_FILE: callsFile,
        KILL_AT: killAt,
      },
      onLine: (line) => lines.push(line),
    });
    return {
      lines,
      /** What the handler answered, or how its process ended. */
      invoke: (message: Message): Promise<unknown> =>
        child
          .invoke(eventOf(message, queueArn), crypto.randomUUID())
          .catch((error: Error) => `${error.name}: ${error.message}`),
      stop: () => child.stop(),
    };
  };
  return { start, queueUrl, environment: local.environment };
};

/** The calls of the processes that wrote this file, in order. */
export const callsIn = (callsFile: string): readonly MadeCall[] =>
  readFileSync(callsFile, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
