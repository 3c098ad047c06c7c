import { Agent, request } from 'node:http';
import type { Answer, Forward, RawCall } from './call.ts';
import { collect, flat } from './http.ts';

const notForwarded = new Set(['connection', 'expect', 'keep-alive', 'transfer-encoding']);

/** Sends calls to moto over connections that stay open. */
export const forwardTo = (motoUrl: string): { forward: Forward; close: () => void } => {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  const { hostname, port } = new URL(motoUrl);
  const forward = ({ method, path, headers, body }: RawCall) =>
    new Promise<Answer>((resolve, reject) => {
      const kept = Object.entries(headers).filter(([name]) => !notForwarded.has(name));
      const sent = request({
        agent,
        hostname,
        port,
        method,
        path,
        headers: { ...Object.fromEntries(kept), 'content-length': body.length },
      });
      sent.on('error', reject);
      sent.on('response', (response) => {
        collect(response).then(
          (collected) =>
            resolve({
              status: response.statusCode ?? 500,
              headers: flat(response.headers),
              body: collected,
            }),
          reject,
        );
      });
      sent.end(body);
    });
  return { forward, close: () => agent.destroy() };
};
