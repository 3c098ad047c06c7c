// Starts, once for all projects of a run, the pool of local AWS that tests take theirs from.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./pool.ts', import.meta.url));
const loader = new URL('../runner/register.mjs', import.meta.url).href;

const firstLine = async (stream) => {
  for await (const line of createInterface({ input: stream })) return JSON.parse(line);
  throw new Error('the pool of local AWS did not start; what it said stands above');
};

/** Sets the environment that the tests find it by. */
export const openPool = async () => {
  if (globalThis.endPool) return;
  const child = spawn(process.execPath, ['--import', loader, program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  globalThis.endPool = async () => {
    globalThis.endPool = undefined;
    const gone = once(child, 'exit');
    child.stdin.end();
    await gone;
  };
  Object.assign(process.env, await firstLine(child.stdout), {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
};
