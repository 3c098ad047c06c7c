import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Message, SQS } from '@aws-sdk/client-sqs';
import type { RemediationRequest } from '../../lib/engine/remediation/request.ts';
import { HandlerProcess } from '../../lib/local/lambda/runner-process.ts';
import { region } from '../resources/aws.ts';
import type { TestStack } from './stack.ts';

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

/** What is deployed says the queues' own host, which does not lead to this machine. */
export const environmentOf = ({ started, url }: TestStack): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(started.environment).map(([name, value]) => [
      name,
      value.replaceAll(`https://sqs.${region}.amazonaws.com`, url),
    ]),
  );

/** The message of each ask that was received last, by the ask's id. */
const received = new Map<string, Message>();

const idIn = ({ Body = '{}' }: Message): string => JSON.parse(Body).id;

/** An ask on the queue of remediations; the function believes only what is really held from there. */
export const messageOf = async (stack: TestStack, ask: RemediationRequest) => {
  const { INBOX_URLS: QueueUrl = '' } = environmentOf(stack);
  const { credentials } = stack.started;
  // As Lambda does it: with the role of the function.
  const sqs = new SQS({ region, endpoint: stack.url, credentials });
  const asker =
    ask.askedBy.kind === 'person'
      ? await stack.clients('sqs')
      : new SQS({ region, endpoint: stack.url, credentials: stack.evaluator });
  const sent = await asker.sendMessage({
    QueueUrl,
    MessageBody: JSON.stringify(ask),
    MessageGroupId: randomUUID(),
    MessageDeduplicationId: randomUUID(),
  });
  const takeSome = async () => {
    const { Messages = [] } = await sqs.receiveMessage({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
    });
    for (const one of Messages) received.set(idIn(one), one);
  };
  return {
    /** As its function gets it each time that it is received: the one before must have ended. */
    receive: async () => {
      const before = received.get(ask.id);
      if (before?.MessageId === sent.MessageId && before?.ReceiptHandle) {
        received.delete(ask.id);
        const { ReceiptHandle } = before;
        await sqs.changeMessageVisibility({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
      }
      while (received.get(ask.id)?.MessageId !== sent.MessageId) await takeSome();
      const { MessageId, ReceiptHandle, Body, Attributes } = received.get(ask.id) ?? {};
      const record = {
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: Attributes,
        messageAttributes: {},
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:${region}:123456789012:${QueueUrl.split('/').at(-1)}`,
        awsRegion: region,
      };
      return { Records: [record] };
    },
  };
};

/**
 * Starts a process of the deployed function that remediates, with its role.
 * @param killAt such as `before 3`: at this call of its it ends
 */
export const startProcess = (stack: TestStack, callsFile: string, killAt = '') => {
  const lines: string[] = [];
  const { target, credentials } = stack.started;
  const child = new HandlerProcess(
    { ...target, environment: environmentOf(stack) },
    {
      environment: {
        AWS_REGION: region,
        AWS_ENDPOINT_URL: stack.url,
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
