import { kept, onceEach, onceEachText } from '../../support/once.ts';
import { isSecretLine, isValueLine, secretNamesOn } from '../../support/secrets/kept-line.ts';
import { isKeptUnder, isKeptValue } from '../../support/secrets/kept-text.ts';
import { isSecretName } from '../../support/secrets/secret.ts';
import { isRecord, said } from '../../support/untyped.ts';
import { type Document, linesOf, type Path, type Range } from './document.ts';

/** The lines of a text on which secrets stand. */
export interface SecretLines {
  /** @param line counted from 1 */
  has(line: number): boolean;
}
/** All lines of a text, and on which of them secrets stand. */
export interface SourceLines extends SecretLines {
  /** @param line counted from 1 */
  textOf(line: number): string;
}
type Span = Pick<Range, 'line' | 'endLine'>;

const references: ReadonlySet<string> = new Set(['Ref', 'Fn::GetAtt', 'Fn::ImportValue']);
const isReference = (value: unknown): boolean => {
  if (!isRecord(value)) return false;
  const [only, ...more] = Object.keys(value);
  return only !== undefined && more.length === 0 && references.has(only);
};

/** The texts that a value is put together of; of a map only what a function is given. */
const textsIn = (value: unknown, depth = 0): readonly string[] => {
  if (value === null || value === undefined || depth > 60 || isReference(value)) return [];
  if (Array.isArray(value)) return value.flatMap((one) => textsIn(one, depth + 1));
  if (!isRecord(value)) return [said(value)];
  const isFunction = depth > 0 || Object.keys(value).every((key) => key.startsWith('Fn::'));
  return isFunction ? Object.values(value).flatMap((one) => textsIn(one, depth + 1)) : [];
};
const isSecretKey = onceEachText(isSecretName);
const holdsSecret = onceEachText(isKeptValue);
const isSecretUnder = (name: string, value: unknown): boolean =>
  isSecretKey(name) && textsIn(value).some((text) => isKeptUnder(name, text));

// The same few keys stand in a file again and again.
const namesAnother = onceEachText((key) => /^(?:name|key|parametername|headername)$/i.test(key));
const isNamedThere = onceEachText((key) => /^(?:value|headervalue|parametervalue)$/i.test(key));
const isGivenBelow = onceEachText((key) => /^(?:default|allowedvalues|value|values)$/i.test(key));

/** Under what a map keeps a secret that another part of it, or what stands above, gives a name: as a variable of a container does, or a parameter. */
const namedIn = (map: Readonly<Record<string, unknown>>, above: string): readonly string[] => {
  const keys = Object.keys(map);
  const name = keys.find(namesAnother);
  const value = keys.find(isNamedThere);
  const isNamed =
    name !== undefined && value !== undefined && isSecretUnder(said(map[name]), map[value]);
  const isQuiet = said(map['NoEcho'] ?? map['sensitive']) === 'true';
  const givenTo = (key: string): boolean =>
    isGivenBelow(key) && (isQuiet ? textsIn(map[key]).length > 0 : isSecretUnder(above, map[key]));
  return [...(isNamed ? [value] : []), ...keys.filter(givenTo)];
};

/** Where values stand in a tree that are secrets by what they are called, or by what they are. */
const pathsIn = (tree: unknown): readonly Path[] => {
  const found: Path[] = [];
  // To what is looked at: of each part a path of its own would take much.
  const path: (string | number)[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) lookBelow(index, one);
    } else if (isRecord(value)) {
      const named = namedIn(value, said(path.at(-1) ?? ''));
      for (const [key, inner] of Object.entries(value))
        if (named.includes(key) || isSecretUnder(key, inner)) found.push([...path, key]);
        else lookBelow(key, inner);
    } else if (typeof value === 'string' && holdsSecret(value)) found.push([...path]);
  };
  const lookBelow = (step: string | number, value: unknown): void => {
    path.push(step);
    look(value);
    path.pop();
  };
  // A text that is no map and no list is nobody's YAML.
  if (typeof tree === 'object') look(tree);
  return found;
};

/** A range without a last line on which nothing of it stands. */
export const trimmed = (
  { line, endLine, endColumn }: Range,
  lines: readonly string[],
): Pick<Range, 'line' | 'endLine'> => {
  if (endLine === line) return { line, endLine };
  const last = lines[endLine - 1]?.slice(0, endColumn - 1) ?? '';
  return { line, endLine: last.trim() === '' ? endLine - 1 : endLine };
};

const spansIn = (document: Document, lines: readonly string[]): readonly Span[] =>
  pathsIn(document.tree).map((path) => trimmed(document.rangeOf(path), lines));

const key = /-{3,5}BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY[\s\S]*?(?:-{3,5}END |$)/g;
// What HCL has under a name on several lines: a here-document, a list. A name begins in one place only, and where a block
// ends is looked up: else a long word, or blocks without an end, would be read again from each of their letters.
const hereDocument =
  /(?<![\w.-])([\w.-]+)["']?[^\S\n]*[:=][^\S\n]*<<[-~]?[^\S\n]*["']?(\w+)(?!\w)["']?[^\n]*\n/g;
