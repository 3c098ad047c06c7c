import {
  Copy,
  type Dockerfile,
  DockerfileParser,
  From,
  Healthcheck,
  type Instruction,
  JSONInstruction,
  ModifiableInstruction,
  Onbuild,
  PropertyInstruction,
  Run,
} from 'dockerfile-ast';
import { kept } from '../../support/once.ts';
import { UserError } from '../../support/user-error.ts';
import {
  type Document,
  linesOf,
  type Range,
  rangeBetween,
} from '../../templates/document/document.ts';
import type { SourceFile } from '../../templates/files.ts';
import type { DockerInstruction } from '../model/dockerfile.ts';
import { Field } from '../model/field.ts';
import { asBuildKitReads, unmarked } from './here-documents.ts';

/** The parser needs a second for this much on a slow machine. */
const mostCharacters = 200_000;

/** An instruction with where its stage begins. */
export interface ReadInstruction extends DockerInstruction {
  readonly line: number;
  readonly endLine: number;
}

interface Position {
  readonly line: number;
  readonly character: number;
}
interface Between {
  readonly start: Position;
  readonly end: Position;
}

/** A flag that stands several times, such as --mount, has its values side by side. */
const flagsOf = (instruction: Instruction): ReadonlyMap<string, string> => {
  const flags = new Map<string, string>();
  const all = instruction instanceof ModifiableInstruction ? instruction.getFlags() : [];
  for (const flag of all) {
    const name = flag.getName().toLowerCase();
    flags.set(name, [flags.get(name) ?? '', flag.getValue() ?? ''].join(' ').trim());
  }
  return flags;
};

const variablesOf = (instruction: Instruction): DockerInstruction['variables'] =>
  instruction instanceof PropertyInstruction
    ? instruction.getProperties().map((one) => ({
        name: one.getName(),
        value: one.getUnescapedValue() ?? one.getValue() ?? undefined,
      }))
    : [];

/** The first line of an instruction with the documents that stand below it; `undefined` where none does. */
const documentsOf = (
  instruction: Instruction,
  source: string,
  lines: readonly string[],
): string | undefined => {
  // The parser reads all words anew for each question: it is asked where there is something to tell.
  if (!source.includes('<')) return undefined;
  if (!(instruction instanceof Run || instruction instanceof Copy)) return undefined;
  const all = instruction.getHeredocs();
  if (all.length === 0) return undefined;
  const [first = ''] = (instruction.getRawArgumentsContent() ?? '').split('\n', 1);
  const documents = all
    .map((one) => one.getContentRange())
    .map((range) => (range ? lines.slice(range.start.line, range.end.line + 1).join('\n') : ''));
  return [first, ...documents].join('\n');
};

/** The texts of a JSON array; `undefined` for what is none, which a shell is given as it is. */
const jsonOf = (text: string): readonly string[] | undefined => {
  if (!text.startsWith('[')) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) && read.every((one) => typeof one === 'string') ? read : undefined;
  } catch {
    return undefined;
  }
};

