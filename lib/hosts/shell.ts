import { readdirSync, readFileSync } from 'node:fs';
import { onceEach } from '../support/once.ts';

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

interface Part {
  readonly text: string;
  readonly lines: readonly string[];
}
/** What was read: each part is in several documents, and each document in several regions. */
const partsRead = new Map<string, Part>();
const read = (part: string): Part => {
  const known = partsRead.get(part);
  if (known) return known;
  try {
    const text = readFileSync(fileOfPart(part), 'utf8');
    const made = { text, lines: text.trimEnd().split('\n') };
    partsRead.set(part, made);
    return made;
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
    const needed = inOrder(needsOf(read(part).text), done);
    return needed.includes(part) ? needed : [...needed, part];
  }, before);

export const linesOf = (part: string): readonly string[] => read(part).lines;

/** After these words, and where a function begins, a space does as well as a line break, which takes two bytes in JSON. */
const goesOn = /(^|[\s;])(then|do|else|in|&&|\|\||;;)$|^\w+\(\)\{$/;
const ends = /^(fi\b|done\b|\})/;
const value = String.raw`(''|[\w$@{}./%-]*|"[\w$@{}./% -]*")`;
const simple = new RegExp(
  String.raw`(^|[{;] ?)(local( \w+(=${value})?)+|\w+=${value})$|(^|[ ;])(return|continue|break|shift)( \d)?$`,
);
/** A semicolon does as well before the end of a block, and behind what is no more than a declaration or a jump. */
const takesSemicolon = (last: string, line: string): boolean =>
  (ends.test(line) || simple.test(last)) && !/\s#|[;&|({\\]$/.test(last);

/** Two lines as one where that is shorter; a here-document stays as it is. */
const joinedLine = (last: string, line: string, inText: boolean): string | undefined => {
  if (inText) return undefined;
  if (goesOn.test(last) || (line.startsWith(';;') && !/\s#/.test(last))) return `${last} ${line}`;
  return takesSemicolon(last, line) ? `${last};${line}` : undefined;
};

/** Without comments, blank lines and indentation: what a host need not be sent, as SSM takes only so much. */
export const bare = onceEach((lines: readonly string[]): readonly string[] => {
  const kept: string[] = [];
  let end: string | undefined;
  for (const each of lines) {
    const line = each.trim().replace(/^(\w+\(\)) \{$/, '$1{');
    if (line === '' || line.startsWith('#')) continue;
    const last = kept.at(-1);
    const joined = last === undefined ? undefined : joinedLine(last, line, end !== undefined);
    if (joined === undefined) kept.push(line);
    else kept[kept.length - 1] = joined;
    if (line === end) end = '';
    else end = /<<([A-Z]+)$/.exec(line)?.[1] ?? (end === '' ? undefined : end);
  }
  return kept;
});
