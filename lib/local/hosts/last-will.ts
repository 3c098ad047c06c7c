import { spawn } from 'node:child_process';
import { ending } from './execute.ts';

// Reads commands until its input ends and then runs them, the last one first. It is no part of the terminal's group of
// processes, and deaf to what ends those, so that it outlives whatever happens to its writer.
const executor = `
trap '' INT TERM HUP
will=''
while IFS= read -r line; do
  will="$line
$will"
done
eval "$will"
`;

/** Commands that are run when they are asked for, or when this process is gone, however it ended. */
export interface LastWill {
  /** A line of sh, run before those that were added earlier. */
  add(command: string): void;
  /** Runs the commands and waits for them. */
  execute(): Promise<void>;
}

export const lastWill = (): LastWill => {
  const child = spawn('sh', ['-c', executor], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = ending(child, 'exit');
  child.stdin.on('error', () => undefined);
  child.unref();
  // Nor does the open pipe keep this process from ending.
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return {
    add: (command) => child.stdin.write(`${command}\n`),
    execute: async () => {
      child.ref();
      child.stdin.end();
      await ended;
    },
  };
};

/** A word of sh. */
export const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
