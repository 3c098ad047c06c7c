// Makes the base roots of the hosts that tests boot, before the first of them, and says how far it is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./make-roots.ts', import.meta.url));
const loader = new URL('../runner/register.mjs', import.meta.url).href;

export default async () => {
  const child = spawn(process.execPath, ['--import', loader, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let troubles = '';
  child.stdout.on('data', (chunk) => {
    troubles += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('the hosts for tests could not be made; why stands above');
  process.env.PLUMBLINE_TEST_ROOTS = troubles;
};
