/** Stands for a sign that begins no document, so that the parser takes it for a letter. */
const mark = '\ue000';
/** A word of the parser as it is written. */
export const unmarked = (text: string): string => text.replaceAll(mark, '<');

/** A word that begins a document, with its number of a file, a dash and its name. */
const opening = /^(\d*)<<(-?)([^<]*)$/;
const word = /(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\s"'\\])+/g;
const mayHaveOne = /^\s*(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i;
const isPassedOver = (line: string): boolean => /^\s*(?:#.*)?$/.test(line);

interface Piece {
  readonly line: number;
  readonly text: string;
}
/** The lines of the instruction that begins at one, without what continues each. */
const piecesFrom = (
  lines: readonly string[],
  from: number,
  continued: RegExp,
): readonly Piece[] => {
  const pieces: Piece[] = [];
  for (let line = from; line < lines.length; line += 1) {
    const text = lines[line] ?? '';
    const isBetween = isPassedOver(text);
    if (isBetween && pieces.length > 0) continue;
    pieces.push({ line, text: text.replace(continued, '') });
    if (isBetween || !continued.test(text)) break;
  }
  return pieces;
};

interface Opened {
  /** Where the sign stands in the instruction. */
  readonly at: number;
  readonly digits: number;
  readonly isIndented: boolean;
  readonly name: string;
}
/** The documents that an instruction opens. None where a quote is not closed: a shell is given the line as it is. */
const openedIn = (instruction: string): readonly Opened[] => {
  const words = [...instruction.matchAll(word)];
  if (instruction.replace(word, '').trim() !== '') return [];
  return words.flatMap(({ 0: text, index }) => {
    const [, digits = '', dash, name = ''] = opening.exec(text) ?? [];
    return name === ''
      ? []
      : [
          {
            at: index + digits.length,
            digits: digits.length,
            isIndented: dash === '-',
            name: name.replaceAll(/["']/g, '').replaceAll(/\\(.)/g, '$1'),
          },
        ];
  });
};

/** An instruction in which only what opens a document looks like it. */
const marked = (instruction: string, opened: readonly Opened[]): string => {
  const letters = [...instruction.matchAll(/<</g)]
    .filter(({ index }) => !opened.some(({ at }) => at === index))
    .reduce((all, { index }) => {
      all[index + 1] = mark;
      return all;
    }, instruction.split(''));
  for (const { at, digits } of opened) letters.fill(' ', at - digits, at);
  return letters.join('');
};

/** The line behind the documents that stand below a line. */
const behind = (lines: readonly string[], from: number, opened: readonly Opened[]): number =>
  opened.reduce((line, { name, isIndented }) => {
    const end = lines.findIndex(
      (text, index) => index >= line && (isIndented ? text.replace(/^\t+/, '') : text) === name,
    );
    return end === -1 ? lines.length : end + 1;
  }, from);

/** Blanks as the parser knows them; BuildKit passes over any that Unicode has before an instruction. */
const withPlainBlanks = (text: string): string =>
  text
    .replaceAll(/[\v\f]|\r(?!\n)/g, ' ')
    .replaceAll(/^[^\S\n]+/gm, (blanks) => blanks.replaceAll(/[^\t ]/g, ' '));

/**
 * A text in which the parser finds the documents that BuildKit finds, and no others: it takes a sign of one in quotes, or behind an
 * escape, for the beginning of a document, and passes over all that stands below, such as the user of an image. Offsets stay.
 * https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go (heredocsFromLine, ParseHeredoc)
 */
export const asBuildKitReads = (text: string): string => {
  const plain = withPlainBlanks(text);
  if (!plain.includes('<<')) return plain;
  const lines = plain.split('\n');
  const sign = /^(?:#[^\n=]*=[^\n]*\n)*#\s*escape\s*=\s*`\s*(?:\n|$)/i.test(plain) ? '`' : '\\\\';
  const continued = new RegExp(`${sign}[ \\t]*$`);
  for (let at = 0; at < lines.length; ) {
    const pieces = piecesFrom(lines, at, continued);
    const instruction = pieces.map((piece) => piece.text).join('');
    at = (pieces.at(-1)?.line ?? at) + 1;
    if (!mayHaveOne.test(instruction)) continue;
    const opened = openedIn(instruction);
    let rest = marked(instruction, opened);
    for (const { line, text: own } of pieces) {
      lines[line] = rest.slice(0, own.length) + (lines[line] ?? '').slice(own.length);
      rest = rest.slice(own.length);
    }
    at = behind(lines, at, opened);
  }
  return lines.join('\n');
};
