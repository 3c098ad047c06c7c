import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { answerOf, type Heard, heardOf, type Said, type State } from './answers.ts';
import { createTable, type Table } from './table.ts';

/** Milliseconds of an answer by service, and calls a second by operation beyond which AWS throttles. */
export interface StubOptions {
  readonly latencyMs?: Readonly<Record<string, number>>;
  readonly limits?: Readonly<Record<string, Limit>>;
}
/** A bucket of tokens, as AWS's APIs have: `burst` at once, `perSecond` after. */
export interface Limit {
  readonly perSecond: number;
  readonly burst: number;
}
export interface Call {
  readonly service: string;
  readonly operation: string;
  /** Milliseconds since 1970, with fractions. */
  readonly at: number;
  readonly isThrottled: boolean;
}
export interface Stub {
  readonly url: string;
  readonly table: Table;
  readonly state: State;
  readonly calls: Call[];
  /** Called with each message that is sent to a queue. */
  onSend: (body: string, delaySeconds: number) => void;
  /** Called with each call once it has arrived, before its answer. */
  onCall: (call: Call) => void;
  stop(): Promise<void>;
}

const bucketOf = ({ perSecond, burst }: Limit) => {
  let tokens = burst;
  let last = performance.now();
  return (): boolean => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond);
    last = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};

const throttled = ({ service }: Heard): Said => {
  const code = service === 'ec2' ? 'RequestLimitExceeded' : 'TooManyRequestsException';
  return service === 'ec2'
    ? {
        status: 503,
        type: 'text/xml',
        body: `<Response><Errors><Error><Code>${code}</Code><Message>slow down</Message></Error></Errors></Response>`,
      }
    : {
        status: 429,
        type: 'application/json',
        body: JSON.stringify({ __type: code, message: 'slow down' }),
        error: code,
      };
};
const refused: Said = {
  status: 400,
  type: 'application/x-amz-json-1.0',
  body: JSON.stringify({
    __type: 'ConditionalCheckFailedException',
    message: 'The conditional request failed',
  }),
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
};
const tellSent = ({ body }: Heard, { onSend }: Stub): void => {
  const { Entries }: { Entries: { MessageBody: string; DelaySeconds?: number }[] } =
    JSON.parse(body);
  for (const { MessageBody, DelaySeconds = 0 } of Entries) onSend(MessageBody, DelaySeconds);
};

const ofTable = (table: Table, { operation, body }: Heard): Said => {
  const said = table.answer(operation, JSON.parse(body));
  return said === undefined
    ? refused
    : { type: 'application/x-amz-json-1.0', body: JSON.stringify(said) };
};

/** AWS as far as one kind of measurement needs it: known answers, after a known time, within known limits. */
export const startStub = async ({
  latencyMs = {},
  limits = {},
}: StubOptions = {}): Promise<Stub> => {
  const table = createTable();
  const state: State = { isBroken: true, right: new Set() };
  const calls: Call[] = [];
  const buckets = new Map(Object.entries(limits).map(([name, limit]) => [name, bucketOf(limit)]));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const heard = heardOf(request, await bodyOf(request));
    const isThrottled = buckets.get(heard.operation)?.() === false;
    const { service, operation } = heard;
    const call = {
      service,
      operation,
      at: performance.timeOrigin + performance.now(),
      isThrottled,
    };
    calls.push(call);
    stub.onCall(call);
    const late = latencyMs[service] ?? 0;
    if (late > 0) await pause(late);
    if (operation === 'SendMessageBatch' && !isThrottled) tellSent(heard, stub);
    const ofService =
      service === 'dynamodb' ? () => ofTable(table, heard) : () => answerOf(heard, state);
    const {
      status = 200,
      type = 'application/xml',
      body,
      error,
    } = isThrottled ? throttled(heard) : ofService();
    response.writeHead(status, {
      'content-type': type,
      ...(error === undefined ? {} : { 'x-amzn-errortype': error }),
    });
    response.end(body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: Error) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(error.message);
      process.stderr.write(`${error.message}\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stub: Stub = {
    url: `http://127.0.0.1:${port}`,
    table,
    state,
    calls,
    onCall: () => {},
    onSend: () => {},
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return stub;
};
