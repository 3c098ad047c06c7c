import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../support/user-error.ts';
import { errorAnswer } from './answer.ts';
import type { After, Answer, Before, DecodedCall, Forward, RawCall } from './call.ts';
import { decode } from './decode.ts';
import { collect, flat } from './http.ts';
import { loadedModel } from './model.ts';
import { forwardTo } from './moto-client.ts';
import { outputOf } from './output.ts';

export interface EndpointOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly moto: { readonly url: string };
  /** Asked in order; the first answer wins. */
  readonly before?: readonly Before[];
  readonly after?: readonly After[];
  /** Answers requests that are none of AWS's. */
  readonly route?: (call: RawCall) => Promise<Answer | undefined>;
  /** Told of a request that could not be decoded and of an after hook that failed; standard error by default. */
  readonly onError?: (error: unknown) => void;
}
export interface Endpoint {
  readonly url: string;
  readonly port: number;
  /** Waits for the after hooks that still run. */
  close(): Promise<void>;
}

/** An AWS endpoint for every service on one loopback port, with moto behind it. */
export const startEndpoint = async (options: EndpointOptions): Promise<Endpoint> => {
  const { before = [], after = [], onError = console.error } = options;
  const { forward, close } = forwardTo(options.moto.url);
  const running = new Set<Promise<void>>();
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const raw = await rawCall(request);
    const routed = await options.route?.(raw);
    if (routed) return send(response, routed);
    const call = await decode(raw, addressOf(request)).catch(onError);
    const answer = call ? await answerTo(call, before, forward) : await forward(raw);
    const completed = new Date();
    send(response, answer);
    if (!call || after.length === 0) return;
    const observed = observe(call, answer, completed, after)
      .catch(onError)
      .finally(() => running.delete(observed));
    running.add(observed);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      onError(error);
      if (!response.headersSent) send(response, crashed(error));
    });
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      while (running.size > 0) await Promise.all(running);
      close();
    },
  };
};

const listen = async (server: Server, port: number) => {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = Object(error);
    const what = code === 'EADDRINUSE' ? 'is taken' : `cannot be listened on (${code})`;
    throw new UserError(`port ${port} ${what}; choose another with --port`, { cause: error });
  }
  return (server.address() as AddressInfo).port;
};

const rawCall = async (request: IncomingMessage): Promise<RawCall> => ({
  method: request.method ?? 'GET',
  path: request.url ?? '/',
  headers: flat(request.headers),
  body: await collect(request),
});

const addressOf = ({ socket }: IncomingMessage) =>
  (socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');

const answerTo = async (
  call: DecodedCall,
  [hook, ...others]: readonly Before[],
  forward: Forward,
): Promise<Answer> => {
  if (!hook) return inServiceForm(call, await forward(call));
  const next: Forward = (onward) =>
    'operation' in onward ? answerTo(onward, others, forward) : forward(onward);
  return (await hook(call, next)) ?? answerTo(call, others, forward);
};

/** What moto lacks ends in a crash or an HTML page, which no SDK can read. */
const inServiceForm = (call: DecodedCall, answer: Answer): Answer => {
  const crash = answer.headers['x-moto-crash'];
  const isPage = answer.status >= 400 && /^\s*<!doctype html/i.test(answer.body.toString());
  if (crash === undefined && !isPage) return answer;
  const message = `the local AWS cannot do ${call.service} ${call.operation}: ${crash ?? 'moto has no such call'}`;
  return errorAnswer(call, { code: 'NotImplemented', message, status: 501 });
};

const observe = async (
  call: DecodedCall,
  answer: Answer,
  completed: Date,
  after: readonly After[],
) => {
  const model = loadedModel(call.service);
  const output = call.readOnly ? undefined : await outputOf(model, call.operation, answer);
  await Promise.all(after.map((hook) => hook(call, answer, output, completed)));
};

const send = (response: ServerResponse, { status, headers, body }: Answer) => {
  const length =
    response.req.method === 'HEAD' ? {} : { 'content-length': Buffer.byteLength(body) };
  const { connection: _, ...kept } = headers;
  response.writeHead(status, { ...kept, ...length });
  response.end(body);
};

const crashed = (error: unknown): Answer => ({
  status: 500,
  headers: { 'content-type': 'text/plain' },
  body: `the local AWS failed: ${error instanceof Error ? error.message : String(error)}`,
});
