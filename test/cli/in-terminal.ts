import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

// Runs a command on a pseudo-terminal, and ends as it does.
const onTerminal = 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)';

/** The command line on a terminal, where `answer` types what a person says to its question. */
export const inTerminal = (
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  answer: () => Promise<string>,
): Promise<{ readonly code: number | null; readonly text: string }> =>
  new Promise((resolve, reject) => {
    const command = [process.execPath, 'bin/plumbline.cjs', ...args];
    const child = spawn('python3', ['-c', onTerminal, ...command], {
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let text = '';
    let isAsked = false;
    child.stdout.on('data', (chunk) => {
      text += stripVTControlCharacters(String(chunk));
      if (isAsked || !/\[y\/N\]|Type pl-\w+ to /.test(text)) return;
      isAsked = true;
      answer().then((said) => child.stdin.write(`${said}\n`), reject);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
