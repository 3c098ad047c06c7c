import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('./shell/', import.meta.url);

/** Folders of the kinds, by what of a host they are about: a part is named without its folder, `kinds/sshd`. */
const areasOf = (): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(new URL('kinds/', folder), { withFileTypes: true })
      .filter((one) => one.isDirectory())
      .flatMap(({ name: area }) =>
        readdirSync(new URL(`kinds/${area}/`, folder)).map(
          (file) => [`kinds/${file.replace(/\.sh$/, '')}`, `kinds/${area}/${file}`] as const,
        ),
      ),
  );

// Looked for where a part is asked for: the functions know the controls, and have no shell library beside them.
let areas: ReadonlyMap<string, string> | undefined;

/** The file of a part of the shell library. */
export const fileOfPart = (part: string): URL => {
  areas ??= areasOf();
  return new URL(areas.get(part) ?? `${part}.sh`, folder);
};

const read = (part: string): string => {
  try {
    return readFileSync(fileOfPart(part), 'utf8');
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

/** After these words, and where a function begins, a space does as well as a line break, which takes two bytes in JSON. */
const goesOn = /(^|[\s;])(then|do|else|in|&&|\|\|)$|^\w+\(\)\{$/;

/** Without comments, blank lines and indentation: what a host need not be sent, as SSM takes only so much. */
export const bare = (lines: readonly string[]): readonly string[] =>
  lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/^(\w+\(\)) \{$/, '$1{'))
    .reduce<string[]>((kept, line) => {
      const last = kept.at(-1);
      if (last !== undefined && goesOn.test(last)) kept[kept.length - 1] = `${last} ${line}`;
      else kept.push(line);
      return kept;
    }, []);
