import { readFileSync } from 'node:fs';

const folder = new URL('./shell/', import.meta.url);

const read = (part: string): string => {
  try {
    return readFileSync(new URL(`${part}.sh`, folder), 'utf8');
  } catch (cause) {
    throw new Error(`lib/hosts/shell has no ${part}.sh`, { cause });
  }
};

const needsOf = (text: string): readonly string[] =>
  /^# needs: (.+)$/m.exec(text)?.[1]?.split(' ') ?? [];

/** The parts of the shell library by name (`kinds/sshd`), each once and after those that it needs. */
export const inOrder = (
  parts: readonly string[],
  before: readonly string[] = [],
): readonly string[] =>
  parts.reduce<readonly string[]>((done, part) => {
    if (done.includes(part)) return done;
    const needed = inOrder(needsOf(read(part)), done);
    return needed.includes(part) ? needed : [...needed, part];
  }, before);

export const linesOf = (part: string): readonly string[] => read(part).trimEnd().split('\n');

/** Without comments, blank lines and indentation: what a host need not be sent. */
export const bare = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
