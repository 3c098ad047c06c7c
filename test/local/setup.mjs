// Starts the local AWS that the tests of this project share: a process of its own, as people have it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./serve.ts', import.meta.url));
const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

const firstLine = async (stream) => {
  for await (const line of createInterface({ input: stream })) return line;
  throw new Error('the local AWS did not start; what it said stands above');
};

export default async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...quiet },
  });
  globalThis.endLocalAws = async () => {
    const gone = once(child, 'exit');
    child.stdin.end();
    await gone;
  };
  const { url, reader } = JSON.parse(await firstLine(child.stdout));
  Object.assign(process.env, quiet, {
    PLUMBLINE_TEST_ENDPOINT: url,
    // Credentials of the deployed evaluator's role: what it may not read shows in the tests of the readers.
    PLUMBLINE_TEST_READER: JSON.stringify(reader),
  });
};