/** What stands between two places, with its continued lines as one and without the comments between them. */
const textBetween = ({ start, end }: Between, lines: readonly string[]): string =>
  lines
    .slice(start.line, end.line + 1)
    .map((line, index, all) => (index === all.length - 1 ? line.slice(0, end.character) : line))
    .map((line, index) => (index === 0 ? line.slice(start.character) : line))
    .filter((line, index) => index === 0 || !/^\s*#/.test(line))
    .map((line) => line.replace(/[\\`]\s*$/, ''))
    .join('');

/** The parser takes the white space out of JSON, and does not look at what stands behind it. */
const wordsOf = (instruction: Instruction, lines: readonly string[]): readonly string[] => {
  const all = instruction.getArguments();
  const words = all.map((one) => unmarked(one.getValue()));
  const isCheck = instruction instanceof Healthcheck && words[0]?.toUpperCase() === 'CMD';
  if (!(instruction instanceof JSONInstruction || isCheck)) return words;
  const before = isCheck ? 1 : 0;
  const start = all[before]?.getRange().start;
  const end = all.at(-1)?.getRange().end;
  if (!start || !end) return words;
  const json = jsonOf(textBetween({ start, end }, lines).trim());
  return json ? [...words.slice(0, before), ...json] : words;
};

const readOne = (
  instruction: Instruction,
  lines: readonly string[],
  isForOthers: boolean,
): ReadInstruction => {
  const { start, end } = instruction.getRange();
  const words = wordsOf(instruction, lines);
  const source = lines.slice(start.line, end.line + 1).join('\n');
  const keyword = instruction.getKeyword();
  const line = start.line + 1;
  return {
    keyword,
    source,
    flags: flagsOf(instruction),
    words,
    script: documentsOf(instruction, source, lines) ?? words.join(' '),
    variables: variablesOf(instruction),
    isForOthers,
    said: new Field((lines[start.line] ?? '').trim(), ['line', line]),
    line,
    endLine: end.line + 1,
  };
};

const instructionOf = (one: Instruction, lines: readonly string[]): ReadInstruction => {
  const trigger = one instanceof Onbuild ? one.getTriggerInstruction() : null;
  return readOne(trigger ?? one, lines, trigger !== null);
};

/** A place is the line of an instruction, counted from 1, or the number of a stage, counted from 0. */
const documentOf = (
  { file, text }: SourceFile,
  lines: readonly string[],
  instructions: readonly ReadInstruction[],
  starts: readonly number[],
): Document => {
  const placeOf = linesOf(text);
  const offsets: number[] = [0];
  for (const line of lines) offsets.push((offsets.at(-1) ?? 0) + line.length + 1);
  const between = (from: number, to: number): Range =>
    rangeBetween(
      placeOf,
      offsets[from - 1] ?? 0,
      Math.max(0, (offsets[to] ?? text.length + 1) - 1),
    );
  const ends = new Map(instructions.map(({ line, endLine }) => [line, endLine]));
  return {
    file,
    text,
    tree: {
      line: Object.fromEntries(instructions.map(({ line, said }) => [line, said.value])),
      stage: starts,
    },
    // A line that begins with one: behind an instruction there is none.
    comments: kept(() =>
      [...text.matchAll(/^[ \t]*#.*$/gm)].map(({ index, 0: said }) => ({
        from: index,
        to: index + said.length,
      })),
    ),
    rangeOf([kind, step]) {
      // Whoever goes through the tree has the number of a line as a key, which is a text.
      const at = step === undefined ? Number.NaN : Number(step);
      if (kind === 'line' && Number.isInteger(at)) return between(at, ends.get(at) ?? at);
      if (kind === 'stage' && Number.isInteger(at))
        return between(starts[at] ?? 1, (starts[at + 1] ?? lines.length + 1) - 1);
      return between(1, lines.length);
    },
    rangeFrom: (offset) => rangeBetween(placeOf, offset, offset),
  };
};

const parsed = ({ file, text }: SourceFile): Dockerfile => {
  if (text.includes('\0')) throw new UserError(`${file}: this is no text`);
  if (text.length > mostCharacters)
    throw new UserError(
      `${file}: it is larger than ${mostCharacters / 1000} kB, which is the most that is read of a Dockerfile`,
    );
  return DockerfileParser.parse(asBuildKitReads(text));
};

/** A Dockerfile as it is written. */
export interface ReadDockerfile {
  readonly document: Document;
  readonly instructions: readonly ReadInstruction[];
}

/** Throws a UserError for what is no Dockerfile. */
export const readDockerfile = (source: SourceFile): ReadDockerfile => {
  // The parser keeps the ends of Windows in names of stages.
  const unix = { ...source, text: source.text.replaceAll('\r\n', '\n') };
  const lines = unix.text.split('\n');
  const all = parsed(unix).getInstructions();
  const instructions = all.map((one) => instructionOf(one, lines));
  const starts = all.flatMap((one, index) =>
    one instanceof From ? [instructions[index]?.line ?? 1] : [],
  );
  if (starts.length === 0) throw new UserError(`${source.file}: no FROM stands in it`);
  return { document: documentOf(unix, lines, instructions, starts), instructions };
};
