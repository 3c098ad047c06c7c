// Local AWS for tests that run at once: each connection of a Unix socket has one for as long as it is open, from a
// process that starts one after another. The first line of the connection has its options, and the answer says where
// it is. The pool ends when its standard input does.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { startMoto } from '../../lib/local/moto/moto.ts';

const program = fileURLToPath(new URL('./serve.ts', import.meta.url));
const loader = new URL('../runner/register.mjs', import.meta.url).href;
const folder = await mkdtemp(join(tmpdir(), 'plumbline-pool-'));
const socket = join(folder, 'pool');
const motoSocket = join(folder, 'moto');
// What is built and synthesised is kept for all of them.
const builds = process.env['PLUMBLINE_BUILDS'] ?? (await mkdtemp(join(folder, 'builds-')));
const moto = await startMoto({ socket: motoSocket });

interface Server {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly lines: AsyncIterator<string>;
}
const idle: Server[] = [];
const all = new Set<Server>();

const startServer = (): Server => {
  const child = spawn(process.execPath, ['--import', loader, program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      PLUMBLINE_MOTO: motoSocket,
      PLUMBLINE_BUILDS: builds,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const server = { process: child, lines };
  all.add(server);
  child.once('exit', () => all.delete(server));
  return server;
};

/** What it answers to a line; undefined where it ended. */
const ask = async ({ process, lines }: Server, line: string): Promise<string | undefined> => {
  process.stdin.write(`${line}\n`);
  const { value, done } = await lines.next();
  return done ? undefined : value;
};

const lend = async (connection: Socket) => {
  const ended = once(connection, 'end');
  const [options] = await once(createInterface({ input: connection }), 'line');
  const server = idle.pop() ?? startServer();
  const told = await ask(server, String(options));
  if (told !== undefined) {
    connection.write(`${told}\n`);
    await ended;
    if ((await ask(server, 'end')) !== undefined) idle.push(server);
  }
  connection.end();
};

const listener = createServer({ allowHalfOpen: true }, (connection) => {
  connection.on('error', () => connection.destroy());
  lend(connection).catch((error) => {
    console.error(`local AWS: ${error}`);
    connection.destroy();
  });
}).listen(socket);
await once(listener, 'listening');
console.log(JSON.stringify({ PLUMBLINE_TEST_POOL: socket, PLUMBLINE_MOTO: motoSocket }));

process.stdin.resume();
await once(process.stdin, 'end');
listener.close();
await Promise.all(
  [...all].map(async ({ process: server }) => {
    const gone = once(server, 'exit');
    server.stdin.end();
    await gone;
  }),
);
await moto.stop();
await rm(folder, { recursive: true, force: true });
process.exit();