const listed = /(?<![\w.-])([\w.-]+)["']?[^\S\n]*[:=][^\S\n]*(?:\w+\()?\[[^\S\n]*\n/g;
const declared = /\b(?:variable|output)\s+"([\w-]+)"\s*\{/g;

interface Block extends Span {
  readonly name: string;
  readonly text: string;
}
type PlaceOf = ReturnType<typeof linesOf>;

/** Blocks that begin so and end with a sign; after one that does not end there is none. */
const blocksTo = (sign: string, begin: RegExp, text: string, placeOf: PlaceOf): Block[] => {
  const found: Block[] = [];
  const pattern = new RegExp(begin);
  for (let opened = pattern.exec(text); opened; opened = pattern.exec(text)) {
    const end = text.indexOf(sign, pattern.lastIndex);
    if (end === -1) break;
    pattern.lastIndex = end + sign.length;
    const [line, endLine] = [placeOf(opened.index)[0], placeOf(end)[0]];
    found.push({ name: opened[1] ?? '', text: text.slice(opened.index, end), line, endLine });
  }
  return found;
};

/** Here-documents, each to the first line after it that begins with its word. */
const hereDocumentsIn = (text: string, placeOf: PlaceOf): Block[] => {
  const opened = text.includes('<<') ? [...text.matchAll(hereDocument)] : [];
  if (opened.length === 0) return [];
  const lines = text.split('\n');
  const linesBy = new Map<string, number[]>(opened.map(({ 2: word = '' }) => [word, []]));
  for (const [index, line] of lines.entries())
    linesBy.get(/^\s*(\w+)/.exec(line)?.[1] ?? '')?.push(index + 1);
  for (const all of linesBy.values()) all.reverse();
  return opened.flatMap(({ 1: name = '', 2: word = '', index }) => {
    const line = placeOf(index)[0];
    const ends = linesBy.get(word) ?? [];
    while ((ends.at(-1) ?? line + 1) <= line) ends.pop();
    const endLine = ends.at(-1);
    return endLine === undefined ? [] : [{ name, text: '', line, endLine }];
  });
};

/** What takes several lines, in whatever language it is written. */
const blocksIn = (text: string): readonly Span[] => {
  const placeOf = linesOf(text);
  const keys = [...text.matchAll(key)].map(({ 0: block, index }) => ({
    line: placeOf(index)[0],
    endLine: placeOf(index + block.length)[0],
  }));
  const named = [...hereDocumentsIn(text, placeOf), ...blocksTo(']', listed, text, placeOf)];
  const variables = blocksTo('}', declared, text, placeOf);
  return [
    ...keys,
    ...named.filter(({ name }) => isSecretName(name)),
    ...variables.filter(
      (one) => isSecretName(one.name) || /\bsensitive\s*=\s*true\b/.test(one.text),
    ),
  ];
};

/** How far from its value a name stands where neither is part of what can be read. */
const near = 3;
const mostContinued = 50;
/** Of a line that is longer than anybody writes so much is looked at by itself; what it holds is looked for in what was read of it. */
const longestLine = 20_000;

/** A line with those that it goes on on, as a shell has it. */
const continued = (lines: readonly string[], index: number): string => {
  const goesOn = (at: number): boolean => /\\\s*$/.test(lines[at] ?? '');
  let [first, last] = [index, index];
  while (first > 0 && index - first < mostContinued && goesOn(first - 1)) first -= 1;
  while (last - index < mostContinued && goesOn(last)) last += 1;
  return lines
    .slice(first, last + 1)
    .map((line) => line.replace(/\\\s*$/, ' '))
    .join('');
};

/**
 * On which lines of a text secrets stand. The text is parted, and each line looked at, when one is asked for.
 * @param documents what of the text could be read as YAML or JSON
 */
export const secretLinesIn = (text: string, documents: readonly Document[] = []): SourceLines => {
  const parted = kept(() => text.split('\n'));
  const spans = kept(() => [
    ...documents.flatMap((one) => spansIn(one, parted())),
    ...blocksIn(text),
  ]);
  const byItself = (index: number): boolean => {
    const lines = parted();
    const line = lines[index] ?? '';
    if (line.length > longestLine && documents.length > 0) return false;
    if (isSecretLine(line)) return true;
    const whole = continued(lines, index);
    if (whole.length > line.length + 1 && isSecretLine(whole)) return true;
    return (
      isValueLine(line) &&
      lines
        .slice(Math.max(0, index - near), index + near + 1)
        .some((one) => secretNamesOn(one).length > 0)
    );
  };
  return {
    textOf: (line) => parted()[line - 1] ?? '',
    has: (line) =>
      spans().some((span) => span.line <= line && line <= span.endLine) || byItself(line - 1),
  };
};

/** The lines of the text that a document is in: it is looked through once, however much is wrong in it. */
export const sourceLinesOf = onceEach(
  (document: Document): SourceLines => secretLinesIn(document.text, [document]),
);
