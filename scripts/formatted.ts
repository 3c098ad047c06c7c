import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const biome = fileURLToPath(new URL('../node_modules/.bin/biome', import.meta.url));
/** As the linter wants it: sorted and wrapped. */
export const formatted = (file: string, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = execFile(
      biome,
      ['check', '--write', `--stdin-file-path=${file}`],
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
    child.stdin?.end(text);
  });
